"""Whose words are these? A text too short to tell is known by its author or its date beside it. Classes are
sightings.py's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from babel.dates import format_date
from selectolax.lexbor import LexborNode

from core.texts import locale_of
from seo import matching
from seo.matching import TextIndex

_REVIEW_BOXES = frozenset({"article", "li", "tr"})
_NEAR_WORDS = 60
_TRIES = 50
_SIBLINGS = 500
_NAME_BYTES = 3


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands beside a review to say whose it is: the author's name and the ways to write the date, as words."""

    author: tuple[str, ...]
    dates: tuple[tuple[str, ...], ...]
    iso_day: str


def of(author: str, published_at: datetime | None, *, locale: str = "en") -> Signature:
    """The signature of a review; its date as its own language, English and French write it."""
    name = matching.tokens(author)
    # "A." or "Le" stands in any text and names nobody; two Chinese characters are a name
    name = name if len(author.encode()) >= _NAME_BYTES else ()
    if published_at is None:
        return Signature(name, (), "")
    day = published_at.date()
    locales = dict.fromkeys((locale_of(locale or "en"), "en", "fr"))
    written = [format_date(day, format=form, locale=each) for each in locales for form in ("long", "medium", "short")]
    dates = dict.fromkeys(matching.tokens(date) for date in [*written, day.isoformat()])
    return Signature(name, tuple(dates), day.isoformat())


def occurrences(index: TextIndex, words: Sequence[str]) -> Iterator[int]:
    """Where a text may begin: the places of its first words, at most fifty."""
    position = -1
    for _ in range(_TRIES):
        position = index.phrase(words[: matching.SHINGLE], after=position + 1)
        if position < 0:
            return
        yield position


def is_signed(node: LexborNode, words: Sequence[str], signature: Signature) -> bool:
    """Whether the author or the date stands in the same block, before the block grows to hold another such text."""
    block = node.parent
    while block is not None and block.tag not in ("body", "html"):
        inside = matching.index_of_node(block)
        is_wide = len(inside.words) > 2 * len(words) + _NEAR_WORDS
        if is_wide or len(list(occurrences(inside, words))) > 1:
            return False
        if signature.author and inside.phrase(signature.author) >= 0:
            return True
        if any(inside.phrase(date) >= 0 for date in signature.dates):
            return True
        if signature.iso_day and signature.iso_day in (block.html or ""):
            return True
        if _is_one_of_many(block):
            return False
        block = block.parent
    return False


def _is_one_of_many(block: LexborNode) -> bool:
    """Whether a sibling is made like this element: then it is one review's box, and what lies beyond is another's."""
    made = _make_of(block)
    if not made or block.parent is None:
        return False
    alike = (other for other in block.parent.iter() if other.tag == block.tag and other.mem_id != block.mem_id)
    return any(_make_of(other) == made for other in islice(alike, _SIBLINGS))


def _make_of(block: LexborNode) -> tuple[str, ...]:
    """What tells boxes of a list: their class, else their children's tags when there are several; else nothing."""
    if block.tag in _REVIEW_BOXES:
        return (block.tag,)
    if named := " ".join((block.attributes.get("class") or "").split()):
        return (named,)
    children = tuple(child.tag or "" for child in block.iter())
    return children if len(children) > 1 else ()
