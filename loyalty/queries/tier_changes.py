"""Statements that replace a program's tiers, and have its members looked at again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, func, update
from sqlmodel import Session, col, select

from core import db
from loyalty.tables import Membership, Program, Reward, Tier

_CHANGEABLE = (
    "name",
    "position",
    "threshold",
    "or_threshold",
    "multiplier_basis_points",
    "never_downgrade",
    "benefits",
    "early_access_minutes",
)


def take_version(session: Session, program_id: int, version: int) -> bool:
    """Move the program on from this version; False when it has another by now."""
    statement = update(Program).where(col(Program.id) == program_id, col(Program.version) == version)
    return db.changed_rows(session, statement.values(version=version + 1)) == 1


def replace(
    session: Session, present: Sequence[Tier], planned: Sequence[Tier], *, kept: Collection[int | None], at: datetime
) -> None:
    """Write the planned tiers over those whose id they have, add the others, and retire what is left out.

    Places and thresholds are unique: all that are there step aside first, below every one that was retired before.
    """
    if present:
        lowest = select(func.min(Tier.position)).where(Tier.program_id == present[0].program_id)
        free = min(session.exec(lowest).one() or 0, 0) - 1
        for step, tier in enumerate(present):
            tier.position = tier.threshold = free - step
            tier.retired_at = None if tier.id in kept else at
        session.flush()
    stored = {tier.id: tier for tier in present}
    for tier in planned:
        former = stored.get(tier.id)
        if former is None:
            session.add(tier)
            continue
        for name in _CHANGEABLE:
            setattr(former, name, getattr(tier, name))
    session.flush()


def hand_on(session: Session, program_id: int, heirs: Mapping[int, int | None]) -> None:
    """Give the members and rewards of each retired tier to its heir."""
    for tier_id, heir_id in heirs.items():
        in_program = (col(Membership.program_id) == program_id, col(Membership.tier_id) == tier_id)
        db.changed_rows(session, update(Membership).where(*in_program).values(tier_id=heir_id))
        db.changed_rows(session, update(Reward).where(col(Reward.tier_id) == tier_id).values(tier_id=heir_id))


def look_again(session: Session, program_id: int, *, given: Collection[int], now: datetime) -> None:
    """Have the night look at every member's tier, and let no return end one of `given`. One statement."""
    is_given = case((col(Membership.tier_id).in_(given), True), else_=col(Membership.tier_is_given))
    statement = update(Membership).where(col(Membership.program_id) == program_id)
    db.changed_rows(session, statement.values(tier_look_at=now, tier_is_given=is_given))
