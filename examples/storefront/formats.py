"""Prices, dates and numbers as readers of the shop's two languages write them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

_NARROW_SPACE = "\u202f"
_NO_BREAK = "\u00a0"
_SYMBOLS = {"EUR": "€", "USD": "$"}
# every currency this shop sells in has cents
_MINOR_PER_UNIT = 100
_ZONES = {"fr": ZoneInfo("Europe/Paris"), "en": ZoneInfo("America/New_York")}
# fmt: off
_MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}
# fmt: on


def number(value: int, language: str) -> str:
    """1 234 in French, 1,234 in English."""
    return f"{value:,}".replace(",", _NARROW_SPACE) if language == "fr" else f"{value:,}"


def mean(tenths: int, language: str) -> str:
    """46 is `4,6` in French and `4.6` in English."""
    point = "," if language == "fr" else "."
    return f"{tenths // 10}{point}{tenths % 10}"


def money(amount: dict[str, Any], language: str) -> str:
    """{amountMinor, currencyCode} as `28,00 €` or `$34.00`."""
    units, cents = divmod(amount["amountMinor"], _MINOR_PER_UNIT)
    code = amount["currencyCode"]
    symbol = _SYMBOLS.get(code, code)
    if language == "fr":
        return f"{number(units, language)},{cents:02d}{_NO_BREAK}{symbol}"
    return f"{symbol}{number(units, language)}.{cents:02d}"


def day(instant: str, language: str) -> str:
    """An instant of the API as the day it was in the shop: `3 mars 2026`, `March 3, 2026`."""
    local = datetime.fromisoformat(instant).astimezone(_ZONES[language])
    return _written(local.date(), language)


def _written(of: date, language: str) -> str:
    month = _MONTHS[language][of.month - 1]
    if language == "fr":
        return f"{'1er' if of.day == 1 else of.day} {month} {of.year}"
    return f"{month} {of.day}, {of.year}"
