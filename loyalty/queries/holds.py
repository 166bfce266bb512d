"""Statements about points put aside for carts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from core import db
from loyalty.tables import HoldState, Membership, PointsHold


def add(session: Session, hold: PointsHold) -> None:
    """Store a hold."""
    db.changed_rows(session, insert(PointsHold).values(**hold.model_dump()))


def of_customer(session: Session, hold_id: int, customer_id: int) -> PointsHold | None:
    """The hold, if it is this customer's."""
    statement = (
        select(PointsHold)
        .join(Membership, col(Membership.id) == col(PointsHold.membership_id))
        .where(PointsHold.id == hold_id, Membership.customer_id == customer_id)
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).first()


def live(session: Session, membership_id: int) -> Sequence[PointsHold]:
    """The member's holds that are not resolved."""
    statement = (
        select(PointsHold)
        .where(PointsHold.membership_id == membership_id, PointsHold.state == HoldState.HELD)
        .order_by(col(PointsHold.id))
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def of_order(session: Session, order_id: int, membership_id: int) -> Sequence[PointsHold]:
    """The member's holds that paid for the order."""
    statement = (
        select(PointsHold)
        .where(PointsHold.order_id == order_id, PointsHold.membership_id == membership_id)
        .order_by(col(PointsHold.id))
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).all()


def due(session: Session, *, now: datetime, limit: int) -> Sequence[int]:
    """Holds whose time is over, longest over first."""
    statement = select(PointsHold.id).where(PointsHold.state == HoldState.HELD, PointsHold.expires_at <= now)
    return session.exec(statement.order_by(col(PointsHold.expires_at), col(PointsHold.id)).limit(limit)).all()


def mark_committed(session: Session, hold_id: int, *, order_id: int, points: int, now: datetime) -> bool:
    """Move a hold whose time is not over to COMMITTED; False when it is resolved or over."""
    statement = (
        update(PointsHold)
        .where(col(PointsHold.id) == hold_id, col(PointsHold.state) == HoldState.HELD, col(PointsHold.expires_at) > now)
        .values(state=HoldState.COMMITTED, order_id=order_id, committed=points)
    )
    return db.changed_rows(session, statement) == 1


def release(session: Session, hold_id: int) -> bool:
    """Move a hold to RELEASED; False when it is resolved."""
    statement = update(PointsHold).where(col(PointsHold.id) == hold_id, col(PointsHold.state) == HoldState.HELD)
    return db.changed_rows(session, statement.values(state=HoldState.RELEASED)) == 1
