"""In which order lots are taken, and how far they reach. Pure; moving points is loyalty.ledger's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from loyalty.queries.lots import OpenLot

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Take:
    """Points to be taken from, or given back to, a lot."""

    lot_id: int
    points: int


def is_pending(lot: OpenLot, now: datetime) -> bool:
    """Not spendable yet."""
    return lot.available_at > now


def is_lapsed(lot: OpenLot, now: datetime) -> bool:
    """Past its expiry, whether or not the nightly job has seen it."""
    return lot.expires_at is not None and lot.expires_at <= now


def is_spendable(lot: OpenLot, now: datetime) -> bool:
    """In [available_at, expires_at)."""
    return not is_pending(lot, now) and not is_lapsed(lot, now)


def in_spending_order(lots: Iterable[OpenLot]) -> list[OpenLot]:
    """Soonest to expire first, those that never expire last; then the oldest."""
    return sorted(lots, key=lambda lot: (lot.expires_at or _NEVER, lot.available_at, lot.id))


def reach(lots: Sequence[OpenLot], points: int) -> tuple[list[Take], int]:
    """What to take of the lots, in the given order, for `points`; and how many points they fall short."""
    takes: list[Take] = []
    for lot in lots:
        if points == 0:
            break
        taken = min(points, lot.remaining)
        takes.append(Take(lot.id, taken))
        points -= taken
    return takes, points
