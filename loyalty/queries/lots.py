"""Statements about lots, debts and allocations. In which order lots are taken is loyalty.lots' to say."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, insert, literal, update
from sqlmodel import Session, col, select

from core import db, ids
from loyalty.tables import Debt, EntryKind, LedgerAllocation, LedgerEntry, Lot, Membership

# what ends points and what undoes that
_ENDED = (EntryKind.EXPIRE, EntryKind.FORFEIT, EntryKind.REINSTATE)


class OpenLot(NamedTuple):
    """A lot that still holds points."""

    id: int
    entry_id: int
    remaining: int
    available_at: datetime
    expires_at: datetime | None


class OpenDebt(NamedTuple):
    """A debt that is not repaid yet, and the entry that made it."""

    id: int
    entry_id: int
    remaining: int
    created_at: datetime


class Taken(NamedTuple):
    """What an entry took from a lot, and how long that lot lasts."""

    lot_id: int
    points: int
    expires_at: datetime | None


def open_lots(session: Session, membership_id: int) -> list[OpenLot]:
    """Every lot of the member that holds points, waiting and lapsed ones included."""
    columns = [getattr(Lot, name) for name in OpenLot._fields]
    statement = select(*columns).where(Lot.membership_id == membership_id, col(Lot.remaining) > 0)
    return [OpenLot._make(row) for row in session.exec(statement)]


def open_debts(session: Session, membership_id: int) -> list[OpenDebt]:
    """The member's debts that are not repaid, oldest first."""
    columns = [getattr(Debt, name) for name in OpenDebt._fields]
    statement = (
        select(*columns).where(Debt.membership_id == membership_id, col(Debt.remaining) > 0).order_by(col(Debt.id))
    )
    return [OpenDebt._make(row) for row in session.exec(statement)]


def add_lot(session: Session, lot: Lot) -> None:
    """Open a lot."""
    db.changed_rows(session, insert(Lot).values(**lot.model_dump()))


def add_debt(session: Session, debt: Debt) -> None:
    """Open a debt."""
    db.changed_rows(session, insert(Debt).values(**debt.model_dump()))


def end_by(session: Session, program_id: int, *, opens: datetime, ends: datetime) -> None:
    """Have every lot of a program that holds points end by `ends` and be spendable by `opens`. One statement."""
    members = select(Membership.id).where(Membership.program_id == program_id)
    statement = (
        update(Lot)
        .where(col(Lot.membership_id).in_(members), col(Lot.remaining) > 0)
        .values(
            expires_at=case((col(Lot.expires_at) < ends, col(Lot.expires_at)), else_=literal(ends, db.Instant())),
            available_at=case(
                (col(Lot.available_at) < opens, col(Lot.available_at)), else_=literal(opens, db.Instant())
            ),
        )
    )
    db.changed_rows(session, statement)


def prolong(session: Session, lot_id: int, *, expires_at: datetime | None) -> None:
    """Have the points of a lot last until then; None: without end."""
    db.changed_rows(session, update(Lot).where(col(Lot.id) == lot_id).values(expires_at=expires_at))


def lower(session: Session, lot_id: int, points: int) -> bool:
    """Take points out of a lot (negative: put them back); False when it does not hold, or would not fit, as many."""
    statement = (
        update(Lot)
        .where(
            col(Lot.id) == lot_id,
            col(Lot.remaining) >= points,
            col(Lot.remaining) - points <= col(Lot.original),
        )
        .values(remaining=col(Lot.remaining) - points)
    )
    return db.changed_rows(session, statement) == 1


def repay(session: Session, debt_id: int, points: int) -> bool:
    """Close a part of a debt; False when less is open."""
    statement = (
        update(Debt)
        .where(col(Debt.id) == debt_id, col(Debt.remaining) >= points)
        .values(remaining=col(Debt.remaining) - points)
    )
    return db.changed_rows(session, statement) == 1


def allocate(session: Session, *, entry_id: int, lot_id: int, points: int) -> None:
    """Store that the entry took points from the lot, or gave them back (negative)."""
    row = {"id": ids.new_id(), "entry_id": entry_id, "lot_id": lot_id, "points": points}
    db.changed_rows(session, insert(LedgerAllocation).values(row))


def taken_by(session: Session, entry_id: int) -> list[Taken]:
    """What the entry took, in the order in which it took it."""
    statement = (
        select(LedgerAllocation.lot_id, LedgerAllocation.points, Lot.expires_at)
        .join(Lot, col(Lot.id) == col(LedgerAllocation.lot_id))
        .where(LedgerAllocation.entry_id == entry_id)
        .order_by(col(LedgerAllocation.id))
    )
    return [Taken._make(row) for row in session.exec(statement)]


def expired_of(session: Session, entry_ids: Sequence[int]) -> int:
    """How many points of the lots that these entries opened have expired, or were forfeited by leaving, for good."""
    statement = (
        select(func.coalesce(func.sum(LedgerAllocation.points), 0))
        .join(Lot, col(Lot.id) == col(LedgerAllocation.lot_id))
        .join(LedgerEntry, col(LedgerEntry.id) == col(LedgerAllocation.entry_id))
        .where(col(Lot.entry_id).in_(entry_ids), col(LedgerEntry.kind).in_(_ENDED))
    )
    return int(session.exec(statement).one())
