"""commitHold: the shop's server tells that an order was paid with points put aside for its cart."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.hold_types import PointsHold
from api.loyalty.loaders import holds_by_ids
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import holds


@strawberry.input(description="A hold and the order that it paid for.")
class CommitHoldInput:
    """As loyalty.holds.spend."""

    hold_id: strawberry.ID = strawberry.field(description="The hold.")
    order_id: strawberry.ID = strawberry.field(description="The order, recorded before, of the same customer.")
    points: int | None = strawberry.field(default=None, description="How many the order took; all when left out.")


@error_codes("Why commitHold did nothing.")
class CommitHoldErrorCode(Enum):
    """Every code of loyalty.holds.spend."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    HOLD_NOT_FOUND = "HOLD_NOT_FOUND"
    ORDER_NOT_FOUND = "ORDER_NOT_FOUND"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    HOLD_OVER = "HOLD_OVER"


@strawberry.type(description="The hold after it.")
class CommitHoldPayload:
    """The hold, or why not."""

    hold: PointsHold | None = strawberry.field(description="It.")
    user_errors: list[UserError[CommitHoldErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def commit_hold(info: Info, input: CommitHoldInput, idempotency_key: IdempotencyKey = None) -> CommitHoldPayload:
    """Note that an order was paid with held points; what it did not take goes back at once. Safe to repeat."""
    hold_id, order_id = id_or_none_such("PointsHold", input.hold_id), id_or_none_such("Order", input.order_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: holds.spend(session, hold_id=hold_id, order_id=order_id, points=input.points),
    )
    if isinstance(outcome, Refusal):
        return CommitHoldPayload(hold=None, user_errors=user_errors(info, CommitHoldErrorCode, outcome))
    found = await info.context.load(holds_by_ids, cast("int", outcome), None)
    return CommitHoldPayload(hold=cast("PointsHold | None", found), user_errors=[])
