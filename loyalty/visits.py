"""Nights, stays and visits that count toward tiers, as the shop records them. They give no points of their own."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import periods, qualification, tiers
from loyalty.queries import accounts
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Membership, Program, TierBasis, TierCredit

MAX_COUNT = 1000
_MAX_SOURCE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDraft:
    """`count` nights or visits of one stay, which the shop calls `source_id`; 0 takes it back."""

    membership_id: int
    source_id: str
    count: int
    at: datetime


def record(session: Session, draft: VisitDraft) -> int | Refusal:
    """Have the stay count so many visits; returns the membership's id. Telling it twice counts once.

    It counts on the day on which it was first told to be. Refuses MEMBERSHIP_NOT_FOUND, UNUSED_FIELD (the program's
    tiers do not look at visits), OUT_OF_RANGE, REQUIRED, TOO_LONG and INVALID_TEXT, and DATE_IN_FUTURE.
    """
    member = session.get(Membership, draft.membership_id)
    if member is None:
        return Refusal(LoyaltyRefusal.MEMBERSHIP_NOT_FOUND, ("membershipId",))
    program = session.get_one(Program, member.program_id)
    refused = _refusal(program, draft)
    if refused is not None:
        return refused
    accounts.locked(session, member.id)
    credit = TierCredit(
        membership_id=member.id,
        basis=TierBasis.VISITS,
        source=f"VISIT:{draft.source_id}",
        day=periods.local_date(draft.at, program.zone),
        amount=draft.count,
    )
    tiers.settle_difference(session, member.id, qualification.bring(session, credit))
    return member.id


def _refusal(program: Program, draft: VisitDraft) -> Refusal | None:
    if TierBasis.VISITS not in (program.tier_basis, program.tier_or_basis):
        return Refusal(LoyaltyRefusal.UNUSED_FIELD, ("membershipId",))
    if not 0 <= draft.count <= MAX_COUNT:
        return Refusal(LoyaltyRefusal.OUT_OF_RANGE, ("count",), {"minimum": 0, "maximum": MAX_COUNT})
    if not draft.source_id.strip():
        return Refusal(LoyaltyRefusal.REQUIRED, ("sourceId",))
    if len(draft.source_id) > _MAX_SOURCE:
        return Refusal(LoyaltyRefusal.TOO_LONG, ("sourceId",), {"maximum": _MAX_SOURCE})
    # PostgreSQL keeps no NUL
    if "\x00" in draft.source_id:
        return Refusal(LoyaltyRefusal.INVALID_TEXT, ("sourceId",))
    if draft.at > clock.now():
        return Refusal(LoyaltyRefusal.DATE_IN_FUTURE, ("at",))
    return None
