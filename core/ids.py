"""Ids: 63-bit, time-ordered integers inside; opaque `Type:n` strings outside. Cursors are core.paging's."""

import base64
import binascii
import secrets
import threading
from datetime import datetime

from core import clock

_EPOCH_2020 = 1_577_836_800_000
_RANDOM_BITS = 21
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A positive integer below 2**63 that grows with time: 42 bits of milliseconds since 2020, 21 random ones.

    Strictly growing within a process, so that rows written in one batch keep their order; between processes
    the random bits part ids of the same millisecond.
    """
    global _last  # noqa: PLW0603 - the last id given out is the process's own
    drawn = ((clock.now_milliseconds() - _EPOCH_2020) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    with _lock:
        same_millisecond = drawn >> _RANDOM_BITS == _last >> _RANDOM_BITS
        _last = _last + 1 if same_millisecond else drawn
        return _last


def first_of(instant: datetime) -> int:
    """The least id that `new_id` may have drawn at this instant: ids from it on are of then or later."""
    return (clock.to_milliseconds(instant) - _EPOCH_2020) << _RANDOM_BITS


def to_public(type_name: str, number: int) -> str:
    """The opaque id that clients see."""
    return base64.b64encode(f"{type_name}:{number}".encode()).decode()


def from_public(public_id: str) -> tuple[str, int] | None:
    """(type name, number), or None for anything that `to_public` did not write."""
    try:
        type_name, _, digits = base64.b64decode(public_id, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    if not type_name or not digits.isascii() or not digits.isdigit() or len(digits) > 19:
        return None
    number = int(digits)
    return (type_name, number) if 0 < number < 1 << 63 else None
