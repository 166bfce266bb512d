"""The ledger replayed: what its entries and allocations say against what is stored. Only caches are ever mended.

Entries and allocations only grow and are the truth. What is left of a lot or a debt and the cached sums of a member
follow from them; where those differ, something wrote past loyalty.ledger.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from loyalty.queries import accounts
from loyalty.queries import audit as queries
from loyalty.tables import Debt, Lot


class Cache(StrEnum):
    """What can differ from its replay."""

    BALANCE = "balance"
    DEFICIT = "deficit"
    LOT = "lot"
    DEBT = "debt"


@dataclass(frozen=True, slots=True)
class Drift:
    """A stored number of a member that is not what its replay gives; `id` is the lot's, the debt's or the member's."""

    membership_id: int
    cache: Cache
    id: int
    stored: int
    replayed: int


@dataclass(frozen=True, slots=True)
class Found:
    """The drifts of some members, and the last of the members; None: there were none left to look at."""

    drifts: Sequence[Drift]
    last: int | None


def reconcile(session: Session, *, after: int, limit: int, repairing: bool = False) -> Found:
    """Replay the ledgers of up to `limit` members above id `after`; five statements, more only to repair."""
    members = queries.memberships(session, after=after, limit=limit)
    if not members:
        return Found((), None)
    drifts = _drifts(session, members)
    if repairing and drifts:
        drifts = _repaired(session, sorted({drift.membership_id for drift in drifts}))
    return Found(drifts, members[-1].id)


def _drifts(session: Session, members: Sequence[queries.StoredSums]) -> list[Drift]:
    ids = [member.id for member in members]
    lots, debts = queries.lots(session, ids), queries.debts(session, ids)
    sums = queries.entry_sums(session, ids)
    owed: Counter[int] = Counter()
    for debt in debts:
        owed[debt.membership_id] += debt.replayed
    every = [
        *(Drift(lot.membership_id, Cache.LOT, lot.id, lot.remaining, lot.replayed) for lot in lots),
        *(Drift(debt.membership_id, Cache.DEBT, debt.id, debt.remaining, debt.replayed) for debt in debts),
        *(Drift(each.id, Cache.BALANCE, each.id, each.balance, sums.get(each.id, 0)) for each in members),
        *(Drift(each.id, Cache.DEFICIT, each.id, each.deficit, owed[each.id]) for each in members),
    ]
    return [drift for drift in every if drift.stored != drift.replayed]


def _repaired(session: Session, membership_ids: Sequence[int]) -> list[Drift]:
    """Locks the members, lowest id first, looks again and writes what the replay gives."""
    rows = [accounts.locked(session, membership_id) for membership_id in membership_ids]
    drifts = _drifts(session, [queries.StoredSums(row.id, row.balance, row.deficit) for row in rows])
    for drift in drifts:
        if drift.cache is Cache.LOT:
            queries.set_remaining(session, Lot, drift.id, drift.replayed)
        elif drift.cache is Cache.DEBT:
            queries.set_remaining(session, Debt, drift.id, drift.replayed)
    for row in rows:
        own = {drift.cache: drift.replayed for drift in drifts if drift.membership_id == row.id}
        balance, deficit = own.get(Cache.BALANCE, row.balance), own.get(Cache.DEFICIT, row.deficit)
        if (balance, deficit) != (row.balance, row.deficit):
            queries.set_sums(session, row.id, balance=balance, deficit=deficit)
    return drifts
