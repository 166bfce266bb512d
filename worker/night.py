"""Runs the night's jobs once a day inside a worker. Which they are, and in which order, is worker.schedule's."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta

from core import clock, logs
from core.db import Database

_HOUR = time(3, 0, tzinfo=UTC)
_logger = logs.get(__name__)


class Night:
    """When the jobs are due next: at the coming 03:00 UTC. Several workers may each keep one: the jobs bear it."""

    def __init__(self, jobs: Sequence[tuple[str, Callable[[Database], str]]]) -> None:
        self._jobs = jobs
        self._next = _coming(clock.now())

    def run_if_due(self, database: Database) -> bool:
        """Run every job when it is time, each whatever became of the one before; says whether it was time."""
        if clock.now() < self._next:
            return False
        self._next = _coming(clock.now())
        for name, job in self._jobs:
            try:
                _logger.info("nightly", job=name, did=job(database))
            except Exception as problem:  # noqa: BLE001 - the other jobs owe nothing to this one
                logs.report(_logger, problem, doing=name)
        return True


def _coming(now: datetime) -> datetime:
    today = datetime.combine(now.date(), _HOUR)
    return today if now < today else today + timedelta(days=1)
