"""Statements about memberships: locking one, moving its cached sums, its tier."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, cast, exists, func, or_, update
from sqlmodel import Session, col, select

from core import db
from loyalty.ladder import Level
from loyalty.tables import Lot, Membership, Reward, RewardIssue


class AccountRow(NamedTuple):
    """A membership as it stands."""

    id: int
    customer_id: int
    program_id: int
    joined_at: datetime
    balance: int
    deficit: int
    tier_id: int | None
    tier_since: datetime | None
    tier_until: datetime | None
    tier_is_given: bool
    tier_look_at: datetime | None


def locked(session: Session, membership_id: int) -> AccountRow:
    """The membership, locked until the transaction ends (PostgreSQL; SQLite has one writer). One statement.

    Columns, not an entity: a row read before the wait must not hide what the transaction waited for.
    """
    session.flush()
    columns = [getattr(Membership, name) for name in AccountRow._fields]
    statement = select(*columns).where(Membership.id == membership_id).with_for_update()
    return AccountRow._make(session.exec(statement).one())


def of_customer(session: Session, customer_id: int) -> Sequence[tuple[int, int]]:
    """(membership id, program id) of the customer's enrolments, lowest id first: the order in which they are locked.

    Those that they have left are none of them.
    """
    statement = (
        select(Membership.id, Membership.program_id)
        .where(Membership.customer_id == customer_id, col(Membership.left_at).is_(None))
        .order_by(col(Membership.id))
    )
    return session.exec(statement).all()


def in_program(session: Session, customer_id: int, program_id: int) -> int | None:
    """The customer's membership id in the program; None also for who has left it."""
    statement = select(Membership.id).where(
        Membership.customer_id == customer_id,
        Membership.program_id == program_id,
        col(Membership.left_at).is_(None),
    )
    return session.exec(statement).first()


def leave(session: Session, membership_id: int, at: datetime) -> bool:
    """Note that the member has left; False when they had."""
    statement = update(Membership).where(col(Membership.id) == membership_id, col(Membership.left_at).is_(None))
    return db.changed_rows(session, statement.values(left_at=at)) == 1


def rejoin(session: Session, member: Membership) -> int | None:
    """Take back into the program who had left it, as `member` says; their membership's id. None: they had not left."""
    of_theirs = (
        col(Membership.program_id) == member.program_id,
        col(Membership.customer_id) == member.customer_id,
    )
    values = {
        "left_at": None,
        "joined_at": member.joined_at,
        "terms_version": member.terms_version,
        "terms_agreed_at": member.terms_agreed_at,
        "consent_source": member.consent_source,
    }
    statement = update(Membership).where(*of_theirs, col(Membership.left_at).is_not(None)).values(values)
    if db.changed_rows(session, statement) == 0:
        return None
    return session.exec(select(Membership.id).where(*of_theirs)).one()


def agree(session: Session, membership_id: int, version: str, at: datetime) -> None:
    """Note that the member agrees to these terms; when, only the first time."""
    statement = update(Membership).where(col(Membership.id) == membership_id, col(Membership.terms_version) != version)
    db.changed_rows(session, statement.values(terms_version=version, terms_agreed_at=at))


def move(session: Session, membership_id: int, *, points: int, deficit: int, taken: int) -> bool:
    """Add to the cached balance and deficit; False, and nothing moved, when `taken` is more than the lots hold."""
    statement = (
        update(Membership)
        # the lots hold the balance and what the deficit took from it
        .where(col(Membership.id) == membership_id, col(Membership.balance) + col(Membership.deficit) >= taken)
        .values(balance=col(Membership.balance) + points, deficit=col(Membership.deficit) + deficit)
    )
    return db.changed_rows(session, statement) == 1


def set_tier(session: Session, membership_id: int, level: Level) -> None:
    """Write where the member stands."""
    values = {
        "tier_id": level.tier.id if level.tier else None,
        "tier_since": level.since,
        "tier_until": level.until,
        "tier_is_given": level.is_given,
        "tier_look_at": level.look_at,
    }
    db.changed_rows(session, update(Membership).where(col(Membership.id) == membership_id).values(values))


def spendable(session: Session, membership_id: int, *, now: datetime) -> int:
    """The points that can be spent now, less what is owed; whether or not a job has run. One statement."""
    held = (
        select(func.coalesce(func.sum(Lot.remaining), 0))
        .where(
            col(Lot.membership_id) == col(Membership.id),
            col(Lot.remaining) > 0,
            col(Lot.available_at) <= now,
            or_(col(Lot.expires_at).is_(None), col(Lot.expires_at) > now),
        )
        .scalar_subquery()
    )
    statement = select(cast(held - col(Membership.deficit), BigInteger)).where(Membership.id == membership_id)
    return session.exec(statement).one()


def next_spendable(session: Session, membership_id: int, *, now: datetime) -> datetime | None:
    """When points that wait can next be spent. One statement."""
    statement = select(func.min(Lot.available_at)).where(
        Lot.membership_id == membership_id, col(Lot.remaining) > 0, col(Lot.available_at) > now
    )
    return session.exec(statement).one()


def with_work_due(session: Session, *, now: datetime, after: int, limit: int) -> Sequence[int]:
    """Memberships above id `after` with points to expire or to become a reward, a tier or a deficit to look at."""
    held = exists().where(col(Lot.membership_id) == col(Membership.id), col(Lot.remaining) > 0)
    due = or_(
        col(Membership.id).in_(select(Lot.membership_id).where(col(Lot.remaining) > 0, col(Lot.expires_at) <= now)),
        col(Membership.tier_look_at) <= now,
        (col(Membership.deficit) > 0) & held.where(col(Lot.available_at) <= now),
        exists().where(
            col(Reward.program_id) == col(Membership.program_id),
            col(Reward.issue) != RewardIssue.ON_REQUEST,
            col(Reward.active),
            col(Reward.cost) <= col(Membership.balance),
        ),
    )
    statement = select(Membership.id).where(col(Membership.id) > after, due).order_by(col(Membership.id)).limit(limit)
    return session.exec(statement).all()
