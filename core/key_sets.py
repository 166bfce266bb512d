"""Public keys remembered by the address they were fetched from, and how rarely that address is asked."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
from anyio import to_thread

from core import logs, public_keys
from core.addresses import PrivateHosts
from core.fetching import Fetched, FetchPolicy, fetch
from core.public_keys import PublicKey

# how long a set is used without asking again, and how long at most while its address does not answer
FRESH_SECONDS = 600.0
STALE_SECONDS = 86_400.0
# an address is asked no more often than this, whatever kids strangers make up
PAUSE_SECONDS = 60.0
_TIMEOUT_SECONDS = 5.0
_AT_ONCE = 4
_logger = logs.get(__name__)


@dataclass(slots=True)
class _Remembered:
    keys: tuple[PublicKey, ...] = ()
    # instants of the monotonic clock; long ago: never
    read_at: float = float("-inf")
    asked_at: float = float("-inf")
    turn: anyio.Lock = field(default_factory=anyio.Lock)


class KeySets:
    """The sets of all addresses that storefronts name. One process has one; nothing is shared between processes."""

    def __init__(self, *, allow_private: PrivateHosts, seconds: Callable[[], float] = time.monotonic) -> None:
        # the keys are served where the merchant said, and nowhere else
        self._policy = FetchPolicy(
            max_bytes=public_keys.MAX_BYTES,
            timeout_seconds=_TIMEOUT_SECONDS,
            max_redirects=0,
            allow_private=allow_private,
            accept="application/jwk-set+json, application/json",
        )
        self._seconds = seconds
        self._sets: dict[str, _Remembered] = {}
        self._threads = anyio.CapacityLimiter(_AT_ONCE)

    async def find(self, url: str, algorithm: str, kid: str | None) -> PublicKey | None:
        """The key of this `kid` at the address. It is asked once for all who wait, and at most once a minute."""
        remembered = self._sets.setdefault(url, _Remembered())
        found = self._known(remembered, algorithm, kid)
        # while another request fetches, a key that was good a moment ago still is
        if found is not None and (self._is_fresh(remembered) or remembered.turn.locked()):
            return found
        async with remembered.turn:
            if self._known(remembered, algorithm, kid) is None or not self._is_fresh(remembered):
                await self._ask(url, remembered)
        return self._known(remembered, algorithm, kid)

    def _known(self, remembered: _Remembered, algorithm: str, kid: str | None) -> PublicKey | None:
        if self._seconds() - remembered.read_at > STALE_SECONDS:
            return None
        return public_keys.fitting(remembered.keys, algorithm, kid)

    def _is_fresh(self, remembered: _Remembered) -> bool:
        return self._seconds() - remembered.read_at <= FRESH_SECONDS

    async def _ask(self, url: str, remembered: _Remembered) -> None:
        if self._seconds() - remembered.asked_at < PAUSE_SECONDS:
            return
        remembered.asked_at = self._seconds()
        answer = await to_thread.run_sync(lambda: fetch(url, policy=self._policy), limiter=self._threads)
        keys = public_keys.read(answer.body) if isinstance(answer, Fetched) and answer.status == 200 else None
        if keys is None:
            problem = answer.status if isinstance(answer, Fetched) else answer.kind.value
            _logger.warning("key set not read", url=url, problem=problem)
            return
        remembered.keys, remembered.read_at = keys, self._seconds()
