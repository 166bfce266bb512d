"""reinstatePoints: staff give back points that have expired, with a reason."""

from enum import Enum
from functools import partial
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
from loyalty import reinstating, tables


@strawberry.input(description="Which expired points to give back, and why.")
class ReinstatePointsInput:
    """As loyalty.reinstating.reinstate."""

    entry_id: strawberry.ID = strawberry.field(description="The entry of kind EXPIRE with which they went.")
    reason: str = strawberry.field(description="Up to 300 characters; the member reads it.")


@error_codes("Why reinstatePoints did nothing.")
class ReinstatePointsErrorCode(Enum):
    """Every code of loyalty.reinstating.reinstate."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    CONFLICT = "CONFLICT"
    ENTRY_NOT_FOUND = "ENTRY_NOT_FOUND"
    EXPIRED = "EXPIRED"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"


@strawberry.type(description="The entry, and whose membership it is.")
class ReinstatePointsPayload:
    """The entry, or why not."""

    entry: LedgerEntry | None = strawberry.field(description="The movement.")
    membership: Membership | None = strawberry.field(description="The membership, with the points that it holds again.")
    user_errors: list[UserError[ReinstatePointsErrorCode]] = strawberry.field(description="Empty when they are back.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def reinstate_points(
    info: Info, input: ReinstatePointsInput, idempotency_key: IdempotencyKey = None
) -> ReinstatePointsPayload:
    """Give expired points back, once, within the days that the program allows. They last as points of today."""
    caller, expired = info.context.caller, id_or_none_such("LedgerEntry", input.entry_id)
    actor = caller.staff_id or caller.service_key_id or 0
    act = partial(reinstating.reinstate, entry_id=expired, reason=input.reason, actor_id=actor)
    outcome = await write(info, input, idempotency_key, act)
    if isinstance(outcome, Refusal):
        errors = user_errors(info, ReinstatePointsErrorCode, outcome)
        return ReinstatePointsPayload(entry=None, membership=None, user_errors=errors)
    entry = await info.context.load(entries_by_ids, cast("int", outcome), None)
    given = cast("tables.LedgerEntry", entry)
    after = await info.context.load(memberships_by_ids, given.membership_id)
    return ReinstatePointsPayload(
        entry=cast("LedgerEntry | None", entry), membership=cast("Membership | None", after), user_errors=[]
    )
