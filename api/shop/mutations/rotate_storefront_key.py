"""rotateStorefrontKey: a new publishable key."""

from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.shop.loaders import storefront_by_id
from api.shop.mutations.rotating import RotationInput
from api.shop.types import Storefront
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import rotation


@error_codes("Why rotateStorefrontKey did nothing.")
class RotateStorefrontKeyErrorCode(Enum):
    """Every code of shop.rotation.rotate_key."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"


@strawberry.type(description="The storefront with its new key.")
class RotateStorefrontKeyPayload:
    """The storefront, or why not."""

    storefront: Storefront | None = strawberry.field(description="The storefront; `publishableKey` is the new one.")
    user_errors: list[UserError[RotateStorefrontKeyErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def rotate_storefront_key(
    info: Info, input: RotationInput, idempotency_key: IdempotencyKey = None
) -> RotateStorefrontKeyPayload:
    """Draw a new publishable key. The former one goes on naming the storefront for the hours asked for."""

    def act(session: Session) -> int | Refusal:
        drawn = rotation.rotate_key(session, input.number, overlap_hours=input.overlap_hours)
        return drawn if isinstance(drawn, Refusal) else input.number

    outcome = await write(info, input, idempotency_key, act)
    if isinstance(outcome, Refusal):
        errors = user_errors(info, RotateStorefrontKeyErrorCode, outcome)
        return RotateStorefrontKeyPayload(storefront=None, user_errors=errors)
    found = await info.context.read_once(storefront_by_id, cast("int", outcome))
    return RotateStorefrontKeyPayload(storefront=cast("Storefront | None", found), user_errors=[])
