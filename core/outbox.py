"""Events: recorded in the deciding transaction, reacted to once each. Who reacts to what is worker.reactions'."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint, and_, exists, func, or_
from sqlmodel import Field, Session, SQLModel, col, select

from core import clock, db, ids

# ids, counts and codes only: no personal data travels in an event
Payload: TypeAlias = Mapping[str, int | str | None]

MAX_ATTEMPTS = 8
_FIRST_DELAY = timedelta(seconds=2)


class EventName(StrEnum):
    """Base of every room's event names."""


class OutboxEvent(SQLModel, table=True):
    """One thing that happened, in order per aggregate. `settled_at` is set once every reaction has run or is dead."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        UniqueConstraint("aggregate", "aggregate_seq"),
        Index("outbox_event_unsettled", "id", sqlite_where=Column("settled_at").is_(None),
              postgresql_where=Column("settled_at").is_(None)),
    )  # fmt: skip

    id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str
    aggregate: str
    aggregate_seq: int
    payload: dict[str, int | str | None] = Field(sa_type=JSON)
    occurred_at: datetime = Field(sa_type=db.Instant)
    settled_at: datetime | None = Field(default=None, sa_type=db.Instant)


class ReactionRun(SQLModel, table=True):
    """That a reaction to an event has happened; written in the reaction's own transaction."""

    __tablename__ = "reaction_run"

    event_id: int = Field(primary_key=True, foreign_key="outbox_event.id", sa_type=BigInteger)
    reaction: str = Field(primary_key=True)
    ran_at: datetime = Field(sa_type=db.Instant)


class ReactionFailure(SQLModel, table=True):
    """A reaction that raised: how often, when it is tried next, and whether it is a dead letter."""

    __tablename__ = "reaction_failure"

    event_id: int = Field(primary_key=True, foreign_key="outbox_event.id", sa_type=BigInteger)
    reaction: str = Field(primary_key=True)
    attempts: int
    error_id: str
    next_at: datetime = Field(sa_type=db.Instant)
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """An event as a reaction sees it."""

    id: int
    name: str
    aggregate: str
    payload: Payload
    occurred_at: datetime


def record(session: Session, name: EventName, *, aggregate: tuple[str, int], payload: Payload) -> int:
    """Write an event beside the change it tells of; returns its id.

    `aggregate` is (type name, id): events of one aggregate are reacted to in the order they were recorded, so two
    transactions that record for the same aggregate at once wait for each other.
    """
    key = f"{aggregate[0]}:{aggregate[1]}"
    db.hold(session, key)
    last = session.exec(select(func.max(OutboxEvent.aggregate_seq)).where(OutboxEvent.aggregate == key)).one()
    event = OutboxEvent(
        id=ids.new_id(),
        name=name.value,
        aggregate=key,
        aggregate_seq=(last or 0) + 1,
        payload=dict(payload),
        occurred_at=clock.now(),
    )
    session.add(event)
    session.flush()
    return event.id


def recorded_after(session: Session, event_id: int) -> list[int]:
    """The ids of events above this one that are committed by now, smallest first. One statement.

    Ids grow with the time they are drawn at, not with the commit: a smaller one may still turn up later.
    """
    return list(session.exec(select(OutboxEvent.id).where(OutboxEvent.id > event_id).order_by(col(OutboxEvent.id))))


def by_ids(session: Session, event_ids: Sequence[int]) -> list[Event]:
    """These events, smallest id first. One statement."""
    found = select(OutboxEvent).where(col(OutboxEvent.id).in_(event_ids)).order_by(col(OutboxEvent.id))
    return [_event(row) for row in session.exec(found)]


def due(session: Session, *, limit: int) -> list[Event]:
    """Unsettled events that may be reacted to now, oldest first: none whose aggregate has an earlier unsettled one,
    none whose failed reaction is waiting for its next try.
    """
    earlier = OutboxEvent.__table__.alias("earlier")  # type: ignore[attr-defined]
    waiting = exists().where(
        and_(
            col(ReactionFailure.event_id) == col(OutboxEvent.id),
            col(ReactionFailure.dead).is_(False),
            col(ReactionFailure.next_at) > clock.now(),
        )
    )
    blocked = exists().where(
        and_(
            earlier.c.aggregate == col(OutboxEvent.aggregate),
            earlier.c.aggregate_seq < col(OutboxEvent.aggregate_seq),
            earlier.c.settled_at.is_(None),
        )
    )
    rows = session.exec(
        select(OutboxEvent)
        .where(col(OutboxEvent.settled_at).is_(None), ~waiting, ~blocked)
        .order_by(col(OutboxEvent.id))
        .limit(limit)
    ).all()
    return [_event(row) for row in rows]


def between(
    session: Session, names: Collection[str], *, since: datetime, until: datetime, after: int, limit: int
) -> list[Event]:
    """Events of these names recorded in [since, until), in the order of their ids, those after the id `after`."""
    recorded = (
        col(OutboxEvent.id) >= ids.first_of(since),
        # an id may run ahead of its instant by as many as were drawn in the same millisecond
        col(OutboxEvent.id) < ids.first_of(until + timedelta(seconds=1)),
        col(OutboxEvent.occurred_at) >= since,
        col(OutboxEvent.occurred_at) < until,
    )
    statement = select(OutboxEvent).where(*recorded, col(OutboxEvent.name).in_(names), col(OutboxEvent.id) > after)
    return [_event(row) for row in session.exec(statement.order_by(col(OutboxEvent.id)).limit(limit))]


def claim(session: Session, event_id: int, reaction: str) -> bool:
    """Mark the reaction as run in this transaction; False when it has run already or was given up on."""
    failure = session.get(ReactionFailure, (event_id, reaction))
    if failure is not None and failure.dead:
        return False
    return db.insert_once(session, ReactionRun, {"event_id": event_id, "reaction": reaction, "ran_at": clock.now()})


def fail(session: Session, event_id: int, reaction: str, *, error_id: str) -> ReactionFailure:
    """Note that a reaction raised (its transaction is gone); after MAX_ATTEMPTS it is a dead letter."""
    failure = session.get(ReactionFailure, (event_id, reaction))
    attempts = failure.attempts + 1 if failure else 1
    wait = _FIRST_DELAY * 2 ** (attempts - 1)
    failure = failure or ReactionFailure(
        event_id=event_id, reaction=reaction, attempts=0, error_id="", next_at=clock.now()
    )
    failure.attempts, failure.error_id = attempts, error_id
    failure.next_at, failure.dead = clock.now() + wait, attempts >= MAX_ATTEMPTS
    session.add(failure)
    session.flush()
    return failure


def settle(session: Session, event_id: int, reactions: Sequence[str]) -> bool:
    """Close the event when each of `reactions` has run or is dead; says whether it did."""
    ran = set(session.exec(select(ReactionRun.reaction).where(ReactionRun.event_id == event_id)))
    dead = set(
        session.exec(
            select(ReactionFailure.reaction).where(
                ReactionFailure.event_id == event_id, col(ReactionFailure.dead).is_(True)
            )
        )
    )
    if set(reactions) - ran - dead:
        return False
    event = session.get_one(OutboxEvent, event_id)
    event.settled_at = clock.now()
    session.add(event)
    session.flush()
    return True


def dead_letters(session: Session) -> list[tuple[Event, ReactionFailure]]:
    """Reactions given up on, newest event first."""
    rows = session.exec(
        select(OutboxEvent, ReactionFailure)
        .join(ReactionFailure, col(ReactionFailure.event_id) == col(OutboxEvent.id))
        .where(col(ReactionFailure.dead).is_(True))
        .order_by(col(OutboxEvent.id).desc())
    ).all()
    return [(_event(event), failure) for event, failure in rows]


def replay(session: Session, event_id: int, reaction: str) -> bool:
    """Put a dead letter back to work; False when there is none."""
    failure = session.get(ReactionFailure, (event_id, reaction))
    if failure is None or not failure.dead:
        return False
    session.delete(failure)
    event = session.get_one(OutboxEvent, event_id)
    event.settled_at = None
    session.add(event)
    session.flush()
    return True


def backlog(session: Session) -> int:
    """How many events are not settled yet, blocked and waiting ones included."""
    count = select(func.count()).select_from(OutboxEvent).where(or_(col(OutboxEvent.settled_at).is_(None)))
    return session.exec(count).one()


def _event(row: OutboxEvent) -> Event:
    return Event(row.id, row.name, row.aggregate, row.payload, row.occurred_at)
