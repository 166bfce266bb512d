"""What time alone does to lots: points past their expiry go, points that became spendable repay a deficit.

Whatever moves points calls `opened` first, so a nightly job that has not run changes nothing. Tiers have their own
clock in loyalty.tiers.
"""

from datetime import datetime

from sqlmodel import Session

from core import clock
from loyalty import ledger, lifetimes, lots, periods
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Account, Posting, Shelf, Source
from loyalty.lots import Take
from loyalty.queries import lots as queries
from loyalty.queries.lots import OpenLot
from loyalty.tables import EntryKind, Program, SourceType


def opened(session: Session, membership_id: int) -> Account:
    """The member's account, locked, with all that was due done."""
    account = ledger.load(session, membership_id)
    return ledger.load(session, membership_id) if _settle(session, account) else account


def activate(session: Session, membership_id: int) -> None:
    """Have points that became spendable in time repay what was owed; the night's first step."""
    _repay_in_time(session, ledger.load(session, membership_id))


def expire(session: Session, membership_id: int) -> None:
    """Have points past their expiry go, after those that owe repayment were used for it."""
    opened(session, membership_id)


def shelf(program: Program, earned_at: datetime, *, waits: bool = True) -> Shelf:
    """When points earned at an instant can be spent, and until when: their clock starts once they can be spent.

    `waits`: whether the program's days of waiting hold for them.
    """
    day = periods.local_date(earned_at, program.zone)
    available = earned_at
    if waits and program.pending_days:
        available = periods.start_of(periods.add_days(day, program.pending_days), program.zone)
    last_day = lifetimes.last_day(program, periods.local_date(available, program.zone))
    if last_day is None:
        return Shelf(available, None)
    return Shelf(available, periods.start_of(periods.add_days(last_day, 1), program.zone))


def _settle(session: Session, account: Account) -> bool:
    repaid = _repay_in_time(session, account)
    if repaid:
        account = ledger.load(session, account.id)
    lapsed = [lot for lot in account.lots if lots.is_lapsed(lot, account.now)]
    for lot in lots.in_spending_order(lapsed):
        _expire(session, account, lot)
    return repaid or bool(lapsed)


def _repay_in_time(session: Session, account: Account) -> bool:
    """Points that became spendable before they lapsed repay what was owed by then, as they would have at once."""
    if account.row.deficit == 0:
        return False
    owed_since = queries.open_debts(session, account.id)[0].created_at
    due = [lot for lot in account.lots if not lots.is_pending(lot, account.now) and not lots.is_lapsed(lot, owed_since)]
    ledger.repay(session, account, sorted(due, key=lambda lot: (lot.available_at, lot.id)))
    return bool(due)


def _expire(session: Session, account: Account, lot: OpenLot) -> None:
    ends = lot.expires_at or account.now
    posting = Posting(
        kind=EntryKind.EXPIRE,
        # points that were given back after their expiry have a new one
        key=f"LOT:{lot.id}:{clock.to_milliseconds(ends)}",
        source=Source(SourceType.LOT, lot.id),
        explanation=Explanation(ExplanationCode.EXPIRED, {"count": lot.remaining}),
        occurred_at=ends,
    )
    if ledger.take(session, account, posting, takes=[Take(lot.id, lot.remaining)]) is None:
        raise ledger.LedgerError(f"lot {lot.id} has expired before and holds points again")
