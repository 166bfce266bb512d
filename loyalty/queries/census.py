"""Statements that read what counts toward tiers for many members at once. Reads only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, cast, func, or_
from sqlmodel import Session, col, select

from loyalty.tables import LedgerEntry, Lot, Membership, TierBasis, TierCredit

# what SQLite binds in one statement, with room to spare
_BATCH = 5000


class MemberRow(NamedTuple):
    """A member as their tier needs them."""

    id: int
    program_id: int
    joined_at: datetime
    tier_id: int | None
    tier_since: datetime | None
    tier_until: datetime | None
    tier_is_given: bool
    tier_look_at: datetime | None


_COLUMNS = [getattr(Membership, name) for name in MemberRow._fields]


def members(session: Session, program_id: int, *, limit: int) -> list[MemberRow]:
    """The members of a program who have not left it, oldest first, at most so many. One statement."""
    statement = select(*_COLUMNS).where(Membership.program_id == program_id, col(Membership.left_at).is_(None))
    return [MemberRow._make(row) for row in session.exec(statement.order_by(col(Membership.id)).limit(limit))]


def by_ids(session: Session, membership_ids: Sequence[int]) -> list[MemberRow]:
    """Members by id. One statement."""
    statement = select(*_COLUMNS).where(col(Membership.id).in_(membership_ids))
    return [MemberRow._make(row) for row in session.exec(statement)]


def sums(
    session: Session, membership_ids: Sequence[int], basis: TierBasis, *, first: date, last: date
) -> dict[int, int]:
    """What counts by a basis from `first` to `last`, by member; nothing for who has none."""
    member, day, amount, is_basis = _columns(basis)
    found: dict[int, int] = {}
    for batch in _batches(membership_ids):
        statement = (
            select(member, cast(func.sum(amount), BigInteger))
            .where(member.in_(batch), day >= first, day <= last, *is_basis)
            .group_by(member)
        )
        found.update(session.exec(statement).all())
    return found


def day_sums(session: Session, membership_ids: Sequence[int], basis: TierBasis) -> Mapping[int, list[tuple[date, int]]]:
    """What counts by a basis on each day, by member."""
    member, day, amount, is_basis = _columns(basis)
    found: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    for batch in _batches(membership_ids):
        statement = (
            select(member, day, cast(func.sum(amount), BigInteger))
            .where(member.in_(batch), day.is_not(None), *is_basis)
            .group_by(member, day)
        )
        for member_id, on, total in session.exec(statement):
            found[member_id].append((on, total))
    return found


def spendable(session: Session, membership_ids: Sequence[int], *, now: datetime) -> dict[int, int]:
    """The points that can be spent now, less what is owed, by member."""
    found: dict[int, int] = {}
    for batch in _batches(membership_ids):
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
        statement = select(Membership.id, cast(held - col(Membership.deficit), BigInteger))
        found.update(session.exec(statement.where(col(Membership.id).in_(batch))).all())
    return found


class _Columns(NamedTuple):
    """Where the credits of a basis stand: whose, on which day, how much; and what tells them from others."""

    member: Any
    day: Any
    amount: Any
    only: tuple[Any, ...]


def _columns(basis: TierBasis) -> _Columns:
    if basis is TierBasis.POINTS:
        return _Columns(LedgerEntry.membership_id, LedgerEntry.qualifying_day, LedgerEntry.qualifying, ())
    return _Columns(TierCredit.membership_id, TierCredit.day, TierCredit.amount, (TierCredit.basis == basis,))


def _batches(membership_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(membership_ids), _BATCH):
        yield membership_ids[start : start + _BATCH]
