"""transferPoints: staff move points from one member to another, with a reason."""

from enum import Enum
from functools import partial
from typing import cast

import strawberry
from sqlmodel import Session

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
from loyalty import transfers
from loyalty.transfers import TransferDraft


@strawberry.input(description="Points to move between two members of a program, and why.")
class TransferPointsInput:
    """As loyalty.transfers.TransferDraft."""

    from_membership_id: strawberry.ID = strawberry.field(description="Who gives.")
    to_membership_id: strawberry.ID = strawberry.field(description="Who receives.")
    points: int = strawberry.field(description="How many; those that expire soonest go first and keep their expiry.")
    reason: str = strawberry.field(description="Up to 300 characters; both members read it.")


@error_codes("Why transferPoints did nothing.")
class TransferPointsErrorCode(Enum):
    """Every code of loyalty.transfers.transfer."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    MEMBERSHIP_NOT_FOUND = "MEMBERSHIP_NOT_FOUND"
    OTHER_PROGRAM = "OTHER_PROGRAM"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"
    NOT_ENOUGH_POINTS = "NOT_ENOUGH_POINTS"


@strawberry.type(description="Both entries.")
class TransferPointsPayload:
    """The entries, or why not."""

    sent: LedgerEntry | None = strawberry.field(description="The movement of who gives.")
    received: LedgerEntry | None = strawberry.field(description="The movement of who receives.")
    sender: Membership | None = strawberry.field(description="Who gives, with the new balance.")
    receiver: Membership | None = strawberry.field(description="Who receives, with the new balance.")
    user_errors: list[UserError[TransferPointsErrorCode]] = strawberry.field(description="Empty when points moved.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def transfer_points(
    info: Info, input: TransferPointsInput, idempotency_key: IdempotencyKey = None
) -> TransferPointsPayload:
    """Move points that can be spent from one member to another of the same program. The ledger keeps who did it."""
    caller = info.context.caller
    giver = id_or_none_such("Membership", input.from_membership_id)
    receiver = id_or_none_such("Membership", input.to_membership_id)
    actor = caller.staff_id or caller.service_key_id or 0
    draft = TransferDraft(giver, receiver, input.points, input.reason, actor)
    outcome = await write(info, input, idempotency_key, partial(_transferred, draft=draft))
    if isinstance(outcome, Refusal):
        errors = user_errors(info, TransferPointsErrorCode, outcome)
        return TransferPointsPayload(sent=None, received=None, sender=None, receiver=None, user_errors=errors)
    written = cast("dict[str, int]", outcome)
    entries = [await info.context.load(entries_by_ids, written[side], None) for side in ("sent", "received")]
    sent, received = cast("list[LedgerEntry | None]", entries)
    members = [await info.context.load(memberships_by_ids, member) for member in (giver, receiver)]
    sender, recipient = cast("list[Membership | None]", members)
    return TransferPointsPayload(sent=sent, received=received, sender=sender, receiver=recipient, user_errors=[])


def _transferred(session: Session, *, draft: TransferDraft) -> dict[str, int | str | None] | Refusal:
    entries = transfers.transfer(session, draft)
    return entries if isinstance(entries, Refusal) else {"sent": entries[0], "received": entries[1]}
