"""Checks of single values that several of the shop's drafts share. Each gives the Refusal, or None when all is well."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from core import clock, money
from core.refusal import Refusal
from shop.refusals import ShopRefusal

MAX_LINES = 500
MAX_EXTERNAL_ID = 120
MAX_NAME = 300
MAX_URL = 2000
MAX_QUANTITY = 1_000_000
# clocks of shops run ahead a little
_TOLERANCE = timedelta(minutes=5)
# a date of the year 1 overflows in a time zone west of ours
_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)
_HANDLE = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")

Path = tuple[str, ...]


def first(*checks: Callable[[], Refusal | None] | Refusal | None) -> Refusal | None:
    """The first refusal in order; a check given as a function runs only when those before it passed."""
    for check in checks:
        found = check() if callable(check) else check
        if found is not None:
            return found
    return None


def text(value: str | None, path: Path, *, maximum: int, required: bool = True) -> Refusal | None:
    """Refuses a missing or blank text, one that is too long, and one with characters no database keeps."""
    if value is None or not value.strip():
        return Refusal(ShopRefusal.REQUIRED, path) if required else None
    if len(value) > maximum:
        return Refusal(ShopRefusal.TOO_LONG, path, {"maximum": maximum})
    return None if is_keepable(value) else Refusal(ShopRefusal.INVALID_TEXT, path)


def is_keepable(value: str) -> bool:
    """Whether a database can hold the text, and so whether a row can bear it: no NUL, no lone surrogate."""
    # PostgreSQL does not even take a NUL to compare with
    return not any(char == "\x00" or unicodedata.category(char) == "Cs" for char in value)


def external_id(value: str, path: Path) -> Refusal | None:
    """Refuses an id of the shop's that is blank or over 120 characters."""
    return text(value, path, maximum=MAX_EXTERNAL_ID)


def handle(value: str, path: Path, *, maximum: int) -> Refusal | None:
    """Refuses what cannot stand in an address: letters and digits of any script, with `-` and `_` between them."""
    refused = text(value, path, maximum=maximum)
    if refused is None and not _HANDLE.fullmatch(value):
        return Refusal(ShopRefusal.INVALID_HANDLE, path)
    return refused


def url(value: str | None, path: Path) -> Refusal | None:
    """Refuses what is no absolute http(s) address; none at all is fine."""
    if value is None:
        return None
    return text(value, path, maximum=MAX_URL) or (
        None if is_web_address(value) else Refusal(ShopRefusal.INVALID_URL, path)
    )


def is_web_address(value: str) -> bool:
    """Whether `value` is an absolute http(s) address without user name, spaces or control characters."""
    if any(char.isspace() or not char.isprintable() for char in value):
        return False
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


def amount(minor: int, path: Path) -> Refusal | None:
    """Refuses a negative amount and one that no shop's order reaches."""
    if minor < 0:
        return Refusal(ShopRefusal.NEGATIVE_AMOUNT, path)
    return Refusal(ShopRefusal.AMOUNT_TOO_LARGE, path) if minor > money.MAX_AMOUNT_MINOR else None


def quantity(units: int, path: Path, *, minimum: int = 1) -> Refusal | None:
    """Refuses fewer units than `minimum`, and more than a million."""
    return None if minimum <= units <= MAX_QUANTITY else Refusal(ShopRefusal.INVALID_QUANTITY, path)


def currency(code: str, path: Path) -> Refusal | None:
    """Refuses what is no ISO 4217 code."""
    return None if money.is_currency(code) else Refusal(ShopRefusal.INVALID_CURRENCY, path)


def past(instant: datetime | None, path: Path) -> Refusal | None:
    """Refuses an instant more than five minutes ahead of our clock, or of before any shop's records."""
    if instant is None or _OLDEST <= instant <= clock.now() + _TOLERANCE:
        return None
    code = ShopRefusal.DATE_TOO_OLD if instant < _OLDEST else ShopRefusal.DATE_IN_FUTURE
    return Refusal(code, path)


def at_most(count: int, maximum: int, path: Path) -> Refusal | None:
    """Refuses a list that is longer than `maximum`."""
    return None if count <= maximum else Refusal(ShopRefusal.TOO_MANY, path, {"maximum": maximum})


def distinct(values: list[str], path: Path) -> Refusal | None:
    """Refuses a list in which a value stands twice; names the value."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return Refusal(ShopRefusal.DUPLICATE, path, {"value": value})
        seen.add(value)
    return None
