"""releaseHold: a member takes back points that were put aside for a cart."""

from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.hold_types import PointsHold
from api.loyalty.loaders import holds_by_ids
from api.loyalty.seeing import own_or_all
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import holds


@strawberry.input(description="The hold to end.")
class ReleaseHoldInput:
    """One hold of the caller's."""

    hold_id: strawberry.ID = strawberry.field(description="The hold.")


@error_codes("Why releaseHold did nothing.")
class ReleaseHoldErrorCode(Enum):
    """Every code of loyalty.holds.release."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    HOLD_NOT_FOUND = "HOLD_NOT_FOUND"
    HOLD_OVER = "HOLD_OVER"


@strawberry.type(description="The hold after it.")
class ReleaseHoldPayload:
    """The hold, or why not."""

    hold: PointsHold | None = strawberry.field(description="It.")
    user_errors: list[UserError[ReleaseHoldErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def release_hold(
    info: Info, input: ReleaseHoldInput, idempotency_key: IdempotencyKey = None
) -> ReleaseHoldPayload:
    """Give back points that were put aside for a cart. Safe to repeat."""
    caller, hold_id = info.context.caller, id_or_none_such("PointsHold", input.hold_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: holds.release(session, hold_id=hold_id, customer_id=customer_of(session, caller)),
    )
    if isinstance(outcome, Refusal):
        return ReleaseHoldPayload(hold=None, user_errors=user_errors(info, ReleaseHoldErrorCode, outcome))
    found = await info.context.load(holds_by_ids, cast("int", outcome), own_or_all(info))
    return ReleaseHoldPayload(hold=cast("PointsHold | None", found), user_errors=[])
