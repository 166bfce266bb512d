"""Points put aside for a cart: reserved, then committed to its order or released. Returns of orders are refunds'.

A held point has left its lot, so it neither expires nor is spent elsewhere. A hold is resolved once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from core import clock, ids
from core.refusal import Refusal
from loyalty import bounds, expiry, ledger, refunds
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Account, Posting, Source
from loyalty.queries import accounts
from loyalty.queries import holds as queries
from loyalty.refunds import Homecoming
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EntryKind, HoldState, PointsHold, SourceType
from shop import orders

MAX_POINTS = 1_000_000_000
DEFAULT_MINUTES = 30
MAX_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDraft:
    """A customer's wish to pay for a cart with points; `cart` is the shop's own name for it."""

    customer_id: int
    program_id: int
    cart: str
    points: int
    minutes: int = DEFAULT_MINUTES

    def refusal(self) -> Refusal | None:
        """What is wrong with it: REQUIRED, TOO_LONG, INVALID_TEXT, OUT_OF_RANGE."""
        wrong = [
            *bounds.text(self.cart, ("cart",)),
            *bounds.within(self.points, ("points",), 1, MAX_POINTS),
            *bounds.within(self.minutes, ("minutes",), 1, MAX_MINUTES),
        ]
        return wrong[0] if wrong else None


def reserve(session: Session, draft: HoldDraft) -> int | Refusal:
    """Put aside as many of the points as the member can spend, instead of what was held for the cart before.

    Returns the hold's id. Refuses what the draft does, NOT_A_MEMBER, and NOT_ENOUGH_POINTS when there are none.
    """
    refused = draft.refusal()
    if refused is not None:
        return refused
    membership_id = accounts.in_program(session, draft.customer_id, draft.program_id)
    if membership_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("programId",))
    accounts.locked(session, membership_id)
    now = clock.now()
    for former in queries.live(session, membership_id):
        # those whose time is over count no more, whether or not a worker has seen them
        if former.cart == draft.cart or former.expires_at <= now:
            end(session, former.id)
    return _hold(session, expiry.opened(session, membership_id), draft)


def spend(session: Session, *, hold_id: int, order_id: int, points: int | None = None) -> int | Refusal:
    """Note that the order was paid with `points` of the hold, all when None; the rest goes back. Safe to repeat.

    For the shop's own server. What of the order has come back already brings its share home at once. Refuses
    HOLD_NOT_FOUND, ORDER_NOT_FOUND (or another customer's), OUT_OF_RANGE and HOLD_OVER (resolved, or its time is over).
    """
    hold, order = session.get(PointsHold, hold_id), orders.fact(session, order_id)
    if hold is None:
        return Refusal(LoyaltyRefusal.HOLD_NOT_FOUND, ("holdId",))
    # the member's lock comes before the hold's, as everywhere
    row = accounts.locked(session, hold.membership_id)
    if order is None or order.customer_id != row.customer_id:
        return Refusal(LoyaltyRefusal.ORDER_NOT_FOUND, ("orderId",))
    for refused in bounds.within(points, ("points",), 1, hold.points):
        return refused
    kept = hold.points if points is None else points
    if not queries.mark_committed(session, hold_id, order_id=order_id, points=kept, now=clock.now()):
        session.refresh(hold)
        if (hold.state, hold.order_id, hold.committed) != (HoldState.COMMITTED, order_id, kept):
            return Refusal(LoyaltyRefusal.HOLD_OVER, ("holdId",))
    session.refresh(hold)
    _bring_home(session, hold)
    refunds.give_home(session, hold.membership_id, order, at=clock.now())
    return hold_id


def release(session: Session, *, hold_id: int, customer_id: int) -> int | Refusal:
    """Give the customer's held points back; returns the hold's id, also when that was done before.

    Refuses HOLD_NOT_FOUND (or another customer's), and HOLD_OVER when an order was paid with it.
    """
    hold = queries.of_customer(session, hold_id, customer_id)
    if hold is None:
        return Refusal(LoyaltyRefusal.HOLD_NOT_FOUND, ("holdId",))
    end(session, hold_id)
    session.refresh(hold)
    if hold.state is HoldState.COMMITTED:
        return Refusal(LoyaltyRefusal.HOLD_OVER, ("holdId",))
    return hold_id


def release_all(session: Session, membership_id: int) -> None:
    """Give back everything that is held for the member."""
    for hold in queries.live(session, membership_id):
        end(session, hold.id)


def due(session: Session, *, limit: int) -> Sequence[int]:
    """Holds whose time is over."""
    return queries.due(session, now=clock.now(), limit=limit)


def end(session: Session, hold_id: int) -> None:
    """Give a hold's points back; nothing happens to one that is resolved."""
    hold = session.get_one(PointsHold, hold_id)
    accounts.locked(session, hold.membership_id)
    if queries.release(session, hold_id):
        session.refresh(hold)
        _bring_home(session, hold)


def _hold(session: Session, account: Account, draft: HoldDraft) -> int | Refusal:
    points = min(draft.points, account.spendable_points)
    if points <= 0:
        missing = draft.points - account.spendable_points
        return Refusal(LoyaltyRefusal.NOT_ENOUGH_POINTS, ("points",), {"count": missing})
    hold = PointsHold(
        id=ids.new_id(),
        membership_id=account.id,
        cart=draft.cart,
        requested=draft.points,
        points=points,
        state=HoldState.HELD,
        held_at=account.now,
        expires_at=account.now + timedelta(minutes=draft.minutes),
    )
    queries.add(session, hold)
    posting = Posting(
        kind=EntryKind.REDEEM,
        key=f"HOLD:{hold.id}",
        source=Source(SourceType.HOLD, hold.id),
        explanation=Explanation(ExplanationCode.POINTS_HELD, {"count": points}),
        occurred_at=account.now,
    )
    spent = ledger.spend(session, account, posting, points=points)
    return spent if isinstance(spent, Refusal) else hold.id


def _bring_home(session: Session, hold: PointsHold) -> None:
    coming = Homecoming(Source(SourceType.HOLD, hold.id), ExplanationCode.POINTS_RELEASED, {})
    points = hold.points - hold.committed
    refunds.bring_home(session, hold.membership_id, coming, points=points, at=clock.now())
