"""rotateCustomerSecret: a new secret for customer tokens."""

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


@error_codes("Why rotateCustomerSecret did nothing.")
class RotateCustomerSecretErrorCode(Enum):
    """Every code of shop.rotation.rotate_secret."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"


@strawberry.type(description="The new secret.")
class RotateCustomerSecretPayload:
    """The secret and its storefront, or why not."""

    secret: str | None = strawberry.field(
        description="The new secret. Null when the same idempotency key is sent again: an answer kept for repeats "
        "holds no secret."
    )
    storefront: Storefront | None = strawberry.field(description="The storefront.")
    user_errors: list[UserError[RotateCustomerSecretErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.MANAGE_SHOP)
async def rotate_customer_secret(
    info: Info, input: RotationInput, idempotency_key: IdempotencyKey = None
) -> RotateCustomerSecretPayload:
    """Draw a new secret that signs customer tokens. The former one goes on signing for the hours asked for."""
    drawn: list[str] = []

    def act(session: Session) -> int | Refusal:
        made = rotation.rotate_secret(session, input.number, overlap_hours=input.overlap_hours)
        drawn[:] = [] if isinstance(made, Refusal) else [made]
        return made if isinstance(made, Refusal) else input.number

    outcome = await write(info, input, idempotency_key, act)
    if isinstance(outcome, Refusal):
        errors = user_errors(info, RotateCustomerSecretErrorCode, outcome)
        return RotateCustomerSecretPayload(secret=None, storefront=None, user_errors=errors)
    found = await info.context.read_once(storefront_by_id, cast("int", outcome))
    secret = drawn[0] if drawn else None
    return RotateCustomerSecretPayload(secret=secret, storefront=cast("Storefront | None", found), user_errors=[])
