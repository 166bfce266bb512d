"""Local days and months of a program. What begins or ends with them is said where it is decided."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clock

_DAY = timedelta(days=1)


def local_date(instant: datetime, zone: str) -> date:
    """The calendar day that `instant` falls on in `zone`."""
    return clock.local_day(instant, zone).date()


def start_of(day: date, zone: str) -> datetime:
    """00:00 of a local day, as an instant."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def noon_of(day: date, zone: str) -> datetime:
    """12:00 of a local day, as an instant: for sentences that name the day."""
    return datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, else that month's last: 31 January and one month is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_after(instant: datetime, months: int, zone: str) -> datetime:
    """00:00 after the local day that lies `months` after `instant`'s; 0 months: the end of the same day."""
    return start_of(add_months(local_date(instant, zone), months) + _DAY, zone)


def first_counted(day: date, months: int) -> date:
    """The earliest day d for which `day` lies in [d, d + months): where a rolling window that ends on `day` begins."""
    first = add_months(day, -months)
    while add_months(first, months) <= day:
        first += _DAY
    while add_months(first - _DAY, months) > day:
        first -= _DAY
    return first


def add_days(day: date, days: int) -> date:
    """The day that many days later."""
    return day + days * _DAY
