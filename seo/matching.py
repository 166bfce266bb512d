"""Is this text on that page? Words in order, forgiving what themes do to a text and no more. seo/sightings.py asks it.

- Both sides: entities decoded (twice: the parser did it once), NFKC, case folded, zero-width characters dropped;
  punctuation, quotes and emoji do not count. Chinese, Japanese, Korean and Thai are compared by character, all else by
  word.
- Runs of five words are looked up, and must stand together as the text has them: 90 % found is present, 30 % is a part
  of it, less is absent.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from selectolax.lexbor import LexborNode

from seo.drawn_text import Piece, drawn_pieces

Words: TypeAlias = tuple[str, ...]

SHINGLE = 5
PRESENT = 0.9
PARTIAL = 0.3
# below these a text could be anybody's: "Top !", "très bon produit"
SHORT_WORDS = 8
SHORT_CHARACTERS = 12
# what a theme may put into a text or leave out of it at one spot
_SLACK_WORDS = 3
# of one run of five words in one document
_MOST_PLACES = 200

_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def normalised(text: str) -> str:
    """The text as both sides are compared."""
    return unicodedata.normalize("NFKC", _ZERO_WIDTH.sub("", html.unescape(html.unescape(text)))).casefold()


def tokens(text: str) -> Words:
    """Words, or single characters where the script does not part words."""
    return tuple(_TOKEN.findall(normalised(text)))


def is_short(words: Sequence[str]) -> bool:
    """Whether so little was said that finding it proves nothing about who said it."""
    by_character = sum(1 for word in words if _IS_UNSPACED.match(word)) * 2 > len(words)
    return len(words) < (SHORT_CHARACTERS if by_character else SHORT_WORDS)


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a text stands, in whole or in part: among the document's words `start` up to `end`.

    - `share`: how much of the text stands there, 0 to 1; `runs`: how many of its runs of five words.
    - `begins`: whether that is its beginning, as when it was cut short.
    """

    share: float
    start: int
    end: int = 0
    runs: int = 0
    begins: bool = True


NOTHING = Match(0.0, -1)


@dataclass(frozen=True)
class TextIndex:
    """One document's words, with the text node that each came from (none for text that is not drawn)."""

    words: Words
    starts: tuple[int, ...] = ()
    nodes: tuple[LexborNode, ...] = ()

    def find(self, wanted: Words) -> Match:
        """The best place where the text stands; NOTHING when no run of it does."""
        return max(self.places(wanted), key=lambda place: place.runs, default=NOTHING)

    def places(self, wanted: Words) -> tuple[Match, ...]:
        """Every place where a part of the text stands, in order.

        Texts shorter than five words are found whole or not.
        """
        if not wanted:
            return ()
        if wanted not in self._known:
            short = len(wanted) < SHINGLE
            self._known[wanted] = tuple(self._phrases(wanted) if short else self._together(wanted))
        return self._known[wanted]

    def _phrases(self, wanted: Words) -> Iterator[Match]:
        position = -1
        while (position := self.phrase(wanted, after=position + 1)) >= 0:
            yield Match(1.0, position, position + len(wanted), 1)

    def _together(self, wanted: Words) -> Iterator[Match]:
        """Runs found, gathered by where the text would have to begin, and parted where too much else lies between.

        A word more or less moves the beginning a little. A stretch that is not the text's own may be a tenth of it, or
        the whole text would not count as whole anyway; beyond that the runs belong to somebody else's text.
        """
        own = runs(wanted)
        hits = sorted(
            (position - number, number)
            for number, run in enumerate(own)
            for position in self._positions.get(run, ())[:_MOST_PLACES]
        )
        widest = SHINGLE + max(_SLACK_WORDS, len(wanted) // 10 - SHINGLE)
        for alike in _parted(hits, key=lambda hit: hit[0], step=_SLACK_WORDS):
            in_order = sorted(alike, key=_position)
            for piece in _parted(in_order, key=_position, step=widest):
                yield _match(piece, len(own))

    def phrase(self, wanted: Sequence[str], *, after: int = 0) -> int:
        """Where these words stand one after the other, from word `after` on; -1 when they do not."""
        length = len(wanted)
        if length >= SHINGLE and tuple(wanted[:SHINGLE]) not in self._positions:
            return -1
        for position in range(after, len(self.words) - length + 1):
            if self.words[position] == wanted[0] and self.words[position : position + length] == tuple(wanted):
                return position
        return -1

    def node(self, position: int) -> LexborNode | None:
        """The text node that the word at this position came from."""
        return self.nodes[bisect_right(self.starts, position) - 1] if self.nodes and position >= 0 else None

    @cached_property
    def _positions(self) -> dict[Words, list[int]]:
        found: dict[Words, list[int]] = {}
        for position, run in enumerate(runs(self.words)):
            found.setdefault(run, []).append(position)
        return found

    @cached_property
    def _known(self) -> dict[Words, tuple[Match, ...]]:
        # a text is asked for again as its neighbours' rival
        return {}


def runs(words: Words) -> list[Words]:
    """Each five words in order; a shorter text is its own only run."""
    if len(words) < SHINGLE:
        return [words] if words else []
    # zip of shifted copies is several times faster than slicing each
    return list(zip(*(words[shift:] for shift in range(SHINGLE)), strict=False))


def _position(hit: tuple[int, int]) -> int:
    return hit[0] + hit[1]


def _parted(
    hits: Sequence[tuple[int, int]], *, key: Callable[[tuple[int, int]], int], step: int
) -> Iterator[Sequence[tuple[int, int]]]:
    """The hits in pieces: a new one begins where the key moves by more than a step."""
    first = 0
    for last, hit in enumerate(hits):
        if last + 1 == len(hits) or key(hits[last + 1]) > key(hit) + step:
            yield hits[first : last + 1]
            first = last + 1


def _match(hits: Sequence[tuple[int, int]], total: int) -> Match:
    found = {number for _, number in hits}
    start = min(begin + number for begin, number in hits)
    end = max(begin + number for begin, number in hits) + SHINGLE
    return Match(len(found) / total, start, end, len(found), begins=min(found) < SHINGLE)


def index_of_text(text: str) -> TextIndex:
    """An index of plain text."""
    return TextIndex(tokens(text))


def index_of_node(root: LexborNode) -> TextIndex:
    """An index of what is drawn under this element."""
    return _index(drawn_pieces(root))


def _index(pieces: Iterable[Piece]) -> TextIndex:
    words: list[str] = []
    starts: list[int] = []
    nodes: list[LexborNode] = []
    is_open = False
    for piece in pieces:
        text = normalised(piece.text)
        found = _TOKEN.findall(text)
        if not found:
            is_open &= bool(text) and not text[0].isspace()
            continue
        # "cata<b>log</b>" is one word: nothing parts the pieces, and both sides of the seam are word characters
        if is_open and not piece.begins_block and _TOKEN.match(text) and not _IS_UNSPACED.match(text):
            words[-1] += found.pop(0)
        if found:
            starts.append(len(words))
            nodes.append(piece.node)
            words.extend(found)
        is_open = bool(_TOKEN.fullmatch(text[-1])) and not _IS_UNSPACED.match(text[-1])
    return TextIndex(tuple(words), tuple(starts), tuple(nodes))
