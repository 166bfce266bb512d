"""Sockets that have not said who they are yet: how many there may be. Those of known callers are api.fair_use's."""

from collections import Counter
from collections.abc import Callable


class Lobby:
    """At most `of_one` waiting sockets from one network, and `in_all` together; what it keeps is as bounded."""

    def __init__(self, *, of_one: int, in_all: int) -> None:
        self._of_one = of_one
        self._in_all = in_all
        self._waiting: Counter[str] = Counter()

    def enter(self, network: str) -> Callable[[], None] | None:
        """What to call when the socket is known or gone, once or more often; None when there is no room."""
        if self._waiting[network] >= self._of_one or self._waiting.total() >= self._in_all:
            # asking has left no entry behind
            self._waiting += Counter()
            return None
        self._waiting[network] += 1
        entered = [network]

        def leave() -> None:
            if entered:
                self._waiting.subtract([entered.pop()])
                self._waiting += Counter()

        return leave

    def __len__(self) -> int:
        return self._waiting.total()
