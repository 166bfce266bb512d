"""Events: recorded with the change, in order per aggregate, settled once, given up on after eight tries."""

from functools import partial

import pytest
from sqlmodel import Session

from core import clock, outbox
from core.db import Database
from core.outbox import EventName
from core.refusal import Refusal, RefusalCode
from tests.conftest import FrozenClock


class Happening(EventName):
    """Events of these tests."""

    TOLD = "Told"


class No(RefusalCode):
    """A refusal of these tests."""

    NO = "NO"


def tell(session: Session, aggregate: int = 1) -> int:
    return outbox.record(session, Happening.TOLD, aggregate=("Thing", aggregate), payload={"thingId": aggregate})


def due(database: Database) -> list[int]:
    with database.reading() as session:
        return [event.id for event in outbox.due(session, limit=10)]


def test_an_event_is_due_once_it_is_committed_and_not_when_refused(database: Database) -> None:
    def refused(session: Session) -> Refusal:
        tell(session)
        return Refusal(No.NO)

    database.writing(refused)
    assert due(database) == []

    told = database.writing(tell)
    assert due(database) == [told]


def test_events_of_one_aggregate_are_due_one_after_the_other_and_others_at_once(database: Database) -> None:
    first, second, other = (database.writing(partial(tell, aggregate=number)) for number in (1, 1, 2))
    assert due(database) == [first, other]

    database.writing(lambda session: outbox.settle(session, first, []))
    assert due(database) == [second, other]


def test_a_reaction_is_claimed_once(database: Database) -> None:
    told = database.writing(tell)

    assert database.writing(lambda session: outbox.claim(session, told, "greet")) is True
    assert database.writing(lambda session: outbox.claim(session, told, "greet")) is False


def test_an_event_is_settled_when_every_reaction_ran(database: Database) -> None:
    told = database.writing(tell)
    database.writing(lambda session: outbox.claim(session, told, "greet"))

    assert database.writing(lambda session: outbox.settle(session, told, ["greet", "wave"])) is False
    database.writing(lambda session: outbox.claim(session, told, "wave"))
    assert database.writing(lambda session: outbox.settle(session, told, ["greet", "wave"])) is True
    assert due(database) == []


def test_a_failing_reaction_waits_longer_each_time_then_is_a_dead_letter_that_can_be_replayed(
    database: Database,
    frozen_clock: FrozenClock,
) -> None:
    told = database.writing(tell)

    for attempt in range(1, outbox.MAX_ATTEMPTS + 1):
        assert due(database) == [told]
        failure = database.writing(lambda session: outbox.fail(session, told, "greet", error_id="e1"))
        assert failure.attempts == attempt
        assert (failure.next_at - clock.now()).total_seconds() == 2**attempt
        if not failure.dead:
            assert due(database) == []
        frozen_clock.move_to(failure.next_at)

    assert database.writing(lambda session: outbox.settle(session, told, ["greet"])) is True
    with database.reading() as session:
        assert [(event.id, failure.reaction) for event, failure in outbox.dead_letters(session)] == [(told, "greet")]

    assert database.writing(lambda session: outbox.replay(session, told, "greet")) is True
    assert due(database) == [told]
    assert database.writing(lambda session: outbox.replay(session, told, "greet")) is False


def test_two_writers_of_one_aggregate_both_get_their_place(database: Database) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: database.writing(tell), range(24)))

    with database.reading() as session:
        assert outbox.backlog(session) == 24


@pytest.mark.parametrize("count", [1, 20])
def test_reading_what_is_due_costs_one_statement(database: Database, statements, count: int) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for number in range(count):
        database.writing(partial(tell, aggregate=number))

    with statements() as seen:
        due(database)

    assert len(seen) == 1
