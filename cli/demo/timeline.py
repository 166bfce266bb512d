"""Runs acts at their instants, oldest first, each followed by the reactions to it. What the acts are is history's."""

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from sqlmodel import Session

from core import clock, outbox
from worker.reactions import REACTIONS

Act: TypeAlias = Callable[[Session], None]

_BATCH = 50


class Timeline:
    """Acts waiting for their turn; an act may add later ones. Those of one instant keep the order of their adding."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count()
        self._present = clock.now()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, instant: datetime, act: Act) -> None:
        """Have `act` run at `instant`; what lies ahead of the loading is left out."""
        if instant <= self._present:
            heapq.heappush(self._waiting, (instant, next(self._numbers), act))

    def run(self, session: Session, *, passed: Callable[[], None]) -> None:
        """Run everything within the session's transaction; `passed` is called after each act."""
        while self._waiting:
            instant, _, act = heapq.heappop(self._waiting)
            with clock.at(instant):
                act(session)
                _react(session)
            passed()


def _react(session: Session) -> None:
    """What the worker does, without its transactions: the whole history is one."""
    session.flush()
    session.expunge_all()
    while due := outbox.due(session, limit=_BATCH):
        for event in due:
            wanted = REACTIONS.get(event.name, ())
            for name, reaction in wanted:
                if outbox.claim(session, event.id, name):
                    reaction(session, event)
            outbox.settle(session, event.id, [name for name, _ in wanted])
    # rows that the rooms changed by UPDATE are read again by the next act, as in a transaction of its own
    session.flush()
    session.expunge_all()
