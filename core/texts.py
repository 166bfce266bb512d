"""Sentences for people, from locales/<locale>/<domain>.po. Which sentence is a code's; this module only renders it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from babel import Locale, UnknownLocaleError
from babel.core import negotiate_locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent

from core import clock
from core.money import Money
from core.refusal import Param, Refusal

FALLBACK = "en"
_PLURAL_PARAM = "count"


class MissingTextError(LookupError):
    """No catalogue, not even the fallback's, has this key: a bug, since tests compare catalogues with code."""


def say(domain: str, key: str, locale: str, *, zone: str = "UTC", **params: Param) -> str:
    """The sentence `key` of `domain` in the reader's locale (BCP 47, "fr-FR"), else in English.

    Numbers, money and instants among `params` are written as the locale writes them, instants in `zone`.
    A plural message is chosen by the param `count`.
    """
    catalogue = locale_of(locale)
    entry = _messages(catalogue, domain).get(key)
    if entry is None:
        catalogue = FALLBACK
        entry = _messages(FALLBACK, domain).get(key)
    if entry is None:
        raise MissingTextError(f"{domain}: {key}")
    spoken = {name: _spoken(value, catalogue, zone) for name, value in params.items()}
    return _form(entry, catalogue, params).format_map(spoken)


def refusal_sentence(refusal: Refusal, locale: str, *, zone: str = "UTC") -> str:
    """What happened and what to do, for this refusal, in the reader's locale."""
    return say(refusal_domain(refusal), refusal.code.name, locale, zone=zone, **refusal.params)


def refusal_domain(refusal: Refusal) -> str:
    """The catalogue that has the refusal's sentence: the room that declares its code."""
    return type(refusal.code).__module__.partition(".")[0]


@lru_cache(maxsize=256)
def locale_of(tag: str) -> str:
    """The catalogue locale that serves a BCP 47 tag: "fr-CA" gives "fr", "zh-TW" "zh_Hant", unknown ones "en"."""
    wanted = tag.replace("-", "_")
    try:
        parsed = Locale.parse(wanted)
    except (UnknownLocaleError, ValueError):
        return FALLBACK
    candidates = [str(parsed), "_".join(filter(None, (parsed.language, parsed.script))), parsed.language]
    if parsed.language == "zh":
        candidates.append("zh_Hant")
    return negotiate_locale(candidates, available_locales()) or FALLBACK


@lru_cache(maxsize=1)
def available_locales() -> list[str]:
    """The locales that have a folder of catalogues."""
    return sorted(entry.name for entry in _root().iterdir() if entry.is_dir() and not entry.name.startswith("_"))


def number(value: int, locale: str, *, signed: bool = False) -> str:
    """A whole number with the reader's separators, with a plus sign before a gain when it is `signed`."""
    return ("+" if signed and value > 0 else "") + format_decimal(value, locale=locale_of(locale))


def percent(ppm: int, locale: str) -> str:
    """A share in millionths as whole percent, rounded down, as the locale writes it: what is not all never reads so."""
    return format_percent(ppm // 10_000 / 100, locale=locale_of(locale))


def day(date_: date, locale: str) -> str:
    """A day as the reader's locale writes it: "2 Mar 2026"."""
    return format_date(date_, "d MMM y", locale=locale_of(locale))


def moment(instant: datetime, locale: str, *, zone: str) -> str:
    """The day and the time to the minute, in `zone`, as the reader's locale writes them: "2 Mar 2026, 12:05"."""
    return format_datetime(clock.local_day(instant, zone), "d MMM y, HH:mm", locale=locale_of(locale))


def duration(length: timedelta, locale: str) -> str:
    """A length of time in its largest fitting unit, minutes at the least: "5 hours"."""
    return format_timedelta(length, granularity="minute", threshold=1.5, locale=locale_of(locale))


def language_name(tag: str, locale: str) -> str:
    """What the reader calls the language of a BCP 47 tag ("fr-CA" is "French"); an unknown tag stays as it is."""
    try:
        return Locale.parse(tag.replace("-", "_")).get_language_name(locale_of(locale)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache(maxsize=64)
def _messages(locale: str, domain: str) -> Mapping[str, str | tuple[str, ...]]:
    path = _root() / locale / f"{domain}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        catalogue: Catalog = read_po(stream, locale=locale)
    return {_key(message.id): _text(message.string) for message in catalogue if message.id}


def _key(message_id: object) -> str:
    return str(message_id[0] if isinstance(message_id, list | tuple) else message_id)


def _text(string: object) -> str | tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, list | tuple) else str(string)


def _form(entry: str | tuple[str, ...], locale: str, params: Mapping[str, Param]) -> str:
    if isinstance(entry, str):
        return entry
    count = params.get(_PLURAL_PARAM, 1)
    form = _plural_form(locale, count if isinstance(count, int) else 1)
    return entry[min(form, len(entry) - 1)]


def _plural_form(locale: str, count: int) -> int:
    # the gettext plural of our three languages: French counts 0 and 1 alike, Chinese has one form
    if locale.startswith("fr"):
        return int(count > 1)
    return 0 if locale.startswith("zh") else int(count != 1)


def _spoken(value: Param, locale: str, zone: str) -> str:
    if isinstance(value, Money):
        return format_currency(value.decimal(), value.currency, locale=locale)
    if isinstance(value, datetime):
        return format_datetime(clock.local_day(value, zone), "d MMMM y", locale=locale)
    return format_decimal(value, locale=locale) if isinstance(value, int) else value


def _root() -> Traversable:
    return resources.files("locales")
