"""The night's work of the room: STEPS in their order, one member at a time. Late, twice or half changes nothing.

What a step does is its own module's. Who writes a new one adds its line here, in its place.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlmodel import Session

from core import clock, failpoints
from loyalty import expiry, issuing, tiers
from loyalty.queries import accounts

# brings one member up to the present, and finds nothing to do when it is asked again
Step: TypeAlias = Callable[[Session, int], object]


STEPS: tuple[tuple[str, Step], ...] = (
    # points that became spendable repay what was owed by then
    ("activate", expiry.activate),
    # before expiry: points that suffice become a reward on their last day too
    ("issue", issuing.issue),
    ("tiers", tiers.settle),
    ("expire", expiry.expire),
    # after expiry: a tier never rests on points that are gone
    ("balance tiers", tiers.settle_by_balance),
)


def due(session: Session, *, after: int, limit: int) -> Sequence[int]:
    """Memberships with something to do now, lowest id first, above `after`."""
    return accounts.with_work_due(session, now=clock.now(), after=after, limit=limit)


def run(session: Session, membership_id: int) -> None:
    """Do what is due for one member."""
    for name, step in STEPS:
        step(session, membership_id)
        failpoints.passing(f"night-{name}")
