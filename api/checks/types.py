"""A check, its findings and what it tells of each review, for those who may read reviews that are not public."""

from typing import Annotated, Any, cast

import strawberry

from api.audience import seen_by
from api.checks import enums, loaders
from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.fields import field
from api.nodes import Node
from api.root import node_type
from api.scalars import URL, DateTime
from api.shop.loaders import products_by_ids
from core import ids
from core.identity import Permission
from core.paging import Page
from publishing.tables import CheckFailure, CheckState, Counted
from publishing.tables import PageCheck as Entity
from seo.findings import Evidence, Finding, Severity, Verdict
from seo.indexability import Indexable, Judgement
from seo.reporters import Report
from seo.sightings import ReviewClass
from seo.wording import index_remedy, index_text, reason_text, rule_text

__all__ = ["enums"]

# who reads what became of reviews, and whoever may have a page checked
_STAFF = (Permission.READ_REVIEWS, Permission.CHECK_PAGES)
_PPM = 1_000_000


@seen_by(*_STAFF)
@strawberry.type(description="Published reviews with a text, by whether search engines can take them from the page.")
class ReviewCoverage:
    """A publishing.tables.Counted."""

    reviews: int = strawberry.field(description="How many there are.")
    yes: int = strawberry.field(description="Those that surely can be indexed.")
    no: int = strawberry.field(description="Those that surely cannot.")
    depends: int = strawberry.field(description="Those of which it depends.")
    share: float | None = strawberry.field(description="The part that surely can, 0 to 1; null without reviews.")

    @classmethod
    def of(cls, counted: Counted) -> "ReviewCoverage":
        """As the contract shows it."""
        ppm = counted.share_ppm
        return cls(
            reviews=counted.reviews,
            yes=counted.yes,
            no=counted.no,
            depends=counted.depends,
            share=None if ppm is None else ppm / _PPM,
        )


@seen_by(*_STAFF)
@strawberry.type(description="A place that shows what was found.")
class PageEvidence:
    """A seo.findings.Evidence."""

    excerpt: str = strawberry.field(description="The source, or the value that is meant.")
    offset: int | None = strawberry.field(description="The byte in the page's body.")
    css_path: str | None = strawberry.field(description="A selector in its HTML5 tree.")
    header: str | None = strawberry.field(description="The line of the answer's headers.")
    line: int | None = strawberry.field(description="The line of robots.txt.")
    url: str | None = strawberry.field(description="The other document meant: a frame, a later page, robots.txt.")
    review_id: strawberry.ID | None = strawberry.field(description="The review it is about.")

    @classmethod
    def of(cls, evidence: Evidence) -> "PageEvidence":
        """As the contract shows it."""
        return cls(
            excerpt=evidence.excerpt,
            offset=evidence.offset,
            css_path=evidence.css_path or None,
            header=evidence.header or None,
            line=evidence.line,
            url=evidence.url or None,
            review_id=_review_id(evidence.review_id),
        )


@seen_by(*_STAFF)
@strawberry.type(description="A rule's answer about one page.")
class PageFinding:
    """A seo.findings.Finding with its words."""

    found: strawberry.Private[Finding]
    code: str = strawberry.field(description="The rule, as `fidelio seo rules` lists it.")
    severity: Severity = strawberry.field(description="What it costs.")
    verdict: Verdict = strawberry.field(description="The answer.")
    source: str = strawberry.field(description="Where the rule comes from.")
    evidence: list[PageEvidence] = strawberry.field(description="The places that show it.")

    @field()
    def title(self, info: Info) -> str:
        """What was found in a few words, in the reader's language."""
        text = rule_text(self.code, locale=info.context.caller.locale)
        return text.title_fail if self.found.is_fault else text.title_pass

    @field()
    def why(self, info: Info) -> str:
        """Why it matters, in the reader's language."""
        return rule_text(self.code, locale=info.context.caller.locale).why

    @field()
    def remedy(self, info: Info) -> str:
        """What to do, in the reader's language."""
        return rule_text(self.code, locale=info.context.caller.locale).remedy

    @field()
    def reason(self, info: Info) -> str | None:
        """Why it could not be looked at or told, in the reader's language."""
        reason = self.found.outcome.reason
        return None if reason is None else reason_text(reason, locale=info.context.caller.locale)

    @classmethod
    def of(cls, found: Finding) -> "PageFinding":
        """As the contract shows it."""
        return cls(
            found=found,
            code=found.code,
            severity=found.severity,
            verdict=found.outcome.verdict,
            source=rule_text(found.code, locale="en").source,
            evidence=[PageEvidence.of(each) for each in found.outcome.evidence],
        )


@seen_by(*_STAFF)
@strawberry.type(description="Where one published review is met on the page, and whether it can be indexed from there.")
class ReviewIndexing:
    """A seo.indexability.Judgement."""

    judged: strawberry.Private[Judgement]
    review_id: strawberry.ID = strawberry.field(description="The review.")
    review_class: ReviewClass = strawberry.field(description="How it is met.")
    share: float = strawberry.field(description="The part of its text that was found, 0 to 1.")
    indexable: Indexable = strawberry.field(description="Whether a search engine can take it.")
    reason_code: str = strawberry.field(description="Why, for programs.")
    evidence: list[PageEvidence] = strawberry.field(description="Where it was met, and what decided.")

    @field()
    def reason(self, info: Info) -> str:
        """Why, in the reader's language."""
        return index_text(self.judged.reason, locale=info.context.caller.locale)

    @field()
    def remedy(self, info: Info) -> str | None:
        """What to do, in the reader's language; null when there is nothing to do."""
        return index_remedy(self.indexable, self.judged.reason, locale=info.context.caller.locale) or None

    @classmethod
    def of(cls, judged: Judgement) -> "ReviewIndexing":
        """As the contract shows it."""
        places = (judged.sighting.evidence, judged.evidence)
        return cls(
            judged=judged,
            review_id=_review_id(judged.sighting.review.id) or strawberry.ID(""),
            review_class=judged.sighting.kind,
            share=judged.sighting.share,
            indexable=judged.indexable,
            reason_code=judged.reason.value,
            evidence=[PageEvidence.of(each) for each in places if each],
        )


VerdictsArgument = Annotated[
    list[Verdict] | None, strawberry.argument(description="Only these answers; the faults when left out.")
]
IndexableArgument = Annotated[
    Indexable | None, strawberry.argument(description="Only reviews of this answer; all when left out.")
]


@seen_by(*_STAFF)
@strawberry.type(description="A check of one product page against the published reviews.")
class PageCheck(Node):
    """A publishing.tables.PageCheck."""

    url: URL = strawberry.field(description="The page's address.")
    state: CheckState = strawberry.field(description="How far it has come.")
    asked_at: DateTime = strawberry.field(description="When it was asked for.")
    started_at: DateTime | None = strawberry.field(description="When a worker began.")
    finished_at: DateTime | None = strawberry.field(description="When it was done, or failed.")
    failure: CheckFailure | None = strawberry.field(description="Why there was no page to judge.")
    errors: int = strawberry.field(name="errorCount", description="Broken rules that cost indexing or stars.")
    warnings: int = strawberry.field(name="warningCount", description="Broken rules that cost some of their worth.")
    infos: int = strawberry.field(name="infoCount", description="Broken rules that cost nothing yet.")
    is_rendered: bool = strawberry.field(description="Whether a browser drew the page.")
    has_fallen: bool = strawberry.field(
        description="Whether fewer of the reviews can be indexed than at the check before, so that it was told."
    )

    @field()
    async def product(self, info: Info) -> Annotated["Product", strawberry.lazy("api.shop.types")] | None:  # type: ignore[name-defined]  # noqa: F821 - lazy
        """The product whose page it is."""
        site = info.context.caller.storefront_id
        return cast("Any", await info.context.load(products_by_ids, _row(self).product_id, site))

    @field()
    def coverage(self) -> ReviewCoverage | None:
        """What was found of the reviews; null before it is done, and when it failed."""
        row = _row(self)
        return ReviewCoverage.of(row) if row.state is CheckState.DONE else None

    @field()
    async def findings(self, info: Info, verdicts: VerdictsArgument = None) -> list[PageFinding] | None:
        """The rules' answers, the worst first; null before it is done, when it failed, and after three months."""
        report = await _report(self, info)
        if report is None:
            return None
        wanted = frozenset([Verdict.FAIL] if verdicts is None else verdicts)
        found = [each for each in report.findings if each.outcome.verdict in wanted]
        return [PageFinding.of(each) for each in sorted(found, key=lambda each: -each.severity.rank)]

    @field()
    async def reviews(
        self, info: Info, first: First = 10, after: After = None, indexable: IndexableArgument = None
    ) -> Connection[ReviewIndexing] | None:
        """Each published review with a text, newest first; null where `findings` is."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        report = await _report(self, info)
        if report is None:
            return None
        start = key[0] + 1 if key else 0
        numbered = [
            (number, judged)
            for number, judged in enumerate(report.judgements)
            if number >= start and indexable in {None, judged.indexable}
        ]
        rows = [(number, ReviewIndexing.of(judged)) for number, judged in numbered[: size + 1]]
        cut = Page.cut(rows, first=size, key=lambda row: (row[0],))
        shown = Page(items=[row for _, row in cut.items], keys=cut.keys, has_next=cut.has_next)
        return connection(ReviewIndexing, shown, after=after)


@node_type("PageCheck")
async def find_check(info: Info, number: int) -> object | None:
    """Staff see every check."""
    return await info.context.load(loaders.checks_by_ids, number)


async def _report(check: object, info: Info) -> Report | None:
    return await info.context.read_once(loaders.report_of, _row(check).id)


def _row(check: object) -> Entity:
    return cast("Entity", check)


def _review_id(number: str) -> strawberry.ID | None:
    return strawberry.ID(ids.to_public("Review", int(number))) if number.isdigit() else None
