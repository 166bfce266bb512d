"""What the newest checks add up to: by page, by rule, over time. A single check is checks.types'."""

from datetime import date
from typing import Annotated, Any, cast

import strawberry

from api.audience import seen_by
from api.checks import loaders
from api.checks.types import PageCheck, ReviewCoverage
from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.errors import bad_input
from api.fields import field
from api.scalars import DateTime
from api.shop.loaders import products_by_ids
from core.identity import Permission
from core.paging import Page
from publishing import coverage
from publishing.queries.coverage import RuleRow, Sums
from publishing.tables import CoverageDay as Day
from publishing.tables import ProductCoverage as Entity
from seo.findings import Severity
from seo.rules import BY_CODE
from seo.sightings import ReviewClass
from seo.wording import rule_text

_STAFF = Permission.READ_REVIEWS
_MOST_DAYS = 400
_MOST_CHECKS = 100

LastArgument = Annotated[int, strawberry.argument(description="How many at the most, counted back from now.")]


@seen_by(_STAFF)
@strawberry.type(description="How many reviews of a page are met in one way.")
class ReviewClassCount:
    """A class and its number."""

    review_class: ReviewClass = strawberry.field(description="How they are met.")
    count: int = strawberry.field(description="How many.")


@seen_by(_STAFF)
@strawberry.type(description="What the newest check found of one product page.")
class ProductCoverage:
    """A publishing.tables.ProductCoverage."""

    row: strawberry.Private[Entity]
    checked_at: DateTime = strawberry.field(description="When the page was checked.")
    coverage: ReviewCoverage = strawberry.field(description="What was found of its reviews.")
    classes: list[ReviewClassCount] = strawberry.field(description="How they are met, the most frequent way first.")

    @field()
    async def check(self, info: Info) -> PageCheck | None:
        """The check."""
        return cast("PageCheck | None", await info.context.load(loaders.checks_by_ids, self.row.check_id))

    @field()
    async def product(self, info: Info) -> Annotated["Product", strawberry.lazy("api.shop.types")] | None:  # type: ignore[name-defined]  # noqa: F821 - lazy
        """The product."""
        site = info.context.caller.storefront_id
        return cast("Any", await info.context.load(products_by_ids, self.row.product_id, site))

    @classmethod
    def of(cls, row: Entity) -> "ProductCoverage":
        """As the contract shows it."""
        counts = sorted(row.classes.items(), key=lambda each: (-each[1], each[0]))
        return cls(
            row=row,
            checked_at=cast("Any", row.checked_at),
            coverage=ReviewCoverage.of(row),
            classes=[ReviewClassCount(review_class=ReviewClass(kind), count=count) for kind, count in counts],
        )


@seen_by(_STAFF)
@strawberry.type(description="What all pages added up to at the end of one day, UTC.")
class CoverageDay:
    """A publishing.tables.CoverageDay."""

    day: date = strawberry.field(description="The day.")
    pages: int = strawberry.field(description="How many pages had been checked.")
    coverage: ReviewCoverage = strawberry.field(description="What was found of their reviews.")

    @classmethod
    def of(cls, row: Day) -> "CoverageDay":
        """As the contract shows it."""
        return cls(day=row.day, pages=row.pages, coverage=ReviewCoverage.of(row))


@seen_by(_STAFF)
@strawberry.type(description="A rule that pages break, by their newest checks.")
class BrokenRule:
    """A publishing.queries.coverage.RuleRow."""

    code: str = strawberry.field(description="The rule.")
    severity: Severity = strawberry.field(description="What it costs.")
    pages: int = strawberry.field(description="On how many pages it is broken.")

    @field()
    def title(self, info: Info) -> str:
        """What is wrong, in the reader's language."""
        return rule_text(self.code, locale=info.context.caller.locale).title_fail

    @classmethod
    def of(cls, row: RuleRow) -> "BrokenRule":
        """As the contract shows it."""
        return cls(code=row.code, severity=Severity(row.severity), pages=row.pages)


RuleArgument = Annotated[str | None, strawberry.argument(description="Only pages that break the rule of this code.")]


@seen_by(_STAFF)
@strawberry.type(description="How many of the shop's published reviews search engines can take from its pages.")
class ShopCoverage:
    """Made of publishing.queries.coverage.Sums; all else is read when it is asked for."""

    pages: int = strawberry.field(description="How many pages were ever checked.")
    coverage: ReviewCoverage = strawberry.field(description="What was found of their reviews.")
    checked_at: DateTime | None = strawberry.field(description="When a page was checked last.")

    @field()
    async def days(self, info: Info, last: LastArgument = 90) -> list[CoverageDay]:
        """The trend: a day for each night, the oldest first; at most 400."""
        rows = await info.context.rooms.read(coverage.days, last=_within(last, _MOST_DAYS))
        return [CoverageDay.of(row) for row in rows]

    @field()
    async def rules(self, info: Info) -> list[BrokenRule]:
        """Every rule that a page breaks, the most severe and then the most frequent first."""
        return [BrokenRule.of(row) for row in await info.context.rooms.read(coverage.broken_rules)]

    @field()
    async def products(
        self, info: Info, first: First = 10, after: After = None, rule: RuleArgument = None
    ) -> Connection[ProductCoverage]:
        """Pages, the worst first."""
        if rule is not None and rule not in BY_CODE:
            raise bad_input("rule is not the code of a rule.")
        key = place(after, int, int, int)
        page = await info.context.rooms.read(coverage.worst_first, first=page_size(first), after=key, code=rule)
        items = [ProductCoverage.of(row) for row, _ in page.items]
        return connection(ProductCoverage, Page(items=items, keys=page.keys, has_next=page.has_next), after=after)

    @classmethod
    def of(cls, sums: Sums) -> "ShopCoverage":
        """As the contract shows it."""
        at = cast("DateTime | None", sums.checked_at)
        return cls(pages=sums.pages, coverage=ReviewCoverage.of(cast("Any", sums)), checked_at=at)


@strawberry.type
class CoveredProduct:
    """The part of Product that checks of its pages make."""

    @field(only_for=(_STAFF,))
    async def coverage(self, info: Info) -> list[ProductCoverage] | None:
        """What the newest checks found of its pages, one a storefront, the worst first. Staff only."""
        rows = await info.context.load(loaders.coverage_of_products, cast("Entity", self).id)  # type: ignore[attr-defined]
        return [ProductCoverage.of(row) for row in rows or ()]

    @field(only_for=(_STAFF,))
    async def checks(self, info: Info, last: LastArgument = 30) -> list[PageCheck] | None:
        """The finished checks of its pages, the oldest first; at most 100. Staff only."""
        product_id = cast("Any", self).id
        rows = await info.context.rooms.read(coverage.history, product_id, last=_within(last, _MOST_CHECKS))
        return cast("list[PageCheck]", rows)


def _within(last: int, most: int) -> int:
    if not 1 <= last <= most:
        raise bad_input(f"last must lie between 1 and {most}.")
    return last
