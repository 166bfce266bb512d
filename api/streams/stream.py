"""One operation that is answered more than once: the time of its present step, its cost, and what ends with it."""

import asyncio
from collections.abc import Callable
from typing import Any

from api.fair_use import Account
from core.identity import Permission


class Stream:
    """What an operation's parts share while its answers come.

    - `extensions`: what the request says beside its document.
    - `requires`: the permission that its caller must keep; set by the subscription's field.
    - `cost`: what one answer may cost; set once the document is measured.
    - `is_open`: set once a subscription listens.
    """

    def __init__(self, account: Account, *, extensions: dict[str, Any] | None = None) -> None:
        self.extensions = extensions
        self.requires: Permission | None = None
        self.cost = 1
        self.is_open = asyncio.Event()
        self._account = account
        self._taken: int | None = None
        self._endings: list[Callable[[], None]] = []
        self._until: float | None = _now() + account.request_seconds
        self._bound: asyncio.Timeout | None = None

    def step(self) -> asyncio.Timeout:
        """Around the making of one answer: TimeoutError when that takes longer than a request may."""
        self._bound = asyncio.timeout_at(self._until)
        return self._bound

    def wait(self) -> None:
        """Nothing is to be done until an event comes, however long that takes."""
        self._allow(None)

    def work(self) -> None:
        """An event has come: from now on time counts."""
        self._allow(_now() + self._account.request_seconds)

    def pay(self) -> None:
        """Take what the next answer may cost, once; raises THROTTLED when the caller has less left."""
        if self._taken is None:
            self._taken = self._account.draw(self.cost)

    def settle(self, actual: int) -> dict[str, object] | None:
        """Give back what the answer did not cost; `extensions.cost`, or None when nothing was taken for it."""
        if self._taken is None:
            return None
        self._account.bucket.settle(self._taken, max(actual, 1))
        self._taken = None
        return self._account.told(self.cost, max(actual, 1))

    def at_end(self, act: Callable[[], None]) -> None:
        """Call this when the operation is over, however it ends."""
        self._endings.append(act)

    def close(self) -> None:
        """The operation is over."""
        while self._endings:
            self._endings.pop()()

    def _allow(self, until: float | None) -> None:
        self._until = until
        if self._bound is not None and not self._bound.expired():
            self._bound.reschedule(until)


def _now() -> float:
    return asyncio.get_running_loop().time()
