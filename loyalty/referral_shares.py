"""An advocate's lasting share of what a friend buys: exact over all purchases together, and back with every return.

The share is the whole part of the sum over all orders, so that what one order leaves over is carried to the next.
"""

from datetime import datetime
from math import floor

from sqlmodel import Session

from core import db
from loyalty import clawback, expiry, ledger, order_points, rates, referral_terms
from loyalty.clawback import Claim
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Posting, Source
from loyalty.queries import referrals as queries
from loyalty.tables import EntryKind, Membership, Program, Referral, ReferralPurchase, ReferralStage, SourceType
from shop.facts import OrderFact

_MILLI = 1_000
# `share_points` are for so many minor units
_PER_MINOR = 10_000


def count(session: Session, referral: Referral, order: OrderFact) -> None:
    """Note what the order counts now, refunds and all; an order from before or after its time never does."""
    bought_at = order.paid_at or order.placed_at
    if not referral.share_points or not _is_within(referral, bought_at):
        return
    program = session.get_one(Program, referral.program_id)
    rate = rates.micros(session, program, order.currency, at=bought_at)
    refunds = [refund.id for refund in order.refunds]
    amount = order_points.counted_minor(order, refunds=refunds, rate_micros=rate)
    row = {"referral_id": referral.id, "order_id": order.id, "amount_milli": floor(amount * _MILLI)}
    if not db.insert_once(session, ReferralPurchase, row):
        queries.set_bought(session, referral.id, order.id, floor(amount * _MILLI))


def align(session: Session, referral: Referral, *, cause: str, at: datetime) -> None:
    """Bring the advocate's share to what it should be; none unless the referral is rewarded.

    `cause` names what changed: the same one moves points once.
    """
    if not referral.share_points:
        return
    source = Source(SourceType.REFERRAL_SHARE, referral.id)
    should = _due(session, referral) if referral.stage is ReferralStage.REWARDED else 0
    net = clawback.standing(session, referral.advocate_id, source).net
    key = f"SHARE:{referral.id}:{referral.round}:{cause}"
    if should > net:
        _earn(session, referral, source, key=key, points=should - net, at=at)
    elif should < net:
        claim = Claim(key=key, code=ExplanationCode.REFERRAL_SHARE_RETURNED, params={}, occurred_at=at)
        clawback.down_to(session, referral.advocate_id, source, should_have=should, claim=claim)


def _earn(session: Session, referral: Referral, source: Source, *, key: str, points: int, at: datetime) -> None:
    program = session.get_one(Program, referral.program_id)
    points = min(points, _room(session, referral))
    has_left = session.get_one(Membership, referral.advocate_id).left_at is not None
    if points <= 0 or has_left or not program.is_running:
        return
    account = expiry.opened(session, referral.advocate_id)
    posting = Posting(
        kind=EntryKind.EARN,
        key=key,
        source=source,
        explanation=Explanation(ExplanationCode.REFERRAL_SHARE, {"count": points}),
        occurred_at=at,
    )
    ledger.earn(session, account, posting, points=points, shelf=expiry.shelf(account.program, at))


def _due(session: Session, referral: Referral) -> int:
    whole = queries.bought_milli(session, referral.id) * referral.share_points // (_MILLI * _PER_MINOR)
    return min(whole, order_points.MAX_ORDER_POINTS)


def _room(session: Session, referral: Referral) -> int:
    """What the program's budget leaves; a cap trims."""
    budget = referral_terms.of(session, referral.program_id).budget_points
    if budget is None:
        return order_points.MAX_ORDER_POINTS
    db.hold(session, f"referral-budget:{referral.program_id}")
    return budget - queries.given(session, referral.program_id)


def _is_within(referral: Referral, at: datetime) -> bool:
    return at >= referral.accepted_at and (referral.share_until is None or at < referral.share_until)
