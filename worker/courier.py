"""Sends webhooks beside the reactions: one endpoint at a time a thread, several endpoints at once. What is sent and
recorded is core.webhooks.sending's.

A slow endpoint holds a thread of its own and nobody else's; its messages go out in the order of their events.
"""

import threading

from core import failpoints, logs
from core.db import Database
from core.webhooks import sending

_THREADS = 8
_POLL_SECONDS = 0.5
# so that endpoints with much to catch up on leave threads to the others
_TURN = 50
_logger = logs.get(__name__)


class Courier:
    """Sends what is due from one database. Several may: an endpoint is held by a lease while it is sent to."""

    def __init__(self, database: Database, *, threads: int = _THREADS) -> None:
        self._database = database
        self._threads = threads
        self._stopping = threading.Event()
        # endpoints that a thread of this process is busy with
        self._busy: dict[int, threading.Thread] = {}

    def drain(self) -> int:
        """Send, endpoint after endpoint, until nothing is due; returns how many attempts were made."""
        made = 0
        while found := self._due():
            made += sum(self.serve(endpoint_id) for endpoint_id in found)
        return made

    def run(self) -> None:
        """Give every endpoint that something is due to a thread, until `stop`. An error is logged and ends nothing."""
        while not self._stopping.is_set():
            try:
                self._send_out()
            except Exception as problem:  # noqa: BLE001 - a database that is away comes back
                logs.report(_logger, problem, doing="webhooks")
            self._stopping.wait(_POLL_SECONDS)

    def stop(self) -> None:
        """End `run`; a thread ends with the exchange it is at."""
        self._stopping.set()

    def join(self, seconds: float) -> None:
        """Wait so long for what is being sent. What is cut short is sent again when its lease is over."""
        for thread in list(self._busy.values()):
            thread.join(seconds / max(len(self._busy), 1))

    def serve(self, endpoint_id: int) -> int:
        """Send one endpoint what is due to it, as much as fits a turn; returns how many attempts were made."""
        lease = self._database.writing(lambda session: sending.take(session, endpoint_id))
        if lease is None:
            return 0
        made = 0
        while made < _TURN and not self._stopping.is_set() and self._send_next(endpoint_id, lease):
            made += 1
        self._database.writing(lambda session: sending.give_back(session, endpoint_id, lease))
        return made

    def _send_next(self, endpoint_id: int, lease: int) -> bool:
        parcel = self._database.writing(lambda session: sending.next_parcel(session, endpoint_id, lease))
        if parcel is None:
            return False
        exchange = sending.send(parcel)
        failpoints.passing("after-send")
        self._database.writing(lambda session: sending.record(session, parcel, exchange))
        failpoints.passing("after-record")
        _logger.info("webhook", endpoint=endpoint_id, outcome=exchange.outcome.value, status=exchange.status or 0)
        return True

    def _due(self) -> list[int]:
        with self._database.reading() as session:
            return sending.due(session, limit=self._threads)

    def _send_out(self) -> None:
        self._busy = {endpoint_id: thread for endpoint_id, thread in self._busy.items() if thread.is_alive()}
        for endpoint_id in self._due():
            if endpoint_id in self._busy or len(self._busy) >= self._threads:
                continue
            thread = threading.Thread(target=self._serve, args=(endpoint_id,), name="courier", daemon=True)
            self._busy[endpoint_id] = thread
            thread.start()

    def _serve(self, endpoint_id: int) -> None:
        try:
            self.serve(endpoint_id)
        except Exception as problem:  # noqa: BLE001 - its lease runs out, and the next round tries again
            logs.report(_logger, problem, doing="webhooks")
