"""What a screen is given and what it answers. It is given no rating, so no star can ever move a status."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from ugc.tables.reviews import ScreenOutcome


class ScreenCode(StrEnum):
    """What a screen found, by a code whose sentence for moderators is in locales/*/ugc.po under `screen.CODE`."""

    TEXT_SHORT = "TEXT_SHORT"
    SIBLING_COPY = "SIBLING_COPY"
    REPEATED_BY_AUTHOR = "REPEATED_BY_AUTHOR"
    REPEATED_BY_OTHER = "REPEATED_BY_OTHER"
    SUSPECT_WORD = "SUSPECT_WORD"
    LINK = "LINK"
    DISGUISED_LINK = "DISGUISED_LINK"
    FIRST_CONTRIBUTION = "FIRST_CONTRIBUTION"


class TextField(StrEnum):
    """The part of a review that a span lies in."""

    TITLE = "title"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class ReviewText:
    """The words of a revision, and nothing else of it."""

    title: str | None
    body: str
    locale: str

    def fields(self) -> tuple[tuple[TextField, str], ...]:
        """Each part that has words, by name."""
        parts = ((TextField.TITLE, self.title or ""), (TextField.BODY, self.body))
        return tuple(part for part in parts if part[1])


@dataclass(frozen=True, slots=True)
class Copy:
    """Another review whose body is the same once normalised."""

    review_id: int
    same_author: bool
    same_product: bool
    same_family: bool


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known around the words: whether the author bought the product, how many of their reviews are public, and
    which other reviews say the same.
    """

    has_bought: bool
    published_before: int
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A passage by offsets into the words as written: [start, end) of a field, and what it matched."""

    field: TextField
    start: int
    end: int
    match: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A screen's opinion, its code and the passages meant. A PASS has neither."""

    outcome: ScreenOutcome
    code: ScreenCode | None = None
    spans: tuple[Span, ...] = field(default=())


PASS = Verdict(ScreenOutcome.PASS)


@dataclass(frozen=True, slots=True)
class Screen:
    """A named, versioned question about a text. `version` changes with its rules or its lists."""

    name: str
    version: str
    look: Callable[[ReviewText, Circumstances], Verdict]
