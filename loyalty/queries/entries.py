"""Statements that read ledger entries. Writing them is loyalty.ledger's, through its natural key."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from loyalty.tables import LedgerEntry, SourceType


def of_source(session: Session, membership_id: int, source_type: SourceType, source_id: int) -> Sequence[LedgerEntry]:
    """The member's entries that come from one order, review, referral or redemption, oldest first."""
    statement = (
        select(LedgerEntry)
        .where(
            LedgerEntry.membership_id == membership_id,
            LedgerEntry.source_type == source_type,
            LedgerEntry.source_id == source_id,
        )
        .order_by(col(LedgerEntry.id))
    )
    return session.exec(statement).all()


def qualifying(session: Session, membership_id: int, *, first: date, last: date) -> int:
    """The qualifying points of the days from `first` to `last`, both included."""
    statement = select(func.coalesce(func.sum(LedgerEntry.qualifying), 0)).where(
        LedgerEntry.membership_id == membership_id,
        col(LedgerEntry.qualifying_day) >= first,
        col(LedgerEntry.qualifying_day) <= last,
    )
    return int(session.exec(statement).one())


def rewarded_reviews(session: Session, membership_id: int) -> int:
    """How many reviews of the member hold points now: earned and not taken back."""
    per_review = (
        select(LedgerEntry.source_id)
        .where(LedgerEntry.membership_id == membership_id, LedgerEntry.source_type == SourceType.REVIEW)
        .group_by(col(LedgerEntry.source_id))
        .having(func.sum(LedgerEntry.qualifying) > 0)
        .subquery()
    )
    return int(session.exec(select(func.count()).select_from(per_review)).one())
