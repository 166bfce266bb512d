"""adjustPoints: staff or the merchant's systems give or take points, with a reason."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import entries_by_ids, memberships_by_ids
from api.loyalty.types import LedgerEntry, Membership
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import adjustments
from loyalty.adjustments import AdjustmentDraft


@strawberry.input(description="Points to give or take, and why. They do not count toward tiers.")
class AdjustPointsInput:
    """As loyalty.adjustments.AdjustmentDraft."""

    membership_id: strawberry.ID = strawberry.field(description="Whose.")
    points: int = strawberry.field(description="Positive to give, negative to take.")
    reason: str = strawberry.field(description="Up to 300 characters; the member reads it.")


@error_codes("Why adjustPoints did nothing.")
class AdjustPointsErrorCode(Enum):
    """Every code of loyalty.adjustments.adjust."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    MEMBERSHIP_NOT_FOUND = "MEMBERSHIP_NOT_FOUND"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"
    NOT_ENOUGH_POINTS = "NOT_ENOUGH_POINTS"


@strawberry.type(description="The entry, and the membership after it.")
class AdjustPointsPayload:
    """The entry, or why not."""

    entry: LedgerEntry | None = strawberry.field(description="The movement.")
    membership: Membership | None = strawberry.field(description="The membership with its new balance.")
    user_errors: list[UserError[AdjustPointsErrorCode]] = strawberry.field(description="Empty when points moved.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def adjust_points(
    info: Info, input: AdjustPointsInput, idempotency_key: IdempotencyKey = None
) -> AdjustPointsPayload:
    """Give or take points by hand. The ledger keeps who did it and why."""
    caller, member = info.context.caller, id_or_none_such("Membership", input.membership_id)
    actor = caller.staff_id or caller.service_key_id or 0
    draft = AdjustmentDraft(membership_id=member, points=input.points, reason=input.reason, actor_id=actor)
    outcome = await write(info, input, idempotency_key, lambda session: adjustments.adjust(session, draft))
    if isinstance(outcome, Refusal):
        errors = user_errors(info, AdjustPointsErrorCode, outcome)
        return AdjustPointsPayload(entry=None, membership=None, user_errors=errors)
    entry = await info.context.load(entries_by_ids, cast("int", outcome), None)
    after = await info.context.load(memberships_by_ids, member)
    return AdjustPointsPayload(
        entry=cast("LedgerEntry | None", entry), membership=cast("Membership | None", after), user_errors=[]
    )
