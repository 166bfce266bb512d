"""The root fields of checks: the checks themselves, and what they add up to."""

from typing import Annotated, cast

import strawberry

from api.checks.coverage_types import ShopCoverage
from api.checks.types import PageCheck
from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.fields import field
from api.nodes import id_or_none_such
from core.identity import Permission
from publishing import coverage, page_checks
from publishing.tables import CheckState


@strawberry.type
class CheckQuery:
    """The part of Query that checks answer."""

    @field(requires=Permission.READ_REVIEWS)
    async def page_checks(  # noqa: PLR0917 - filters of one list
        self,
        info: Info,
        first: First = 10,
        after: After = None,
        product_id: Annotated[strawberry.ID | None, strawberry.argument(description="Only of this product.")] = None,
        state: Annotated[CheckState | None, strawberry.argument(description="Only in this state.")] = None,
        only_fallen: Annotated[  # noqa: FBT002 - an argument of the contract
            bool, strawberry.argument(description="Only those that found fewer indexable reviews than before.")
        ] = False,
    ) -> Connection[PageCheck]:
        """Checks of product pages, newest first."""
        page = await info.context.rooms.read(
            page_checks.page,
            first=page_size(first),
            after=cast("tuple[int] | None", place(after, int)),
            product_id=None if product_id is None else id_or_none_such("Product", product_id),
            state=state,
            only_fallen=only_fallen,
        )
        return connection(PageCheck, page, after=after)

    @field(requires=Permission.READ_REVIEWS)
    async def coverage(self, info: Info) -> ShopCoverage:
        """How many of the published reviews search engines can take from the shop's pages."""
        return ShopCoverage.of(await info.context.rooms.read(coverage.of_shop))
