"""What must hold of every ledger at any time: it adds up. Read with plain statements, apart from the room's own."""

from collections import Counter
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, func, select

from loyalty.queries import balances
from loyalty.queries.balances import BalanceRow
from loyalty.tables import Debt, EntryKind, LedgerAllocation, LedgerEntry, Lot, Membership

Row = TypeVar("Row", bound=SQLModel)
State = list[tuple[object, ...]]


def assert_adds_up(session: Session) -> None:
    """Entries, cached sums, lots, debts and allocations agree for every member."""
    session.flush()
    session.expire_all()
    taken_of_lot: Counter[int] = Counter()
    of_entry: Counter[int] = Counter()
    for allocation in session.exec(select(LedgerAllocation)):
        taken_of_lot[allocation.lot_id] += allocation.points
        of_entry[allocation.entry_id] -= allocation.points
    held: Counter[int] = Counter()
    for lot in session.exec(select(Lot)):
        assert 0 <= lot.remaining <= lot.original
        assert lot.original - lot.remaining == taken_of_lot[lot.id]
        of_entry[lot.entry_id] += lot.original
        held[lot.membership_id] += lot.remaining
    owed: Counter[int] = Counter()
    for debt in session.exec(select(Debt)):
        of_entry[debt.entry_id] -= debt.remaining
        owed[debt.membership_id] += debt.remaining
    balance: Counter[int] = Counter()
    for entry in session.exec(select(LedgerEntry)):
        assert entry.points == of_entry[entry.id], entry
        balance[entry.membership_id] += entry.points
    for member in session.exec(select(Membership)):
        assert member.balance == balance[member.id] == held[member.id] - owed[member.id]
        assert member.deficit == owed[member.id]


def assert_claws_within_earnings(session: Session) -> None:
    """No source has more taken back than it earned; what was written off counts as taken."""
    earned: Counter[object] = Counter()
    clawed: Counter[object] = Counter()
    for entry in session.exec(select(LedgerEntry)):
        source = (entry.membership_id, entry.source_type, entry.source_id)
        if entry.kind is EntryKind.EARN:
            earned[source] += entry.points
        if entry.kind is EntryKind.CLAWBACK:
            clawed[source] += entry.uncollected - entry.points
    assert all(clawed[source] <= earned[source] for source in clawed)


def ledger_state(session: Session) -> State:
    """Everything that a replay must leave as it is."""
    session.flush()
    session.expire_all()
    state: State = []
    for model in (Membership, LedgerEntry, Lot, Debt, LedgerAllocation):
        rows = session.exec(select(model).order_by(col(model.id)))
        state += [tuple(row.model_dump().items()) for row in rows]
    return [tuple(str(part) for part in row) for row in state]


def points(session: Session, membership_id: int) -> list[int]:
    """The member's movements, oldest first; entries of no points left out."""
    statement = select(LedgerEntry.points).where(LedgerEntry.membership_id == membership_id, LedgerEntry.points != 0)
    return list(session.exec(statement.order_by(col(LedgerEntry.id))))


def balance(session: Session, membership_id: int) -> BalanceRow:
    """The member's balance as the product page reads it."""
    customer_id = session.exec(select(Membership.customer_id).where(Membership.id == membership_id)).one()
    return next(row for row in balances.of_customer(session, customer_id) if row.id == membership_id)


def rows(session: Session, model: type[Row]) -> list[Row]:
    """Every row of a table, oldest first."""
    return list(session.exec(select(model).order_by(model.id)))  # type: ignore[attr-defined]


def only(session: Session, model: type[Row]) -> Row:
    """The one row of a table."""
    return session.exec(select(model)).one()


def count(session: Session, model: type[SQLModel]) -> int:
    """How many rows a table has."""
    return session.exec(select(func.count()).select_from(model)).one()
