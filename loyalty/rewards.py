"""Redeem points for a reward, and use its code with an order. Points that come back are loyalty.refunds'."""

from datetime import datetime

from sqlmodel import Session

from core import clock, ids, outbox
from core.refusal import Refusal
from loyalty import codes, expiry, ledger, periods, refunds, tiers
from loyalty.events import LoyaltyEvent
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Account, Posting, Source
from loyalty.queries import accounts
from loyalty.queries import redemptions as queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EntryKind, Redemption, RedemptionState, Reward, SourceType, Tier
from loyalty.tiers import Level
from shop import orders


def redeem(session: Session, *, customer_id: int, reward_id: int) -> int | Refusal:
    """Take one of the reward for its cost; returns the redemption's id, whose code the shop accepts.

    Refuses REWARD_NOT_FOUND, NOT_A_MEMBER, NOT_ELIGIBLE (a higher tier's), LIMIT_REACHED, NOT_ENOUGH_POINTS (`count`
    are missing) and OUT_OF_STOCK. An ended program still lets its points be spent.
    """
    reward = session.get(Reward, reward_id)
    if reward is None or not reward.active:
        return Refusal(LoyaltyRefusal.REWARD_NOT_FOUND, ("rewardId",))
    membership_id = accounts.in_program(session, customer_id, reward.program_id)
    if membership_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("rewardId",))
    level = tiers.settle(session, membership_id)
    account = expiry.opened(session, membership_id)
    return refusal(session, account, reward, level) or take(session, account, reward)


def use(session: Session, *, code: str, order_id: int) -> int | Refusal:
    """Note that the order used the code; returns the redemption's id. Telling it twice, or late, is fine.

    For the shop's own server. What of the order has come back already brings its share of the points home at once.
    Refuses CODE_NOT_VALID: no such code, used by another order, or not the buyer's; EXPIRED: the order was placed after
    the code's last day.
    """
    found = queries.by_code(session, codes.normalised(code))
    order = orders.fact(session, order_id)
    if found is None or order is None or order.customer_id != found[1]:
        return Refusal(LoyaltyRefusal.CODE_NOT_VALID, ("code",))
    redemption = found[0]
    if redemption.expires_at is not None and order.placed_at >= redemption.expires_at:
        return Refusal(LoyaltyRefusal.EXPIRED, ("code",))
    is_repeat = redemption.order_id == order_id
    if not is_repeat and not queries.mark_used(session, redemption.id, order_id):
        return Refusal(LoyaltyRefusal.CODE_NOT_VALID, ("code",))
    refunds.give_home(session, redemption.membership_id, order, at=clock.now())
    return redemption.id


def refusal(session: Session, account: Account, reward: Reward, level: Level) -> Refusal | None:
    """Why the member cannot have one; None: they can, and one of the stock is theirs."""
    if reward.tier_id is not None:
        gate = session.get_one(Tier, reward.tier_id)
        if level.tier is None or level.tier.position < gate.position:
            return Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("rewardId",))
    if reward.member_limit is not None and queries.taken_by(session, account.id, reward.id) >= reward.member_limit:
        return Refusal(LoyaltyRefusal.LIMIT_REACHED, ("rewardId",))
    missing = reward.cost - account.spendable_points
    if missing > 0:
        return Refusal(LoyaltyRefusal.NOT_ENOUGH_POINTS, ("rewardId",), {"count": missing})
    # last, and as one conditional UPDATE: members compete for the stock, each only with itself for the rest
    if reward.stock is not None and not queries.take_one(session, reward.id):
        return Refusal(LoyaltyRefusal.OUT_OF_STOCK, ("rewardId",))
    return None


def take(
    session: Session, account: Account, reward: Reward, *, why: ExplanationCode = ExplanationCode.REWARD_REDEEMED
) -> int | Refusal:
    """One of the reward for its cost, which `refusal` has let pass; returns the redemption's id."""
    redemption = Redemption(
        id=ids.new_id(),
        membership_id=account.id,
        reward_id=reward.id,
        code=codes.draw(),
        points=reward.cost,
        state=RedemptionState.ISSUED,
        redeemed_at=account.now,
        expires_at=_end_of_code(account, reward),
    )
    session.add(redemption)
    posting = Posting(
        kind=EntryKind.REDEEM,
        key=f"REDEMPTION:{redemption.id}",
        source=Source(SourceType.REDEMPTION, redemption.id),
        explanation=Explanation(why, {"count": reward.cost, "reward": reward.name}),
        occurred_at=account.now,
    )
    spent = ledger.spend(session, account, posting, points=reward.cost)
    if isinstance(spent, Refusal):
        return spent
    payload = {"membershipId": account.id, "redemptionId": redemption.id, "rewardId": reward.id}
    outbox.record(session, LoyaltyEvent.REWARD_REDEEMED, aggregate=("Membership", account.id), payload=payload)
    return redemption.id


def _end_of_code(account: Account, reward: Reward) -> datetime | None:
    if reward.valid_days is None:
        return None
    zone = account.program.zone
    return periods.start_of(periods.add_days(periods.local_date(account.now, zone), reward.valid_days + 1), zone)
