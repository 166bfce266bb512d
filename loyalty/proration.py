"""Periods that months make, and what the unused part of one is worth. Whole minor units; nothing is stored here."""

from calendar import monthrange
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core import clock
from core.rounding import half_up

MONTHS_A_YEAR = 12


def period_end(start: datetime, months: int, *, anchor_day: int, zone: str) -> datetime:
    """The same local time `months` later, on the anchor day or the month's last: 31 January, 28 February, 31 March."""
    local = clock.local_day(start, zone)
    year, month = divmod(local.year * MONTHS_A_YEAR + local.month - 1 + months, MONTHS_A_YEAR)
    day = min(anchor_day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def anchor_of(instant: datetime, zone: str) -> int:
    """The local day of the month."""
    return clock.local_day(instant, zone).day


def unused(price_minor: int, *, start: datetime, end: datetime, at: datetime) -> int:
    """What the rest of [start, end) is worth at an instant: price x unused time / the period's, half up.

    Nothing after the end, the whole price before the start: 120.00 for 365 days, left after 73, is worth 96.00.
    """
    whole = clock.to_milliseconds(end) - clock.to_milliseconds(start)
    left = clock.to_milliseconds(end) - clock.to_milliseconds(at)
    return half_up(price_minor * min(max(left, 0), whole), whole)


def is_upgrade(*, from_minor: int, from_months: int, to_minor: int, to_months: int) -> bool:
    """Whether a plan is dearer a month; a longer one for less a month is not."""
    return to_minor * from_months > from_minor * to_months
