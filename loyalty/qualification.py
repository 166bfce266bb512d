"""What counts toward tiers: reading it by basis, and bringing a cause's credit to what it is worth now.

Qualifying points are the ledger's own; which level the sums lead to is loyalty.ladder's.
"""

from datetime import date, datetime
from functools import cache

from sqlmodel import Session

from core import clock
from loyalty import order_points, periods, rates
from loyalty.ladder import Counted
from loyalty.queries import accounts, entries
from loyalty.queries import tier_credits as queries
from loyalty.queries.accounts import AccountRow
from loyalty.tables import Program, TierBasis, TierCredit
from shop.facts import OrderFact
from shop.tables import OrderState


def counted(session: Session, membership_id: int) -> Counted:
    """The member's sums by basis and days; each is read once. Stale once anything moved."""

    @cache
    def total(basis: TierBasis, first: date, last: date) -> int:
        match basis:
            case TierBasis.POINTS:
                return entries.qualifying(session, membership_id, first=first, last=last)
            case TierBasis.SPEND | TierBasis.VISITS:
                return queries.total(session, membership_id, basis, first=first, last=last)
            case TierBasis.BALANCE:
                return accounts.spendable(session, membership_id, now=clock.now())

    return total


def bring(session: Session, credit: TierCredit) -> int:
    """Have a cause count as much as `credit` says, on the day on which it first counted; returns the difference."""
    before = queries.locked(session, credit.membership_id, credit.basis, credit.source)
    if before is None:
        if credit.amount:
            session.add(credit)
            session.flush()
        return credit.amount
    difference = credit.amount - before.amount
    if difference:
        queries.set_amount(session, before, credit.amount)
    return difference


def spent(session: Session, row: AccountRow, program: Program, order: OrderFact, *, at: datetime) -> int:
    """Bring what an order counts as money spent to what is left of it; returns the difference.

    It begins to count when it is paid while the program runs and takes its currency, and the member had joined by then.
    0 where the program's tiers do not look at money.
    """
    if TierBasis.SPEND not in (program.tier_basis, program.tier_or_basis):
        return 0
    source = f"ORDER:{order.id}"
    before = queries.locked(session, row.id, TierBasis.SPEND, source)
    if before is None and (not program.is_running or row.joined_at > at):
        return 0
    rate = before.rate_micros if before else rates.micros(session, program, order.currency, at=at)
    if rate == rates.NOT_ACCEPTED or (before is None and order.state is not OrderState.PAID):
        return 0
    refunds = [refund.id for refund in order.refunds]
    credit = TierCredit(
        membership_id=row.id,
        basis=TierBasis.SPEND,
        source=source,
        day=periods.local_date(at, program.zone),
        amount=int(order_points.counted_minor(order, refunds=refunds, rate_micros=rate)),
        rate_micros=rate,
    )
    return bring(session, credit)
