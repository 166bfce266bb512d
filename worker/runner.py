"""Runs reactions to recorded events, each once, in order per aggregate. Which they are is worker.reactions'."""

import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias

from anyio import to_thread
from sqlmodel import Session

from core import failpoints, logs, outbox
from core.db import Database
from core.outbox import Event
from worker.cashier import Cashier
from worker.courier import Courier
from worker.inspector import Inspector
from worker.night import Night

Reaction: TypeAlias = Callable[[Session, Event], None]
# event name -> (reaction name, function), in the order they run
Reactions: TypeAlias = Mapping[str, Sequence[tuple[str, Reaction]]]

_BATCH = 50
_POLL_SECONDS = 0.25
_logger = logs.get(__name__)


class Worker:
    """Reacts to the events of one database. Several may run at once: a reaction's row is claimed in its transaction."""

    def __init__(self, database: Database, reactions: Reactions, night: Night | None = None) -> None:
        self._database = database
        self._reactions = reactions
        self._night = night
        self._stopping = threading.Event()

    def drain(self) -> int:
        """React until nothing is due, or until `stop`; returns how many events were looked at."""
        seen = 0
        while batch := self._due():
            for event in batch:
                if self._stopping.is_set():
                    return seen
                self._react_to(event)
                seen += 1
        return seen

    def run(self) -> None:
        """Drain, look whether it is night, wait, and again, until `stop`. An error is logged and ends nothing."""
        while not self._stopping.is_set():
            try:
                self.drain()
                if self._night is not None:
                    self._night.run_if_due(self._database)
            except Exception as problem:  # noqa: BLE001 - a database that is away comes back
                logs.report(_logger, problem, doing="drain")
            self._stopping.wait(_POLL_SECONDS)

    def stop(self) -> None:
        """End `run` after the event it is at."""
        self._stopping.set()

    def _due(self) -> list[Event]:
        # look on the reading engine first: an idle worker never takes SQLite's one writing connection
        with self._database.reading() as session:
            return outbox.due(session, limit=_BATCH)

    def _react_to(self, event: Event) -> None:
        wanted = self._reactions.get(event.name, ())
        for name, reaction in wanted:
            self._run_once(event, name, reaction)
        failpoints.passing("before-settle")
        self._database.writing(lambda session: outbox.settle(session, event.id, [name for name, _ in wanted]))
        failpoints.passing("after-settle")

    def _run_once(self, event: Event, name: str, reaction: Reaction) -> None:
        def step(session: Session) -> None:
            if not outbox.claim(session, event.id, name):
                return
            failpoints.passing("after-claim")
            reaction(session, event)
            failpoints.passing("before-reaction-commit")

        failpoints.passing("before-claim")
        try:
            self._database.writing(step)
        except Exception as problem:  # noqa: BLE001 - noted, tried again with back-off, then a dead letter
            error_id = logs.report(_logger, problem, event_name=event.name, reaction=name)
            self._database.writing(lambda session: outbox.fail(session, event.id, name, error_id=error_id))
        failpoints.passing("after-reaction-commit")


def embedded(reactions: Reactions, night: Night) -> Callable[[Database], AbstractAsyncContextManager[None]]:
    """A worker and what works beside it, in threads of the server for as long as the server runs."""

    @asynccontextmanager
    async def companion(database: Database) -> AsyncIterator[None]:
        worker, courier = Worker(database, reactions, night), Courier(database)
        at_work = (worker, courier, Cashier(database), Inspector(database))
        threads = [threading.Thread(target=each.run, name=type(each).__name__, daemon=True) for each in at_work]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            for each in at_work:
                each.stop()
            for thread in threads:
                await to_thread.run_sync(thread.join, 5.0)
            await to_thread.run_sync(courier.join, 5.0)

    return companion
