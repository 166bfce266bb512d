"""recordStorefront: describe one of the merchant's storefronts."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.scalars import CurrencyCode
from api.shop.loaders import storefront_by_id
from api.shop.types import Storefront
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import storefronts
from shop.storefronts import StorefrontDraft


@strawberry.input(description="A storefront as the merchant describes it.")
class RecordStorefrontInput:
    """As shop.storefronts.StorefrontDraft."""

    handle: str = strawberry.field(description="Its short name: lower-case letters, digits and hyphens. Never changes.")
    name: str = strawberry.field(description="Its name for people.")
    origin: str = strawberry.field(description="Scheme and host of its pages, such as https://shop.example.")
    locale: str = strawberry.field(description="Its language, BCP 47.")
    currency: CurrencyCode = strawberry.field(description="The currency of its prices.")
    time_zone: str = strawberry.field(description="The IANA time zone in which it shows dates.")
    product_url: str = strawberry.field(description="Address of product pages with `{handle}` for the product's.")
    allowed_origins: list[str] = strawberry.field(
        default_factory=list, description="Origins whose browsers may call the API."
    )
    shopify_secret: str | None = strawberry.field(
        default=None, description="The secret that signs its Shopify webhooks; left out, the former one stays."
    )


@error_codes("Why recordStorefront did nothing.")
class RecordStorefrontErrorCode(Enum):
    """Every code of shop.storefronts.record."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    INVALID_TEXT = "INVALID_TEXT"
    INVALID_HANDLE = "INVALID_HANDLE"
    INVALID_ORIGIN = "INVALID_ORIGIN"
    INVALID_LOCALE = "INVALID_LOCALE"
    INVALID_CURRENCY = "INVALID_CURRENCY"
    INVALID_TIME_ZONE = "INVALID_TIME_ZONE"
    INVALID_PRODUCT_URL = "INVALID_PRODUCT_URL"


@strawberry.type(description="What recordStorefront answers.")
class RecordStorefrontPayload:
    """The storefront, or why not."""

    storefront: Storefront | None = strawberry.field(description="The storefront with its keys.")
    user_errors: list[UserError[RecordStorefrontErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def record_storefront(
    info: Info, input: RecordStorefrontInput, idempotency_key: IdempotencyKey = None
) -> RecordStorefrontPayload:
    """Create the storefront of this handle, its keys drawn, or change what it says of itself."""
    draft = StorefrontDraft(**{**vars(input), "allowed_origins": tuple(input.allowed_origins)})
    outcome = await write(info, input, idempotency_key, lambda session: storefronts.record(session, draft))
    if isinstance(outcome, Refusal):
        return RecordStorefrontPayload(
            storefront=None, user_errors=user_errors(info, RecordStorefrontErrorCode, outcome)
        )
    found = await info.context.read_once(storefront_by_id, cast("int", outcome))
    return RecordStorefrontPayload(storefront=cast("Storefront | None", found), user_errors=[])
