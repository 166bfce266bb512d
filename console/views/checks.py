"""Checks of product pages: asked for, and what each has found, with the evidence marked in the page's source."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import flashes
from console.visit import Visit
from core.paging import Key, Page, decode_cursor, encode_cursor
from core.refusal import Refusal
from publishing import page_checks
from publishing.page_checks import CheckDraft
from publishing.queries import coverage as coverage_queries
from publishing.queries import page_checks as queries
from publishing.tables import PageCheck
from seo.excerpts import Excerpt
from seo.findings import Finding
from seo.indexability import Indexable, Judgement
from seo.reporters import Report
from seo.sightings import ReviewClass
from seo.wording import RuleText, index_remedy, index_text, rule_text

_ROWS = 20
_REVIEWS = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule with its words and the pieces of the page that show it."""

    finding: Finding
    text: RuleText
    excerpts: Sequence[Excerpt]


@dataclass(frozen=True, slots=True)
class Told:
    """A review that cannot surely be indexed: how it is met, why, and what to do."""

    judged: Judgement
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One check; without a report the rest is empty."""

    check: PageCheck
    product: str
    faults: Sequence[Fault] = ()
    classes: Mapping[ReviewClass, int] | None = None
    troubled: Sequence[Told] = ()
    more: int = 0


async def show(visit: Visit) -> Response:
    """Checks, newest first."""
    before = visit.request.query_params.get("before")
    key = decode_cursor(before, (int,)) if before else None
    if before and key is None:
        raise HTTPException(400)
    page, names = await visit.read(_page, key)
    older = encode_cursor(page.keys[-1]) if page.has_next else None
    return visit.page("checks.html", page=page, names=names, before=before, older=older)


async def start(visit: Visit) -> Response:
    """Have a page checked."""
    draft = CheckDraft(url=visit.field("url"), asked_by=visit.staff_id)
    outcome = await visit.write(lambda session: page_checks.start(session, draft))
    if isinstance(outcome, Refusal):
        return visit.go("/checks", flashes.refused(outcome))
    return visit.go(f"/checks/{outcome}", flashes.done("flash.check.started"))


async def detail(visit: Visit) -> Response:
    """One check and what it has found."""
    shown = await visit.read(_shown, visit.number("check_id"), visit.locale)
    if shown is None:
        raise HTTPException(404)
    return visit.page("check.html", shown=shown)


def _page(session: Session, before: Key | None) -> tuple[Page[PageCheck], Mapping[int, str]]:
    page = page_checks.page(session, first=_ROWS, after=None if before is None else (int(before[0]),))
    return page, coverage_queries.names(session, [check.product_id for check in page.items])


def _shown(session: Session, check_id: int, locale: str) -> Shown | None:
    check = queries.by_ids(session, [check_id]).get(check_id)
    if check is None:
        return None
    product = coverage_queries.names(session, [check.product_id]).get(check.product_id, "")
    report = page_checks.report_of(session, check_id)
    if report is None:
        return Shown(check, product)
    troubled = [each for each in report.judgements if each.indexable is not Indexable.YES]
    return Shown(
        check,
        product,
        faults=[_fault(finding, report, locale) for finding in report.faults_found],
        classes=dict(Counter(each.sighting.kind for each in report.judgements).most_common()),
        troubled=[_told(each, locale) for each in troubled[:_REVIEWS]],
        more=max(len(troubled) - _REVIEWS, 0),
    )


def _fault(finding: Finding, report: Report, locale: str) -> Fault:
    own = [excerpt for excerpt in report.excerpts if excerpt.code == finding.code]
    return Fault(finding, rule_text(finding.code, locale=locale), own)


def _told(judged: Judgement, locale: str) -> Told:
    remedy = index_remedy(judged.indexable, judged.reason, locale=locale)
    return Told(judged, index_text(judged.reason, locale=locale), remedy)
