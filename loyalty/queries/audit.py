"""Statements that read whole ledgers, to add them up again. What they should add up to is loyalty.reconciling's."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from core import db
from loyalty.tables import Debt, LedgerAllocation, LedgerEntry, Lot, Membership


class StoredSums(NamedTuple):
    """The cached sums of a membership."""

    id: int
    balance: int
    deficit: int


class StoredLot(NamedTuple):
    """A lot, and what its allocations took of it."""

    id: int
    membership_id: int
    remaining: int
    replayed: int


class StoredDebt(NamedTuple):
    """A debt, and what its entry leaves of it: what the entry opened and took against its points."""

    id: int
    membership_id: int
    remaining: int
    replayed: int


def memberships(session: Session, *, after: int, limit: int) -> list[StoredSums]:
    """Memberships above id `after` with their cached sums, lowest id first."""
    statement = select(col(Membership.id), col(Membership.balance), col(Membership.deficit)).where(
        col(Membership.id) > after
    )
    return [StoredSums._make(row) for row in session.execute(statement.order_by(col(Membership.id)).limit(limit))]


def entry_sums(session: Session, membership_ids: Sequence[int]) -> dict[int, int]:
    """The sum of each member's entries; members without any left out."""
    statement = (
        select(col(LedgerEntry.membership_id), func.sum(LedgerEntry.points))
        .where(col(LedgerEntry.membership_id).in_(membership_ids))
        .group_by(col(LedgerEntry.membership_id))
    )
    return {member: int(points) for member, points in session.execute(statement)}


def lots(session: Session, membership_ids: Sequence[int]) -> list[StoredLot]:
    """Every lot of these members, with what its allocations leave."""
    taken = func.coalesce(func.sum(LedgerAllocation.points), 0)
    statement = (
        select(col(Lot.id), col(Lot.membership_id), col(Lot.remaining), col(Lot.original), taken)
        .outerjoin(LedgerAllocation, col(LedgerAllocation.lot_id) == col(Lot.id))
        .where(col(Lot.membership_id).in_(membership_ids))
        .group_by(col(Lot.id), col(Lot.membership_id), col(Lot.remaining), col(Lot.original))
        .order_by(col(Lot.id))
    )
    return [
        StoredLot(lot, member, remaining, original - int(gone))
        for lot, member, remaining, original, gone in session.execute(statement)
    ]


def debts(session: Session, membership_ids: Sequence[int]) -> list[StoredDebt]:
    """Every debt of these members, with what its entry leaves of it."""
    taken = (
        select(func.coalesce(func.sum(LedgerAllocation.points), 0))
        .where(col(LedgerAllocation.entry_id) == col(Debt.entry_id))
        .scalar_subquery()
    )
    statement = (
        select(col(Debt.id), col(Debt.membership_id), col(Debt.remaining), col(LedgerEntry.points), taken)
        .join(LedgerEntry, col(LedgerEntry.id) == col(Debt.entry_id))
        .where(col(Debt.membership_id).in_(membership_ids))
        .order_by(col(Debt.id))
    )
    return [
        StoredDebt(debt, member, remaining, -points - int(gone))
        for debt, member, remaining, points, gone in session.execute(statement)
    ]


def set_sums(session: Session, membership_id: int, *, balance: int, deficit: int) -> None:
    """Overwrite a membership's cached sums."""
    values = {"balance": balance, "deficit": deficit}
    db.changed_rows(session, update(Membership).where(col(Membership.id) == membership_id).values(values))


def set_remaining(session: Session, table: type[Lot] | type[Debt], row_id: int, remaining: int) -> None:
    """Overwrite what is left of a lot or of a debt."""
    db.changed_rows(session, update(table).where(col(table.id) == row_id).values(remaining=remaining))
