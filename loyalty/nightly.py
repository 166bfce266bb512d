"""The night's work of the room, one member a transaction. Running it late, twice or half changes nothing.

The order within a member: points that became spendable repay a deficit, tiers move, points expire.
"""

from collections.abc import Sequence

from sqlmodel import Session

from core import clock
from loyalty import expiry, tiers
from loyalty.queries import accounts


def due(session: Session, *, after: int, limit: int) -> Sequence[int]:
    """Memberships with something to do now, lowest id first, above `after`."""
    return accounts.with_work_due(session, now=clock.now(), after=after, limit=limit)


def run(session: Session, membership_id: int) -> None:
    """Do what is due for one member."""
    tiers.settle(session, membership_id)
    expiry.opened(session, membership_id)
