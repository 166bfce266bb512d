"""Statements about rewards and what members took of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from core import db
from loyalty.tables import Membership, Redemption, RedemptionState, Reward, RewardIssue


def take_one(session: Session, reward_id: int) -> bool:
    """Take one of a reward's stock; False when none is left. A reward without a stock has no end."""
    statement = update(Reward).where(col(Reward.id) == reward_id, col(Reward.stock) > 0)
    return db.changed_rows(session, statement.values(stock=col(Reward.stock) - 1)) == 1


def taken_by(session: Session, membership_id: int, reward_id: int) -> int:
    """How often the member holds or used the reward; what came back does not count."""
    statement = select(func.count()).where(
        Redemption.membership_id == membership_id,
        Redemption.reward_id == reward_id,
        col(Redemption.state) != RedemptionState.RETURNED,
    )
    return session.exec(statement).one()


def of_order(session: Session, order_id: int, membership_id: int) -> Sequence[Redemption]:
    """The member's redemptions that the order used."""
    statement = (
        select(Redemption)
        .where(Redemption.order_id == order_id, Redemption.membership_id == membership_id)
        .order_by(col(Redemption.id))
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def by_code(session: Session, code: str) -> tuple[Redemption, int] | None:
    """The redemption of that code and its customer's id."""
    statement = (
        select(Redemption, Membership.customer_id)
        .join(Membership, col(Membership.id) == col(Redemption.membership_id))
        .where(Redemption.code == code)
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).first()


def mark_used(session: Session, redemption_id: int, order_id: int) -> bool:
    """Move an ISSUED redemption to USED by the order; False when it is not ISSUED."""
    statement = (
        update(Redemption)
        .where(col(Redemption.id) == redemption_id, col(Redemption.state) == RedemptionState.ISSUED)
        .values(state=RedemptionState.USED, order_id=order_id)
    )
    return db.changed_rows(session, statement) == 1


def mark_returned(session: Session, redemption_id: int) -> None:
    """Move a redemption to RETURNED."""
    statement = update(Redemption).where(col(Redemption.id) == redemption_id)
    db.changed_rows(session, statement.values(state=RedemptionState.RETURNED))


def issued_by_night(session: Session, program_id: int) -> Sequence[Reward]:
    """The rewards that points become by themselves, the dearest first."""
    statement = select(Reward).where(
        Reward.program_id == program_id, Reward.issue != RewardIssue.ON_REQUEST, col(Reward.active)
    )
    return session.exec(statement.order_by(col(Reward.cost).desc(), col(Reward.id))).all()


def taken_since(session: Session, membership_id: int, reward_id: int, since: datetime) -> bool:
    """Whether the member took the reward from that instant on."""
    statement = select(Redemption.id).where(
        Redemption.membership_id == membership_id,
        Redemption.reward_id == reward_id,
        Redemption.redeemed_at >= since,
    )
    return session.exec(statement.limit(1)).first() is not None
