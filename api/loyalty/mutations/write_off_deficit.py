"""writeOffDeficit: staff forgive what a member owes, with a reason."""

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
from loyalty import reinstating


@strawberry.input(description="Whose debt to forgive, and why.")
class WriteOffDeficitInput:
    """As loyalty.reinstating.write_off."""

    membership_id: strawberry.ID = strawberry.field(description="Whose.")
    reason: str = strawberry.field(description="Up to 300 characters; the member reads it.")


@error_codes("Why writeOffDeficit did nothing.")
class WriteOffDeficitErrorCode(Enum):
    """Every code of loyalty.reinstating.write_off."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    MEMBERSHIP_NOT_FOUND = "MEMBERSHIP_NOT_FOUND"
    NOTHING_OWED = "NOTHING_OWED"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"


@strawberry.type(description="The entry that repaid the debt, and the membership after it.")
class WriteOffDeficitPayload:
    """The entry, or why not."""

    entry: LedgerEntry | None = strawberry.field(description="The movement.")
    membership: Membership | None = strawberry.field(description="The membership, which owes nothing.")
    user_errors: list[UserError[WriteOffDeficitErrorCode]] = strawberry.field(description="Empty when it was forgiven.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def write_off_deficit(
    info: Info, input: WriteOffDeficitInput, idempotency_key: IdempotencyKey = None
) -> WriteOffDeficitPayload:
    """Forgive all that a member owes after returns. The ledger keeps who did it and why."""
    caller, member = info.context.caller, id_or_none_such("Membership", input.membership_id)
    actor = caller.staff_id or caller.service_key_id or 0
    act = partial(reinstating.write_off, membership_id=member, reason=input.reason, actor_id=actor)
    outcome = await write(info, input, idempotency_key, act)
    if isinstance(outcome, Refusal):
        errors = user_errors(info, WriteOffDeficitErrorCode, outcome)
        return WriteOffDeficitPayload(entry=None, membership=None, user_errors=errors)
    entry = await info.context.load(entries_by_ids, cast("int", outcome), None)
    after = await info.context.load(memberships_by_ids, member)
    return WriteOffDeficitPayload(
        entry=cast("LedgerEntry | None", entry), membership=cast("Membership | None", after), user_errors=[]
    )
