"""How fast each host may be asked: so many at once, so far apart, and not at all while it asks for rest. What is asked
is the crawl's.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime

from core import clock
from seo.fetcher import origin_of
from seo.robots import RobotsFile

# a host that asks for more is crawled at this pace: a crawl that never ends is no crawl
LONGEST_DELAY_SECONDS = 30.0
LONGEST_REST_SECONDS = 120.0
_WITHOUT_WORD_SECONDS = 5.0


class StoppedError(Exception):
    """The crawl is over; nothing more is to be asked."""


@dataclass(slots=True)
class _Host:
    slots: threading.Semaphore
    delay_seconds: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0

    def wait_seconds(self) -> float:
        """0 when it is this caller's turn, which then is taken; else how long to wait before asking again."""
        with self.lock:
            now = time.monotonic()
            if self.next_at > now:
                return self.next_at - now
            self.next_at = now + self.delay_seconds
            return 0.0


class Pace:
    """Turns for every host, shared by the threads of a crawl."""

    def __init__(self, *, concurrency: int, delay_seconds: float) -> None:
        self._concurrency = concurrency
        self._delay_seconds = delay_seconds
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Wait until the host may be asked. StoppedError when the crawl ends meanwhile."""
        host = self._host(url)
        with host.slots:
            while (wait := host.wait_seconds()) > 0:
                if self._stopped.wait(wait):
                    raise StoppedError
            if self._stopped.is_set():
                raise StoppedError
            yield

    def slow_down(self, url: str, robots: RobotsFile, *, agent: str) -> None:
        """Obey the Crawl-delay that robots.txt has for this agent, where it is longer than the crawl's own."""
        host = self._host(url)
        asked = min(crawl_delay(robots, agent=agent), LONGEST_DELAY_SECONDS)
        with host.lock:
            host.delay_seconds = max(host.delay_seconds, asked)

    def rest(self, url: str, seconds: float) -> None:
        """Ask the host for nothing for so long."""
        host = self._host(url)
        with host.lock:
            host.next_at = max(host.next_at, time.monotonic() + seconds)

    def stop(self) -> None:
        """Let everyone who waits give up."""
        self._stopped.set()

    def _host(self, url: str) -> _Host:
        origin = origin_of(url)
        with self._lock:
            if origin not in self._hosts:
                self._hosts[origin] = _Host(threading.Semaphore(self._concurrency), self._delay_seconds)
            return self._hosts[origin]


def crawl_delay(robots: RobotsFile, *, agent: str) -> float:
    """Seconds of the group that names the agent, else of `*`; 0 when neither says."""
    told: dict[str, float] = {}
    names: list[str] = []
    is_open = False
    for line in robots.lines:
        if line.field == "user-agent":
            names = [*names, line.value.lower()] if is_open else [line.value.lower()]
            is_open = True
            continue
        is_open = False
        if line.field == "crawl-delay":
            told.update(dict.fromkeys(names, _seconds(line.value)))
    return told.get(agent.lower(), told.get("*", 0.0))


def retry_after(value: str) -> float:
    """The seconds of a Retry-After header, as a number or a date; a few when it says nothing that can be read."""
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return _WITHOUT_WORD_SECONDS
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - clock.now()).total_seconds())


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    # nan and infinity are floats too
    return seconds if 0.0 <= seconds < 1e9 else 0.0
