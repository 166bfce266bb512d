"""A row as its map reads it: words, stars, date, author and the rest. Whether it is new is ugc.imports.verdicts'."""

import hashlib
import html
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import nh3

from core import clock
from core.refusal import Refusal
from core.rounding import half_up
from ugc import display_names
from ugc.drafts import Words
from ugc.imports.mapping import Column, Dates, ImportMap
from ugc.imports.reading import Cell, Raw, cell
from ugc.imports.refusals import ImportRefusal
from ugc.wording import clean

MAX_PHOTOS = 10
_MAX_KEY = 200
_MAX_VARIANT = 200
_MAX_QUOTED = 40
_MAX_VOTES = 1_000_000
# shops on the web are younger
_EARLIEST_YEAR = 1990
# nothing else is a purchase: an e-mail address or "unknown" in that column is not
_VERIFIED = frozenset({"true", "yes", "y", "1", "oui", "vrai", "verified", "verified_buyer", "buyer"})
_LINE_BREAKS = re.compile(r"<\s*(br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedRow:
    """What a row says, in our terms. `written_at` is None when it has no date; `author` is the source's own key."""

    key: str
    product_key: str
    product_name: str | None
    author: str | None
    display_name: str | None
    words: Words
    written_at: datetime | None
    verified: bool
    helpful_votes: int
    photo_urls: tuple[str, ...] = ()
    variant: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What tells a copy: the body, or the title of a review without one."""
        return self.words.body or self.words.title or ""


def identity(raw: Raw, chosen: ImportMap) -> str:
    """What a row is known by, for good: the map's key columns, else a hash of all that it says."""
    own = "|".join(_text(raw, column) for column in chosen.key)
    if own.strip("|") and len(own) <= _MAX_KEY and own.isprintable():
        return own
    told = own.strip("|") or json.dumps(raw, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def read(raw: Raw, chosen: ImportMap) -> MappedRow | Refusal:
    """The row in our terms, or the first thing in it that is not accepted."""
    columns = chosen.columns
    product_key = _text(raw, columns.product)
    if not product_key:
        return Refusal(ImportRefusal.PRODUCT_MISSING)
    if not product_key.isprintable():
        return Refusal(ImportRefusal.ROW_UNREADABLE)
    rating = _rating(cell(raw, columns.rating), chosen.best_rating)
    if isinstance(rating, Refusal):
        return rating
    written_at = _date(cell(raw, columns.date) if columns.date else None, chosen.dates)
    if isinstance(written_at, Refusal):
        return written_at
    words = Words(
        rating=rating,
        title=_plain(raw, columns.title) or None,
        body=_plain(raw, columns.body),
        locale=chosen.locale,
    ).cleaned()
    return words.refusal() or MappedRow(
        key=identity(raw, chosen),
        product_key=product_key,
        product_name=_plain(raw, columns.product_name) or None,
        author=_text(raw, columns.author) or None,
        display_name=_display_name(_plain(raw, columns.author_name)),
        words=words,
        written_at=written_at,
        verified=_text(raw, columns.verified).casefold() in _VERIFIED,
        helpful_votes=_votes(_text(raw, columns.helpful_votes)),
        photo_urls=_photo_urls(cell(raw, columns.photos) if columns.photos else None),
        variant=_variant(raw, chosen.variant),
    )


def plain_text(markup: str) -> str:
    """Text without tags and entities; scripts and styles go with what they hold, line breaks stay."""
    if "<" not in markup and "&" not in markup:
        return markup
    # nh3 reads entities once and writes them once: what is left to undo is its own writing
    return html.unescape(nh3.clean(_LINE_BREAKS.sub("\n", markup), tags=set()))


def _text(raw: Raw, column: Column | None) -> str:
    found = cell(raw, column) if column else None
    if isinstance(found, list | dict) or found is None:
        return ""
    return str(found).strip()


def _plain(raw: Raw, column: Column | None) -> str:
    return clean(plain_text(_text(raw, column)))


def _rating(found: Cell, best: int) -> int | Refusal:
    written = "" if found is None or isinstance(found, list | dict | bool) else str(found).strip()
    if not written:
        return Refusal(ImportRefusal.RATING_MISSING)
    try:
        # "4,6" is how half of Europe writes it
        stars = Decimal(written.replace(",", ".")) * 5 / best
    except ArithmeticError:
        return Refusal(ImportRefusal.RATING_UNREADABLE, params={"found": _quoted(written)})
    if not stars.is_finite() or abs(stars) > 1000:
        return Refusal(ImportRefusal.RATING_UNREADABLE, params={"found": _quoted(written)})
    return half_up(*stars.as_integer_ratio())


def _date(found: Cell, dates: Dates) -> datetime | Refusal | None:
    written = "" if found is None or isinstance(found, list | dict | bool) else str(found).strip()
    if not written:
        return None
    for pattern in dates.formats:
        instant = _instant(written, pattern, dates.time_zone)
        if instant is not None:
            future = Refusal(ImportRefusal.DATE_IN_FUTURE, params={"found": _quoted(written)})
            return future if instant > clock.now() else instant
    return Refusal(ImportRefusal.DATE_UNREADABLE, params={"found": _quoted(written)})


def _instant(written: str, pattern: str, zone: str) -> datetime | None:
    try:
        if pattern == "unix":
            naive_or_not = datetime.fromtimestamp(float(written), UTC)
        elif pattern == "iso":
            naive_or_not = datetime.fromisoformat(written)
        else:
            naive_or_not = datetime.strptime(written, pattern)  # noqa: DTZ007 - its zone is the map's, set below
        aware = naive_or_not if naive_or_not.tzinfo else naive_or_not.replace(tzinfo=ZoneInfo(zone))
        # a year of two digits, or none at all, is a mistake in the pattern and no date
        return clock.whole_milliseconds(aware) if aware.year >= _EARLIEST_YEAR else None
    except (ValueError, OverflowError, OSError):
        return None


def _quoted(written: str) -> str:
    return clean(written)[:_MAX_QUOTED]


def _display_name(name: str) -> str | None:
    # an address is contact data, never a name
    return None if not name or display_names.refusal(name) else name


def _votes(written: str) -> int:
    digits = written.replace(",", "")
    return min(int(digits), _MAX_VOTES) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _photo_urls(found: Cell) -> tuple[str, ...]:
    if isinstance(found, str):
        found = _list_in(found)
    urls = [each.strip() for each in found if isinstance(each, str)] if isinstance(found, list) else []
    return tuple(dict.fromkeys(url for url in urls if url.startswith("https://") and url.isprintable()))[:MAX_PHOTOS]


def _list_in(written: str) -> Cell:
    if written.lstrip().startswith("["):
        try:
            parsed: Cell = json.loads(written)
        except (ValueError, RecursionError):
            return []
        return parsed
    return list(written.split(","))


def _variant(raw: Raw, columns: dict[str, Column]) -> dict[str, str]:
    told = {name: _plain(raw, column)[:_MAX_VARIANT] for name, column in columns.items()}
    return {name: value for name, value in told.items() if value}
