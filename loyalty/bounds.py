"""Bounds that drafts of the room are held to, each as the Refusals of one field. What a draft is stands elsewhere."""

from collections.abc import Iterator

from core.refusal import Refusal
from loyalty.refusals import LoyaltyRefusal

MAX_NAME = 120
MAX_MONTHS = 120
MAX_DAYS = 366

Path = tuple[str, ...]


def text(said: str, path: Path, *, maximum: int = MAX_NAME) -> Iterator[Refusal]:
    """Some text, not too long, of characters that every database keeps."""
    if not said.strip():
        yield Refusal(LoyaltyRefusal.REQUIRED, path)
    if len(said) > maximum:
        yield Refusal(LoyaltyRefusal.TOO_LONG, path, {"maximum": maximum})
    # PostgreSQL keeps no NUL
    if "\x00" in said:
        yield Refusal(LoyaltyRefusal.INVALID_TEXT, path)


def within(value: int | None, path: Path, minimum: int, maximum: int) -> Iterator[Refusal]:
    """A number from `minimum` to `maximum`, or none."""
    if value is not None and not minimum <= value <= maximum:
        yield Refusal(LoyaltyRefusal.OUT_OF_RANGE, path, {"minimum": minimum, "maximum": maximum})
