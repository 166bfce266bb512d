"""Statements about what counts toward tiers and moves no points."""

from datetime import date

from sqlalchemy import BigInteger, cast, func, update
from sqlmodel import Session, col, select

from core import db
from loyalty.tables import TierBasis, TierCredit


def total(session: Session, membership_id: int, basis: TierBasis, *, first: date, last: date) -> int:
    """The sum of the days from `first` to `last`, both included."""
    statement = select(cast(func.coalesce(func.sum(TierCredit.amount), 0), BigInteger)).where(
        TierCredit.membership_id == membership_id,
        TierCredit.basis == basis,
        col(TierCredit.day) >= first,
        col(TierCredit.day) <= last,
    )
    return session.exec(statement).one()


def locked(session: Session, membership_id: int, basis: TierBasis, source: str) -> TierCredit | None:
    """What a cause counts. The membership is locked by then, so nobody changes it meanwhile."""
    statement = (
        select(TierCredit)
        .where(
            TierCredit.membership_id == membership_id,
            TierCredit.basis == basis,
            TierCredit.source == source,
        )
        .execution_options(populate_existing=True)
    )
    return session.exec(statement).first()


def set_amount(session: Session, credit: TierCredit, amount: int) -> None:
    """Have it count that much."""
    statement = update(TierCredit).where(
        col(TierCredit.membership_id) == credit.membership_id,
        col(TierCredit.basis) == credit.basis,
        col(TierCredit.source) == credit.source,
    )
    db.changed_rows(session, statement.values(amount=amount))
