"""Periods end where people expect them, and what is left of one is worth its exact share."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock
from loyalty import proration

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_120_for_365_days_left_after_73_is_worth_96() -> None:
    end = START + timedelta(days=365)

    assert proration.unused(12_000, start=START, end=end, at=START + timedelta(days=73)) == 9_600
    assert proration.unused(12_000, start=START, end=end, at=end + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    "start, months, anchor, zone, expected",
    [
        ("2026-01-31T10:00Z", 1, 31, "UTC", "2026-02-28T10:00Z"),
        ("2026-02-28T10:00Z", 1, 31, "UTC", "2026-03-31T10:00Z"),
        ("2028-02-29T10:00Z", 12, 29, "UTC", "2029-02-28T10:00Z"),
        # the same hour in Paris, on the other side of the change to summer time
        ("2026-03-10T09:00Z", 1, 10, "Europe/Paris", "2026-04-10T08:00Z"),
        ("2026-12-31T23:30Z", 1, 1, "Europe/Paris", "2027-01-31T23:30Z"),
    ],
)
def test_a_period_ends_on_its_day_of_the_month(start: str, months: int, anchor: int, zone: str, expected: str) -> None:
    end = proration.period_end(datetime.fromisoformat(start), months, anchor_day=anchor, zone=zone)

    assert end == datetime.fromisoformat(expected)


@settings(max_examples=40)
@given(
    price=st.integers(0, 10**12),
    whole=st.integers(1, 10**11),
    parts=st.lists(st.integers(0, 10**11), min_size=2, max_size=2),
)
def test_the_rest_never_grows_and_used_and_unused_make_the_price(price: int, whole: int, parts: list[int]) -> None:
    end = clock.from_milliseconds(whole)
    first, then = (clock.from_milliseconds(part % (whole + 1)) for part in sorted(part % (whole + 1) for part in parts))
    start = clock.from_milliseconds(0)

    left, later = (proration.unused(price, start=start, end=end, at=at) for at in (first, then))
    used = proration.unused(price, start=start, end=end, at=start + (end - first))

    assert 0 <= later <= left <= price
    # two halves may both have been rounded up
    assert left + used in (price, price + 1)


@settings(max_examples=40)
@given(
    days=st.integers(0, 20_000), anchor=st.integers(1, 31), months=st.lists(st.integers(1, 36), min_size=2, max_size=4)
)
def test_periods_one_after_the_other_end_where_one_long_one_does(days: int, anchor: int, months: list[int]) -> None:
    start = proration.period_end(START + timedelta(days=days), 1, anchor_day=anchor, zone="Europe/Paris")
    end = start
    for each in months:
        end = proration.period_end(end, each, anchor_day=anchor, zone="Europe/Paris")

    assert end == proration.period_end(start, sum(months), anchor_day=anchor, zone="Europe/Paris")
