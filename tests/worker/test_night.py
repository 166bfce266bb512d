"""The night inside a worker: once a day at its hour, every job, whatever becomes of one."""

from collections.abc import Callable
from datetime import UTC, datetime

from core.db import Database
from tests.conftest import FrozenClock
from worker.night import Night


def noting(ran: list[str], name: str) -> tuple[str, Callable[[Database], str]]:
    def job(_: Database) -> str:
        ran.append(name)
        return "done"

    return name, job


def test_the_jobs_run_once_when_their_hour_has_come(database: Database, frozen_clock: FrozenClock) -> None:
    ran: list[str] = []
    frozen_clock.move_to(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    night = Night((noting(ran, "first"), noting(ran, "second")))

    assert night.run_if_due(database) is False
    frozen_clock.move_to(datetime(2026, 3, 3, 3, 0, tzinfo=UTC))
    assert night.run_if_due(database) is True
    assert night.run_if_due(database) is False
    assert ran == ["first", "second"]

    frozen_clock.advance(days=3)
    assert night.run_if_due(database) is True
    assert night.run_if_due(database) is False


def test_a_job_that_fails_does_not_keep_the_others(database: Database, frozen_clock: FrozenClock) -> None:
    ran: list[str] = []

    def broken(_: Database) -> str:
        raise ZeroDivisionError

    night = Night((("broken", broken), noting(ran, "other")))
    frozen_clock.advance(days=1)

    assert night.run_if_due(database) is True
    assert ran == ["other"]
