"""What a refund of an order does: first the points spent on it go home, then what it should not have earned goes.

An order's own earning is loyalty.orders', how far a clawback reaches is loyalty.clawback's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from loyalty import clawback, expiry, ledger, order_points, periods
from loyalty.clawback import Claim
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Account, Posting, Shelf, Source
from loyalty.lots import Take
from loyalty.order_points import Terms
from loyalty.queries import entries
from loyalty.queries import holds as hold_queries
from loyalty.queries import lots as lot_queries
from loyalty.queries import redemptions as queries
from loyalty.queries.lots import Taken
from loyalty.tables import EntryKind, LedgerEntry, RedemptionState, Reward, SourceType
from shop.facts import OrderFact


@dataclass(frozen=True, slots=True)
class Homecoming:
    """Whose points come back, and why; `count` is added to the particulars."""

    source: Source
    code: ExplanationCode
    params: Mapping[str, str | int]


def claw(session: Session, membership_id: int, order: OrderFact, terms: Terms, *, at: datetime) -> None:
    """Take back what each refund of the order that the member's ledger does not know yet makes it worth less.

    A refund is settled with those settled before it, so the sum is right in whatever order they arrive.
    """
    source = Source(SourceType.ORDER, order.id)
    settled = known(clawback.standing(session, membership_id, source).history)
    for refund in order.refunds:
        if refund.id in settled:
            continue
        settled = settled | {refund.id}
        should_have = order_points.worth(order, terms, refunds=settled).points
        claim = Claim(
            key=f"ORDER:{order.id}:REFUND:{refund.id}",
            code=ExplanationCode.ORDER_REFUNDED,
            params={"order": order.external_id},
            occurred_at=at,
            refund_id=refund.id,
        )
        clawback.down_to(session, membership_id, source, should_have=should_have, claim=claim)


def known(history: Collection[LedgerEntry]) -> frozenset[int]:
    """The refunds that these entries have settled."""
    return frozenset(entry.refund_id for entry in history if entry.refund_id is not None)


def give_home(session: Session, membership_id: int, order: OrderFact, *, at: datetime) -> None:
    """Return the share of the points spent on the order that its refunds amount to, cut to whole points.

    The last refund brings the remainder, a cancellation everything. First out, first back; into a new lot where the old
    one has expired, or nowhere where the program forfeits those.
    """
    share = order_points.returned_share(order)
    for redemption in queries.of_order(session, order.id, membership_id):
        name = session.get_one(Reward, redemption.reward_id).name
        source = Source(SourceType.REDEMPTION, redemption.id)
        coming = Homecoming(source, ExplanationCode.REWARD_RETURNED, {"reward": name})
        bring_home(session, membership_id, coming, points=int(redemption.points * share), at=at)
        if share == 1 and redemption.state is not RedemptionState.RETURNED:
            queries.mark_returned(session, redemption.id)
    for hold in hold_queries.of_order(session, order.id, membership_id):
        source = Source(SourceType.HOLD, hold.id)
        coming = Homecoming(source, ExplanationCode.PAYMENT_RETURNED, {"order": order.external_id})
        # what the order did not take has come home before
        points = hold.points - hold.committed + int(hold.committed * share)
        bring_home(session, membership_id, coming, points=points, at=at)


def bring_home(session: Session, membership_id: int, coming: Homecoming, *, points: int, at: datetime) -> None:
    """See that `points` in all of what the source took have come back; those that have come before count."""
    source = coming.source
    history = entries.of_source(session, membership_id, source.type, source.id)
    already = sum(entry.points + entry.uncollected for entry in history if entry.kind is EntryKind.REDEEM_ROLLBACK)
    if points <= already:
        return
    account = expiry.opened(session, membership_id)
    taken = lot_queries.taken_by(session, history[0].id)
    returns, late = _homes(taken, skip=already, points=points - already, now=account.now)
    shelf = _late_shelf(account)
    home = points - already - (0 if shelf else late)
    posting = Posting(
        kind=EntryKind.REDEEM_ROLLBACK,
        # points go home in the order in which they left, so where the last return stopped names this one
        key=f"{source.type}:{source.id}:FROM:{already}",
        source=source,
        explanation=Explanation(coming.code, {"count": home, **coming.params}),
        occurred_at=at,
    )
    ledger.give_back(session, account, posting, returns=returns, late=late, late_shelf=shelf)


def _homes(taken: list[Taken], *, skip: int, points: int, now: datetime) -> tuple[list[Take], int]:
    """Where the next `points` go after the first `skip` went home, and how many find their lot expired."""
    returns, late = [], 0
    for each in taken:
        passed = min(skip, each.points)
        skip -= passed
        back = min(points, each.points - passed)
        points -= back
        if each.expires_at is not None and each.expires_at <= now:
            late += back
        elif back:
            returns.append(Take(each.lot_id, back))
    return returns, late


def _late_shelf(account: Account) -> Shelf | None:
    """Through the last local day of the program's time for those; None: they are forfeited."""
    zone, days = account.program.zone, account.program.returned_days
    if days == 0:
        return None
    last_day = periods.local_date(account.now + timedelta(days=days), zone)
    return Shelf(account.now, periods.start_of(periods.add_days(last_day, 1), zone))
