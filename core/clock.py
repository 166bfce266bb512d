"""The only clock: every instant is aware, in UTC and cut to whole milliseconds. Nothing else asks the system."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.settings import settings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_frozen: list[datetime] = []


def now() -> datetime:
    """The present instant: a frozen one, else the development clock file's, else the system's."""
    if _frozen:
        return _frozen[-1]
    chosen = settings()
    if chosen.development and chosen.clock_file is not None and chosen.clock_file.exists():
        return whole_milliseconds(datetime.fromisoformat(chosen.clock_file.read_text().strip()))
    return whole_milliseconds(datetime.now(UTC))


def now_milliseconds() -> int:
    """The present instant as stored: whole milliseconds since 1970 in UTC."""
    return to_milliseconds(now())


def elapsed_seconds() -> float:
    """For measuring how long something took, and nothing else: the system's seconds, or the frozen instant's.

    Never the development clock file's, at which a server would wait for ever.
    """
    return _frozen[-1].timestamp() if _frozen else time.monotonic()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Make `instant` the present for the whole process while the block runs (demo data, tests)."""
    _frozen.append(whole_milliseconds(instant))
    try:
        yield
    finally:
        _frozen.pop()


def whole_milliseconds(instant: datetime) -> datetime:
    """`instant` in UTC, cut to milliseconds. Refuses a naive datetime with ValueError."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return from_milliseconds(to_milliseconds(instant))


def to_milliseconds(instant: datetime) -> int:
    """Whole milliseconds since 1970-01-01T00:00Z."""
    return (instant - _EPOCH) // _MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """The instant that `to_milliseconds` turned into this number."""
    return _EPOCH + milliseconds * _MILLISECOND


def iso(instant: datetime) -> str:
    """As the API writes it: UTC, milliseconds, `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_day(instant: datetime, zone: str) -> datetime:
    """The instant's wall-clock time in `zone` (an IANA name)."""
    return instant.astimezone(ZoneInfo(zone))
