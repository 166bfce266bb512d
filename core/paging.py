"""Keyset paging: opaque cursors and pages. No OFFSET anywhere; ids of nodes are core.ids'."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Key = tuple[int | str, ...]

DEFAULT_PAGE = 10
MAX_PAGE = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Items in order with the key of each, and whether more follow."""

    items: Sequence[Item]
    keys: Sequence[Key]
    has_next: bool

    @classmethod
    def cut(cls, rows: Sequence[Item], *, first: int, key: Callable[[Item], Key]) -> "Page[Item]":
        """A page of `first` items from rows fetched with a LIMIT of `first` + 1."""
        kept = rows[:first]
        return cls(items=kept, keys=[key(row) for row in kept], has_next=len(rows) > first)


def encode_cursor(key: Key) -> str:
    """The opaque text of a row's sort key."""
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode()


def decode_cursor(cursor: str, shape: tuple[type, ...]) -> Key | None:
    """The sort key, or None when `cursor` is not one of this shape (another order's, or not ours)."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(key, list) or [type(part) for part in key] != list(shape):
        return None
    if any(isinstance(part, int) and abs(part) >= 1 << 63 for part in key):
        return None
    return tuple(key)
