"""How numbers, dates and the locale itself are written for a reader, through Babel. Sentences live in the
catalogues.
"""

from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal

from core.texts import locale_of


def _babel(locale: str) -> Locale:
    # the catalogue's locale, not the tag's: a German tag gets English sentences, so English numbers inside
    # them
    return Locale.parse(locale_of(locale))


def mean(tenths: int, *, locale: str) -> str:
    """A mean of stars as people write it: 46 is `4.6` in English, `4,6` in French."""
    return format_decimal(tenths / 10, format="0.0", locale=_babel(locale))


def integer(number: int, *, locale: str) -> str:
    """A count with the reader's thousands separator."""
    return format_decimal(number, locale=_babel(locale))


def day(moment: datetime, *, locale: str) -> str:
    """The date in the reader's long form: `3 mars 2026`."""
    return date_of(moment.date(), locale=locale)


def date_of(day_told: date, *, locale: str) -> str:
    """A day in the reader's long form."""
    return format_date(day_told, format="long", locale=_babel(locale))


def open_graph_locale(locale: str) -> str | None:
    """`ll_TT` as Open Graph wants it, with the likeliest territory when the tag has none; None for an unknown
    language.
    """
    try:
        parsed = Locale.parse(locale.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return None
    if parsed.territory:
        return f"{parsed.language}_{parsed.territory}"
    key = f"{parsed.language}_{parsed.script}" if parsed.script else parsed.language
    likely = get_global("likely_subtags").get(key)
    return f"{parsed.language}_{likely.rsplit('_', 1)[-1]}" if likely else None
