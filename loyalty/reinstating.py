"""What staff undo with a reason: points that expired are given back, a deficit is written off."""

from sqlmodel import Session

from core import ids
from core.refusal import Refusal
from loyalty import bounds, expiry, ledger, periods
from loyalty.adjustments import MAX_REASON
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Account, Posting, Shelf, Source
from loyalty.lots import Take
from loyalty.queries import lots as lot_queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EntryKind, LedgerEntry, Membership, SourceType


def reinstate(session: Session, *, entry_id: int, reason: str, actor_id: int) -> int | Refusal:
    """Give back, once, the points of an EXPIRE entry; returns the new entry's id.

    They last from now on as points that become spendable now, and stay those of what earned them: a return may take
    them. Refuses ENTRY_NOT_FOUND (also one of another kind, and of who has left), EXPIRED (the program's days for it
    have passed), CONFLICT (given back before), REQUIRED, TOO_LONG and INVALID_TEXT of the reason.
    """
    faults = list(bounds.text(reason, ("reason",), maximum=MAX_REASON))
    if faults:
        return faults[0]
    expired = session.get(LedgerEntry, entry_id)
    if expired is None or expired.kind is not EntryKind.EXPIRE or _has_left(session, expired.membership_id):
        return Refusal(LoyaltyRefusal.ENTRY_NOT_FOUND, ("entryId",))
    account = expiry.opened(session, expired.membership_id)
    program = account.program
    last_day = periods.add_days(periods.local_date(expired.occurred_at, program.zone), program.reinstate_days)
    if periods.local_date(account.now, program.zone) > last_day:
        return Refusal(LoyaltyRefusal.EXPIRED, ("entryId",), {"days": program.reinstate_days})
    return _give_back(session, account, expired, reason=reason.strip(), actor_id=actor_id)


def write_off(session: Session, *, membership_id: int, reason: str, actor_id: int) -> int | Refusal:
    """Forgive what a member owes; returns the entry's id.

    Refuses MEMBERSHIP_NOT_FOUND, NOTHING_OWED, REQUIRED, TOO_LONG and INVALID_TEXT of the reason.
    """
    if session.get(Membership, membership_id) is None:
        return Refusal(LoyaltyRefusal.MEMBERSHIP_NOT_FOUND, ("membershipId",))
    faults = list(bounds.text(reason, ("reason",), maximum=MAX_REASON))
    if faults:
        return faults[0]
    account = expiry.opened(session, membership_id)
    owed = account.row.deficit
    if owed == 0:
        return Refusal(LoyaltyRefusal.NOTHING_OWED, ("membershipId",))
    act_id = ids.new_id()
    posting = Posting(
        kind=EntryKind.ADJUST_CREDIT,
        key=f"STAFF:{act_id}",
        source=Source(SourceType.STAFF, act_id),
        explanation=Explanation(ExplanationCode.DEFICIT_WRITTEN_OFF, {"count": owed, "reason": reason.strip()}),
        occurred_at=account.now,
        actor_id=actor_id,
    )
    # a credit of as much, which the debts take at once
    written = ledger.earn(session, account, posting, points=owed, shelf=Shelf(account.now, None))
    if written is None:
        raise ledger.LedgerError(f"written off twice: {act_id}")
    return written


def _has_left(session: Session, membership_id: int) -> bool:
    return session.get_one(Membership, membership_id).left_at is not None


def _give_back(
    session: Session, account: Account, expired: LedgerEntry, *, reason: str, actor_id: int
) -> int | Refusal:
    points = -expired.points
    lot_id = expired.source_id
    posting = Posting(
        kind=EntryKind.REINSTATE,
        key=f"EXPIRY:{expired.id}",
        source=Source(SourceType.LOT, lot_id),
        explanation=Explanation(ExplanationCode.REINSTATED, {"count": points, "reason": reason}),
        occurred_at=account.now,
        actor_id=actor_id,
    )
    shelf = expiry.shelf(account.program, account.now, waits=False).closing(account.program.closes_at)
    lot_queries.prolong(session, lot_id, expires_at=shelf.expires_at)
    given = ledger.give_back(session, account, posting, returns=[Take(lot_id, points)], late=0, late_shelf=None)
    return Refusal(LoyaltyRefusal.CONFLICT, ("entryId",)) if given is None else given
