"""Statements about referral codes and referrals."""

from collections.abc import Sequence

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from core import clock, db
from loyalty.tables import Membership, Referral, ReferralCode, ReferralRejection, ReferralState


def code_of(session: Session, membership_id: int) -> str:
    """The code of a member who has one."""
    return session.exec(select(ReferralCode.code).where(ReferralCode.membership_id == membership_id)).one()


def owner_of(session: Session, code: str) -> Membership | None:
    """The membership whose code it is; None once its owner has left the program."""
    statement = (
        select(Membership)
        .join(ReferralCode, col(ReferralCode.membership_id) == col(Membership.id))
        .where(ReferralCode.code == code, col(Membership.left_at).is_(None))
    )
    return session.exec(statement).first()


def of_friend(session: Session, friend_id: int) -> Referral | None:
    """The referral that brought this membership."""
    statement = select(Referral).where(Referral.friend_id == friend_id)
    return session.exec(statement.execution_options(populate_existing=True)).first()


def counted(session: Session, advocate_id: int) -> int:
    """How many friends the member has brought; rejected ones do not count."""
    statement = select(func.count()).where(
        Referral.advocate_id == advocate_id, col(Referral.state) != ReferralState.REJECTED
    )
    return session.exec(statement).one()


def awaiting(session: Session, customer_id: int) -> Sequence[Referral]:
    """The friend's referrals that wait for a first paid order."""
    statement = (
        select(Referral)
        .join(Membership, col(Membership.id) == col(Referral.friend_id))
        .where(Membership.customer_id == customer_id, Referral.state == ReferralState.PENDING)
        .order_by(col(Referral.id))
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def completed_by(session: Session, order_id: int) -> Sequence[Referral]:
    """The referrals that this order completed."""
    statement = (
        select(Referral)
        .where(Referral.order_id == order_id, Referral.state == ReferralState.COMPLETED)
        .order_by(col(Referral.id))
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def decide(
    session: Session, referral: Referral, state: ReferralState, *, order_id: int, rejection: ReferralRejection | None
) -> bool:
    """Move a referral on from the state it was read in; False when it has moved meanwhile."""
    statement = (
        update(Referral)
        .where(col(Referral.id) == referral.id, col(Referral.state) == referral.state)
        .values(state=state, order_id=order_id, rejection=rejection, decided_at=clock.now())
    )
    return db.changed_rows(session, statement) == 1
