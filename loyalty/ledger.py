"""The only writer of the ledger: entries, the lots and debts they open, the allocations between them, the cached sums.

For every entry: points = lots it opened - what it took from lots - the debt it opened. For every member: the sum of the
entries = the cached balance = what remains in the lots - what remains of the debts. What an entry is worth and why is
decided by its callers; expiry of lots is loyalty.expiry's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from core import clock, db, ids, outbox
from core.refusal import Refusal
from loyalty import lots
from loyalty.events import LoyaltyEvent
from loyalty.explanation import Explanation
from loyalty.lots import Take
from loyalty.queries import accounts
from loyalty.queries import lots as lot_queries
from loyalty.queries.accounts import AccountRow
from loyalty.queries.lots import OpenLot
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Debt, EntryKind, LedgerEntry, Lot, Program, SourceType


class LedgerError(Exception):
    """The ledger would not add up: a bug, never an expected "no"."""


@dataclass(frozen=True, slots=True)
class Account:
    """A locked membership with its program and its lots that hold points; stale once anything moved."""

    row: AccountRow
    program: Program
    lots: tuple[OpenLot, ...]
    now: datetime

    @property
    def id(self) -> int:
        """The membership's id."""
        return self.row.id

    @property
    def spendable(self) -> list[OpenLot]:
        """The lots that may be spent now, in spending order."""
        return lots.in_spending_order(lot for lot in self.lots if lots.is_spendable(lot, self.now))

    @property
    def spendable_points(self) -> int:
        """What the member can spend now."""
        return sum(lot.remaining for lot in self.spendable) - self.row.deficit


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry comes from."""

    type: SourceType
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What an entry says besides its points.

    `key` is unique within (member, kind): the same cause moves points once. `qualifying_day` is set where the entry
    counts toward tiers.
    """

    kind: EntryKind
    key: str
    source: Source
    explanation: Explanation
    occurred_at: datetime
    qualifying: int = 0
    qualifying_day: date | None = None
    refund_id: int | None = None
    actor_id: int | None = None
    breakdown: Sequence[tuple[int, int]] = ()
    multiplier_basis_points: int | None = None
    rate_micros: int | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """From when to when the points of a new lot can be spent; None: without end."""

    available_at: datetime
    expires_at: datetime | None

    def closing(self, closes_at: datetime | None) -> "Shelf":
        """Ending with the program, if that is sooner."""
        if closes_at is None or (self.expires_at is not None and self.expires_at <= closes_at):
            return self
        return Shelf(self.available_at, closes_at)


def load(session: Session, membership_id: int) -> Account:
    """Lock the membership and read what it holds. Three statements."""
    row = accounts.locked(session, membership_id)
    program = session.get_one(Program, row.program_id)
    return Account(row, program, tuple(lot_queries.open_lots(session, membership_id)), clock.now())


def earn(session: Session, account: Account, posting: Posting, *, points: int, shelf: Shelf) -> int | None:
    """Credit points in a lot of their own, less what repays a deficit. None: this key has earned before.

    No points: the entry alone, which says why there are none.
    """
    return earn_parts(session, account, posting, parts=[(points, shelf)])


def earn_parts(
    session: Session, account: Account, posting: Posting, *, parts: Sequence[tuple[int, Shelf]]
) -> int | None:
    """As `earn`, in a lot for each part, whose points may last differently."""
    points = sum(part for part, _ in parts)
    entry_id = _enter(session, account, posting, points=points)
    if entry_id is None or points == 0:
        return entry_id
    opened = [_open_lot(session, account, entry_id, points=part, shelf=shelf) for part, shelf in parts if part]
    accounts.move(session, account.id, points=points, deficit=0, taken=0)
    repay(session, account, opened)
    return entry_id


def spend(session: Session, account: Account, posting: Posting, *, points: int) -> int | Refusal:
    """Take spendable points, soonest to expire first. Refuses NOT_ENOUGH_POINTS, with how many are missing."""
    missing = points - account.spendable_points
    if missing > 0:
        return Refusal(LoyaltyRefusal.NOT_ENOUGH_POINTS, (), {"count": missing})
    takes, _ = lots.reach(account.spendable, points)
    entry_id = take(session, account, posting, takes=takes)
    if entry_id is None:
        raise LedgerError(f"spent twice: {posting.key}")
    return entry_id


def take(
    session: Session,
    account: Account,
    posting: Posting,
    *,
    takes: Sequence[Take],
    owed: int = 0,
    uncollected: int = 0,
) -> int | None:
    """Debit what `takes` takes of lots, and `owed` as a debt. None, and nothing moved: this key has debited before."""
    taken = sum(each.points for each in takes)
    entry_id = _enter(session, account, posting, points=-taken - owed, uncollected=uncollected)
    if entry_id is None:
        return None
    for each in takes:
        _allocate(session, entry_id, each)
    if owed:
        _open_debt(session, account, entry_id, points=owed)
    if not accounts.move(session, account.id, points=-taken - owed, deficit=owed, taken=taken):
        raise LedgerError(f"membership {account.id} holds fewer than {taken} points")
    return entry_id


def give_back(
    session: Session,
    account: Account,
    posting: Posting,
    *,
    returns: Sequence[Take],
    late: int,
    late_shelf: Shelf | None,
) -> int | None:
    """Credit points to the lots they were taken from, and `late` points, whose lots are gone, to a lot of their own.

    Without a shelf for those they are written off.
    """
    lost = 0 if late_shelf else late
    points = sum(each.points for each in returns) + late - lost
    entry_id = _enter(session, account, posting, points=points, uncollected=lost)
    if entry_id is None:
        return None
    for each in returns:
        _allocate(session, entry_id, Take(each.lot_id, -each.points))
    if late and late_shelf:
        _open_lot(session, account, entry_id, points=late, shelf=late_shelf)
    accounts.move(session, account.id, points=points, deficit=0, taken=0)
    repay(session, account, [lot for lot in load(session, account.id).spendable if account.row.deficit])
    return entry_id


def repay(session: Session, account: Account, lots_in_order: Sequence[OpenLot]) -> None:
    """Repay the member's debts, oldest first, from these lots."""
    if account.row.deficit == 0:
        return
    left = {lot.id: lot.remaining for lot in lots_in_order}
    for debt in lot_queries.open_debts(session, account.id):
        takes, short = lots.reach([lot._replace(remaining=left[lot.id]) for lot in lots_in_order], debt.remaining)
        for each in takes:
            left[each.lot_id] -= each.points
            if each.points:
                _allocate(session, debt.entry_id, each)
        _close_debt(session, account, debt.id, points=debt.remaining - short)


def _enter(session: Session, account: Account, posting: Posting, *, points: int, uncollected: int = 0) -> int | None:
    entry = _entry(account, posting, points=points, uncollected=uncollected)
    if not db.insert_once(session, LedgerEntry, entry.model_dump()):
        return None
    if points:
        payload = {
            "membershipId": account.id,
            "customerId": account.row.customer_id,
            "entryId": entry.id,
            "kind": posting.kind.value,
            "points": points,
        }
        outbox.record(session, LoyaltyEvent.POINTS_MOVED, aggregate=("Membership", account.id), payload=payload)
    return entry.id


def _entry(account: Account, posting: Posting, *, points: int, uncollected: int) -> LedgerEntry:
    return LedgerEntry(
        id=ids.new_id(),
        membership_id=account.id,
        kind=posting.kind,
        natural_key=f"{account.id}:{posting.kind}:{posting.key}",
        points=points,
        qualifying=posting.qualifying,
        qualifying_day=posting.qualifying_day,
        uncollected=uncollected,
        source_type=posting.source.type,
        source_id=posting.source.id,
        refund_id=posting.refund_id,
        actor_id=posting.actor_id,
        explanation=posting.explanation.code,
        params=dict(posting.explanation.params),
        breakdown=[{"ruleId": rule, "points": part} for rule, part in posting.breakdown],
        multiplier_basis_points=posting.multiplier_basis_points,
        rate_micros=posting.rate_micros,
        occurred_at=posting.occurred_at,
        recorded_at=account.now,
    )


def _open_lot(session: Session, account: Account, entry_id: int, *, points: int, shelf: Shelf) -> OpenLot:
    shelf = shelf.closing(account.program.closes_at)
    lot = Lot(
        id=ids.new_id(),
        entry_id=entry_id,
        membership_id=account.id,
        original=points,
        remaining=points,
        available_at=shelf.available_at,
        expires_at=shelf.expires_at,
    )
    lot_queries.add_lot(session, lot)
    return OpenLot(lot.id, entry_id, points, lot.available_at, lot.expires_at)


def _open_debt(session: Session, account: Account, entry_id: int, *, points: int) -> None:
    lot_queries.add_debt(
        session,
        Debt(
            id=ids.new_id(),
            entry_id=entry_id,
            membership_id=account.id,
            original=points,
            remaining=points,
            created_at=account.now,
        ),
    )


def _close_debt(session: Session, account: Account, debt_id: int, *, points: int) -> None:
    if points and not (
        lot_queries.repay(session, debt_id, points)
        and accounts.move(session, account.id, points=0, deficit=-points, taken=0)
    ):
        raise LedgerError(f"debt {debt_id} is not open for {points} points")


def _allocate(session: Session, entry_id: int, take: Take) -> None:
    if not lot_queries.lower(session, take.lot_id, take.points):
        raise LedgerError(f"lot {take.lot_id} cannot move {take.points} points")
    lot_queries.allocate(session, entry_id=entry_id, lot_id=take.lot_id, points=take.points)
