"""The demo's dates: whole days back from the loading, so that the shop never ages."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clock


def days_back(days: int, at: time, zone: str) -> datetime:
    """The instant of `at` on the clock of `zone`, whole days before its present day."""
    here = ZoneInfo(zone)
    day = clock.now().astimezone(here).date() - timedelta(days=days)
    return datetime.combine(day, at, here)


def morning_after(instant: datetime, morning: time, zone: str) -> datetime:
    """The next day's `morning` on the clock of `zone`."""
    here = ZoneInfo(zone)
    return datetime.combine(instant.astimezone(here).date() + timedelta(days=1), morning, here)
