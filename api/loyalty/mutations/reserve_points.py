"""reservePoints: a member puts points aside for a cart."""

from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

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
from loyalty.holds import DEFAULT_MINUTES, HoldDraft


@strawberry.input(description="The cart, and how many points to spend on it.")
class ReservePointsInput:
    """As loyalty.holds.HoldDraft."""

    program_id: strawberry.ID = strawberry.field(description="The program whose points are meant.")
    cart: str = strawberry.field(description="The shop's own name for the cart, which has one hold at a time.")
    points: int = strawberry.field(description="How many; as many as can be spent are put aside.")
    minutes: int = strawberry.field(default=DEFAULT_MINUTES, description="How long they wait, up to seven days.")


@error_codes("Why reservePoints did nothing.")
class ReservePointsErrorCode(Enum):
    """Every code of loyalty.holds.reserve."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_ENOUGH_POINTS = "NOT_ENOUGH_POINTS"


@strawberry.type(description="The hold after it.")
class ReservePointsPayload:
    """The hold, or why not."""

    hold: PointsHold | None = strawberry.field(description="It.")
    user_errors: list[UserError[ReservePointsErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def reserve_points(
    info: Info, input: ReservePointsInput, idempotency_key: IdempotencyKey = None
) -> ReservePointsPayload:
    """Put points aside for a cart, instead of those that it had: ask again whenever it changes. They do not expire."""
    caller, program_id = info.context.caller, id_or_none_such("Program", input.program_id)

    def step(session: Session) -> int | Refusal:
        customer_id = customer_of(session, caller)
        return holds.reserve(
            session,
            HoldDraft(
                customer_id=customer_id,
                program_id=program_id,
                cart=input.cart,
                points=input.points,
                minutes=input.minutes,
            ),
        )

    outcome = await write(info, input, idempotency_key, step)
    if isinstance(outcome, Refusal):
        return ReservePointsPayload(hold=None, user_errors=user_errors(info, ReservePointsErrorCode, outcome))
    found = await info.context.load(holds_by_ids, cast("int", outcome), own_or_all(info))
    return ReservePointsPayload(hold=cast("PointsHold | None", found), user_errors=[])
