"""Reactions run once, in order per aggregate; a failing one waits, is given up on, and can be replayed."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from core import clock, outbox
from core.db import Database
from core.outbox import Event, EventName, OutboxEvent
from tests.conftest import FrozenClock
from worker.runner import Reaction, Reactions, Worker


class Happening(EventName):
    """Events of these tests: something is told, and each reaction leaves an echo in the same transaction."""

    TOLD = "Told"
    ECHOED = "Echoed"


def tell(database: Database, thing: int = 1) -> int:
    def step(session: Session) -> int:
        return outbox.record(session, Happening.TOLD, aggregate=("Thing", thing), payload={"thingId": thing})

    return database.writing(step)


def echo(session: Session, event: Event) -> None:
    outbox.record(session, Happening.ECHOED, aggregate=("Echo", event.id), payload={"toldId": event.id})


def echoes(database: Database) -> int:
    with database.reading() as session:
        echoed = select(func.count()).where(col(OutboxEvent.name) == Happening.ECHOED.value)
        return session.exec(echoed).one()


def backlog(database: Database) -> int:
    with database.reading() as session:
        return outbox.backlog(session)


def failing(times: int) -> Reaction:
    """Writes an echo and raises, `times` in a row; then succeeds."""
    left = [times]

    def react(session: Session, event: Event) -> None:
        echo(session, event)
        if left[0] > 0:
            left[0] -= 1
            raise RuntimeError("not now")

    return react


def reacting(*reactions: Reaction) -> Reactions:
    return {Happening.TOLD: tuple((f"reaction {number}", each) for number, each in enumerate(reactions))}


def test_every_reaction_to_an_event_runs_once_and_the_event_is_settled(database: Database) -> None:
    tell(database)
    worker = Worker(database, reacting(echo, echo))

    assert worker.drain() == 1 + 2
    assert worker.drain() == 0

    assert echoes(database) == 2
    assert backlog(database) == 0


def test_an_event_that_nobody_waits_for_is_settled(database: Database) -> None:
    tell(database)

    assert Worker(database, {}).drain() == 1

    assert backlog(database) == 0


def test_workers_that_drain_at_once_react_once(database: Database) -> None:
    for thing in range(12):
        tell(database, thing % 4)
    workers = [Worker(database, reacting(echo, echo)) for _ in range(2)]

    _drain_at_once(workers)

    assert echoes(database) == 24
    assert backlog(database) == 0


def test_events_of_one_aggregate_are_reacted_to_in_the_order_they_were_recorded(database: Database) -> None:
    seen: dict[int, list[int]] = {}
    lock = threading.Lock()

    def note(_session: Session, event: Event) -> None:
        thing = event.payload["thingId"]
        assert isinstance(thing, int)
        with lock:
            seen.setdefault(thing, []).append(event.id)

    told: dict[int, list[int]] = {}
    for number in range(9):
        told.setdefault(number % 3, []).append(tell(database, number % 3))

    _drain_at_once([Worker(database, reacting(note)) for _ in range(2)])

    assert seen == told


def test_a_failing_reaction_leaves_no_trace_and_is_tried_again_after_a_wait(
    database: Database, frozen_clock: FrozenClock
) -> None:
    tell(database)
    worker = Worker(database, reacting(failing(1), echo))

    worker.drain()
    assert echoes(database) == 1
    assert backlog(database) == 1

    assert worker.drain() == 0
    frozen_clock.advance(seconds=2)
    worker.drain()

    assert echoes(database) == 2
    assert backlog(database) == 0


def test_later_events_of_the_aggregate_wait_for_the_failing_one_and_others_do_not(
    database: Database, frozen_clock: FrozenClock
) -> None:
    tell(database, 1)
    worker = Worker(database, reacting(failing(1)))
    worker.drain()
    tell(database, 1)
    tell(database, 2)

    worker.drain()
    assert echoes(database) == 1

    frozen_clock.advance(seconds=2)
    worker.drain()
    assert echoes(database) == 3


def test_a_reaction_that_fails_eight_times_is_a_dead_letter_and_holds_nobody_up(
    database: Database, frozen_clock: FrozenClock
) -> None:
    first = tell(database)
    tell(database)
    worker = Worker(database, reacting(failing(outbox.MAX_ATTEMPTS)))

    _drain_patiently(worker, frozen_clock)

    assert dead_letters(database) == [(first, "reaction 0")]
    assert echoes(database) == 1
    assert backlog(database) == 0


def test_a_dead_letter_is_left_alone_while_another_reaction_of_its_event_is_tried(
    database: Database, frozen_clock: FrozenClock
) -> None:
    tell(database)
    runs: list[datetime] = []

    def hopeless(_session: Session, _event: Event) -> None:
        runs.append(clock.now())
        raise RuntimeError("never")

    # what is given up on first comes first; the other began to fail one attempt later
    worker = Worker(database, reacting(hopeless))
    worker.drain()
    frozen_clock.advance(seconds=2)
    _drain_patiently(Worker(database, reacting(hopeless, failing(outbox.MAX_ATTEMPTS - 1))), frozen_clock)

    assert len(runs) == outbox.MAX_ATTEMPTS
    assert echoes(database) == 1
    assert backlog(database) == 0


def test_a_replayed_dead_letter_runs_once(database: Database, frozen_clock: FrozenClock) -> None:
    told = tell(database)
    worker = Worker(database, reacting(failing(outbox.MAX_ATTEMPTS), echo))
    _drain_patiently(worker, frozen_clock)
    assert echoes(database) == 1

    database.writing(lambda session: outbox.replay(session, told, "reaction 0"))
    worker.drain()

    assert echoes(database) == 2
    assert dead_letters(database) == []
    assert backlog(database) == 0


def test_a_worker_stops_after_the_event_it_is_at(database: Database) -> None:
    for thing in range(3):
        tell(database, thing)
    stop: list[Callable[[], None]] = []
    worker = Worker(database, reacting(lambda _session, _event: stop[0]()))
    stop.append(worker.stop)

    worker.run()

    assert backlog(database) == 2


def test_looking_for_work_takes_no_write_transaction(database: Database, statements) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    worker = Worker(database, reacting(echo))

    with statements() as seen:
        worker.drain()

    assert len(seen) == 1


def dead_letters(database: Database) -> list[tuple[int, str]]:
    with database.reading() as session:
        return [(event.id, failure.reaction) for event, failure in outbox.dead_letters(session)]


def _drain_at_once(workers: list[Worker]) -> None:
    with ThreadPoolExecutor(len(workers)) as pool:
        for finished in [pool.submit(worker.drain) for worker in workers]:
            finished.result()


def _drain_patiently(worker: Worker, frozen_clock: FrozenClock) -> None:
    """Drain again and again, past every wait."""
    for _ in range(2 * outbox.MAX_ATTEMPTS):
        worker.drain()
        frozen_clock.move_to(clock.now() + timedelta(minutes=10))
