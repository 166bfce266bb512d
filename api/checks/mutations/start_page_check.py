"""startPageCheck: have one of the shop's product pages checked."""

from enum import Enum
from typing import cast

import strawberry

from api.checks import loaders
from api.checks.types import PageCheck
from api.context import Info
from api.enums import error_codes
from api.errors import bad_input
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.scalars import URL
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from publishing import page_checks
from publishing.page_checks import CheckDraft


@strawberry.input(description="A page of the shop's: by its address, or as a product's page on a storefront.")
class StartPageCheckInput:
    """As publishing.page_checks.CheckDraft."""

    url: URL | None = strawberry.field(
        default=None, description="Its address, which a storefront's product-page pattern fits."
    )
    product_id: strawberry.ID | None = strawberry.field(default=None, description="Instead of it: the product.")
    storefront_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose page of the product; the oldest storefront's when left out."
    )

    def draft(self, asked_by: int | None) -> CheckDraft:
        """As the room takes it; BAD_USER_INPUT unless exactly one of address and product is given."""
        if (self.url is None) == (self.product_id is None):
            raise bad_input("Give either url or productId.")
        return CheckDraft(
            url=None if self.url is None else str(self.url),
            product_id=None if self.product_id is None else id_or_none_such("Product", self.product_id),
            storefront_id=None if self.storefront_id is None else id_or_none_such("Storefront", self.storefront_id),
            asked_by=asked_by,
        )


@error_codes("Why startPageCheck did nothing.")
class StartPageCheckErrorCode(Enum):
    """Every code of publishing.page_checks.start."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    NO_PAGE = "NO_PAGE"
    PRODUCT_NOT_FOUND = "PRODUCT_NOT_FOUND"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"
    TOO_MANY_WAITING = "TOO_MANY_WAITING"


@strawberry.type(description="The check that is asked for.")
class StartPageCheckPayload:
    """The check, or why not."""

    page_check: PageCheck | None = strawberry.field(
        description="It, waiting for a worker; the same page's check that waits already, if there is one."
    )
    user_errors: list[UserError[StartPageCheckErrorCode]] = strawberry.field(description="Empty when it is asked for.")


@mutation(requires=Permission.CHECK_PAGES)
async def start_page_check(
    info: Info, input: StartPageCheckInput, idempotency_key: IdempotencyKey = None
) -> StartPageCheckPayload:
    """Have a product page checked by a worker. `pageCheckChanged` tells how far it has come."""
    draft = input.draft(info.context.caller.staff_id)
    outcome = await write(info, input, idempotency_key, lambda session: page_checks.start(session, draft))
    if isinstance(outcome, Refusal):
        errors = user_errors(info, StartPageCheckErrorCode, outcome)
        return StartPageCheckPayload(page_check=None, user_errors=errors)
    found = await info.context.load(loaders.checks_by_ids, cast("int", outcome))
    return StartPageCheckPayload(page_check=cast("PageCheck | None", found), user_errors=[])
