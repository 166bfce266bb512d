"""Transactions and hot reads, alike on both databases."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import NamedTuple

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from core import clock, db, outbox
from core.db import BusyError, Database
from core.hot import Hot, in_list
from core.idempotency import IdempotencyKey
from core.outbox import OutboxEvent, ReactionRun
from tests.core.test_outbox import tell


class Told(NamedTuple):
    """A row view."""

    id: int
    aggregate: str
    at_ms: int


TOLD = Hot(
    select(OutboxEvent.id, OutboxEvent.aggregate, OutboxEvent.occurred_at)  # type: ignore[call-overload]
    .where(in_list(OutboxEvent.id, "ids"), col(OutboxEvent.occurred_at) >= bindparam("since", type_=db.Instant))
    .order_by(col(OutboxEvent.id)),
    Told._make,
)


def test_a_hot_read_is_one_statement_for_any_number_of_ids(database: Database, statements) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    ids = [database.writing(partial(tell, aggregate=n)) for n in range(30)]
    texts = set()

    for wanted in (ids[:1], ids):
        with database.reading() as session, statements() as seen:
            rows = TOLD.all(session, ids=wanted, since=clock.now() - timedelta(days=1))
        assert [row.id for row in rows] == wanted
        assert len(seen) == 1
        texts.update(seen)

    assert len(texts) == 1


def test_a_hot_read_gives_raw_values_and_honours_bound_types(database: Database) -> None:
    told = database.writing(tell)

    with database.reading() as session:
        row = TOLD.first(session, ids=[told], since=clock.now() - timedelta(hours=1))
        assert row is not None
        assert isinstance(row.at_ms, int)
        assert TOLD.first(session, ids=[told], since=clock.now() + timedelta(hours=1)) is None


def test_a_hot_read_refuses_a_name_it_does_not_bind(database: Database) -> None:
    with database.reading() as session, pytest.raises(TypeError, match="unknown parameters"):
        TOLD.all(session, ids=[1], since=clock.now(), until=clock.now())


def test_the_reading_engine_cannot_write(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError):
        tell(session)


def test_a_step_that_raises_leaves_nothing(database: Database) -> None:
    def broken(session: Session) -> None:
        tell(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.writing(broken)
    with database.reading() as session:
        assert outbox.backlog(session) == 0


def test_insert_once_says_who_was_first(database: Database) -> None:
    told = database.writing(tell)
    row = {"event_id": told, "reaction": "greet", "ran_at": clock.now()}

    with ThreadPoolExecutor(8) as pool:
        firsts = list(pool.map(lambda _: database.writing(lambda s: db.insert_once(s, ReactionRun, row)), range(8)))

    assert sorted(firsts) == [False] * 7 + [True]


def test_a_conditional_update_has_one_winner(database: Database) -> None:
    told = database.writing(tell)

    def settle(session: Session) -> int:
        open_one = update(OutboxEvent).where(col(OutboxEvent.id) == told, col(OutboxEvent.settled_at).is_(None))
        return db.changed_rows(session, open_one.values(settled_at=clock.now()))

    with ThreadPoolExecutor(16) as pool:
        wins = sum(pool.map(lambda _: database.writing(settle), range(50)))

    assert wins == 1


def test_a_reading_session_sees_one_snapshot(database: Database) -> None:
    with database.reading() as session:
        assert outbox.backlog(session) == 0
        database.writing(tell)
        assert outbox.backlog(session) == 0
    with database.reading() as session:
        assert outbox.backlog(session) == 1


def test_a_step_that_never_gets_its_turn_is_told_that_others_are_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "_LOCK_SECONDS", 0.1)
    impatient = Database.open(database.writing_engine.url.render_as_string(hide_password=False))
    row = {"caller": "a", "operation": "b", "key": "c", "input_hash": "d", "created_at": clock.now()}

    def take(session: Session) -> bool:
        return db.insert_once(session, IdempotencyKey, row)

    with Session(database.writing_engine) as other:
        assert take(other)
        with pytest.raises(db.BusyError):
            impatient.writing(take)
        other.rollback()

    assert impatient.writing(take)
    impatient.close()


ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def test_a_query_without_an_end_is_stopped_by_the_database_and_the_next_one_runs(database: Database) -> None:
    bounded = database.reading_within(0.3)
    started = time.monotonic()

    with bounded.reading() as session, pytest.raises(DBAPIError):
        session.connection().exec_driver_sql(ENDLESS[session.get_bind().dialect.name])

    assert time.monotonic() - started < 10
    with bounded.reading() as session:
        assert session.connection().exec_driver_sql("SELECT 1").scalar_one() == 1
    bounded.reading_engine.dispose()


def test_a_lock_is_waited_for_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "_LOCK_SECONDS", 0.5)
    impatient = Database.open(database.writing_engine.url.render_as_string(hide_password=False))
    key = {"caller": "c", "operation": "o", "key": "k", "input_hash": "x", "created_at": clock.now()}

    with Session(database.writing_engine) as holder:
        db.insert_once(holder, IdempotencyKey, key)
        started = time.monotonic()
        with pytest.raises(BusyError):
            impatient.writing(lambda session: db.insert_once(session, IdempotencyKey, key))
        waited = time.monotonic() - started
        holder.rollback()
    impatient.close()

    # not once for each of the four tries
    assert waited < 1.5
