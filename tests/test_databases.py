"""The fixtures that other tests stand on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from core import clock
from core.db import Database
from core.outbox import OutboxEvent, backlog
from tests.conftest import NOON, FrozenClock


def one_event() -> OutboxEvent:
    return OutboxEvent(id=1, name="Tested", aggregate="test:1", aggregate_seq=1, payload={}, occurred_at=clock.now())


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_starts_with_an_empty_database(database: Database, turn: int) -> None:
    with database.reading() as session:
        assert backlog(session) == 0

    database.writing(lambda session: session.add(one_event()))

    with database.reading() as session:
        assert backlog(session) == 1


def test_readers_cannot_write(database: Database) -> None:
    with database.reading() as session, pytest.raises(Exception, match=r"read-?only"):
        session.execute(text("DELETE FROM outbox_event"))


def test_a_session_of_a_room_cannot_commit(session: Session) -> None:
    session.add(one_event())
    session.flush()

    with pytest.raises(AssertionError, match="a room committed"):
        session.commit()


def test_statements_are_counted_without_begin_and_commit(
    database: Database, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with statements() as seen:
        database.writing(lambda session: session.add(one_event()))

    assert len(seen) == 1
    assert seen[0].startswith("INSERT INTO outbox_event")


def test_the_frozen_clock_moves_only_when_told(frozen_clock: FrozenClock) -> None:
    assert clock.now() == NOON

    frozen_clock.advance(days=1)

    assert clock.now() == NOON + timedelta(days=1)
