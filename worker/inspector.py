"""Checks product pages beside the reactions, one after the other, with a pause between. What is found is
publishing.page_checks' to write.
"""

import threading

from core import failpoints, logs
from core.db import Database
from core.settings import settings
from publishing import inspection, page_checks
from publishing.page_checks import Taken
from publishing.tables import CheckFailure
from seo.reporters import Report

_POLL_SECONDS = 1.0
_logger = logs.get(__name__)


class Inspector:
    """Checks what is asked for in one database. Several may: a check is held by a lease while it is made."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stopping = threading.Event()

    def drain(self) -> int:
        """Check until nothing waits; returns how many checks were made."""
        made = 0
        while not self._stopping.is_set() and self.check_next():
            made += 1
        return made

    def run(self) -> None:
        """Check what is asked for, until `stop`. An error is logged and ends nothing."""
        while not self._stopping.is_set():
            made = False
            try:
                made = self.check_next()
            except Exception as problem:  # noqa: BLE001 - its lease runs out, and the check is taken up again
                logs.report(_logger, problem, doing="page checks")
            self._stopping.wait(settings().page_check_pause_seconds if made else _POLL_SECONDS)

    def stop(self) -> None:
        """End `run` after the page it is at."""
        self._stopping.set()

    def check_next(self) -> bool:
        """Make the check that is due first; False when none is."""
        with self._database.reading() as session:
            due = page_checks.due(session)
        if due is None:
            return False
        taken = self._database.writing(lambda session: page_checks.take(session, due))
        if taken is not None:
            failpoints.passing("after-check-taken")
            self._settle(taken, self._look(taken))
            failpoints.passing("after-check-settled")
        return True

    def _look(self, taken: Taken) -> Report | CheckFailure:
        with self._database.reading() as session:
            held_to = inspection.truth_of(session, taken)
        if held_to is None:
            return CheckFailure.PRODUCT_GONE
        return inspection.look(taken, held_to)

    def _settle(self, taken: Taken, found: Report | CheckFailure) -> None:
        if isinstance(found, CheckFailure):
            self._database.writing(lambda session: page_checks.fail(session, taken, found))
            _logger.info("page check", url=taken.url, failure=found.value)
            return
        self._database.writing(lambda session: page_checks.finish(session, taken, found))
        _logger.info("page check", url=taken.url, faults=len(found.faults_found), coverage=found.coverage)
