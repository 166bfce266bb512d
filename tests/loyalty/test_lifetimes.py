"""How long points last: days, months, rounded up, to dates of the year; the earlier ends them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import lifetimes, programs
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Program, RoundUp
from tests.conftest import FrozenClock
from tests.loyalty.sums import balance
from tests.make import loyalty as make

NAMED = {"lot_round_up": RoundUp.NAMED_MONTH}


def program(**settings: Any) -> Program:  # noqa: ANN401 - fields of the table
    return Program(**{"lot_months": None, "expiry_dates": [], **settings})


@pytest.mark.parametrize(
    "settings, earned, last",
    [
        ({}, date(2026, 1, 31), None),
        ({"lot_days": 0}, date(2026, 1, 31), date(2026, 1, 31)),
        ({"lot_days": 30}, date(2026, 1, 31), date(2026, 3, 2)),
        ({"lot_months": 1}, date(2026, 1, 31), date(2026, 2, 28)),
        ({"lot_months": 12}, date(2028, 2, 29), date(2029, 2, 28)),
        ({"lot_months": 1, "lot_round_up": RoundUp.MONTH}, date(2026, 1, 3), date(2026, 2, 28)),
        ({"lot_months": 1, "lot_round_up": RoundUp.QUARTER}, date(2026, 3, 31), date(2026, 6, 30)),
        ({"lot_months": 1, "lot_round_up": RoundUp.HALF_YEAR}, date(2026, 6, 1), date(2026, 12, 31)),
        ({"lot_months": 12, "lot_round_up": RoundUp.YEAR}, date(2026, 1, 1), date(2027, 12, 31)),
        ({"lot_days": 1, **NAMED, "lot_round_up_month": 2}, date(2027, 3, 1), date(2028, 2, 29)),
        ({"lot_days": 1, **NAMED, "lot_round_up_month": 3}, date(2027, 3, 1), date(2027, 3, 31)),
        ({"expiry_dates": ["06-30", "12-31"]}, date(2026, 6, 29), date(2026, 6, 30)),
        # on the date itself: the next one
        ({"expiry_dates": ["06-30", "12-31"]}, date(2026, 6, 30), date(2026, 12, 31)),
        ({"expiry_dates": ["02-29"]}, date(2026, 3, 1), date(2027, 2, 28)),
        # the earlier of a life and a date
        ({"expiry_dates": ["12-31"], "lot_days": 10}, date(2026, 12, 1), date(2026, 12, 11)),
        ({"expiry_dates": ["12-31"], "lot_days": 10}, date(2026, 12, 25), date(2026, 12, 31)),
    ],
)
def test_the_last_day(settings: dict[str, object], earned: date, last: date | None) -> None:
    assert lifetimes.last_day(program(**settings), earned) == last


@settings(max_examples=40, deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(0, 800),
    st.sampled_from(list(RoundUp)),
    st.integers(1, 12),
)
def test_rounding_up_never_shortens_and_ends_a_month_within_a_year(
    day: date, days: int, to: RoundUp, month: int
) -> None:
    plain = lifetimes.last_day(program(lot_days=days), day)
    rounded = lifetimes.last_day(program(lot_days=days, lot_round_up=to, lot_round_up_month=month), day)

    assert plain is not None
    assert rounded is not None
    assert 0 <= (rounded - plain).days <= 366
    assert date.fromordinal(rounded.toordinal() + 1).day == 1


def test_points_end_at_midnight_of_the_program_after_the_date(session: Session, frozen_clock: FrozenClock) -> None:
    # noon of 30 June in Paris, where summer time holds; the year's end has none
    frozen_clock.move_to(datetime(2026, 6, 30, 10, tzinfo=UTC))
    draft = replace(make.program_draft(zone="Europe/Paris"), expiry_dates=("06-30", "12-31"))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 10)

    ends = balance(session, member).next_expiry_at
    assert ends is not None
    assert clock.from_milliseconds(ends) == datetime(2026, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "changed, refusal",
    [
        ({"lot_days": 3, "lot_months": 1}, Refusal(LoyaltyRefusal.UNUSED_FIELD, ("lotDays",))),
        ({"lot_round_up": RoundUp.YEAR}, Refusal(LoyaltyRefusal.UNUSED_FIELD, ("lotRoundUp",))),
        (
            {"lot_days": 3, "lot_round_up": RoundUp.NAMED_MONTH},
            Refusal(LoyaltyRefusal.REQUIRED, ("lotRoundUpMonth",)),
        ),
        ({"lot_round_up_month": 3}, Refusal(LoyaltyRefusal.UNUSED_FIELD, ("lotRoundUpMonth",))),
        ({"expiry_dates": ("06-31",)}, Refusal(LoyaltyRefusal.INVALID_DAY, ("expiryDates", "0"))),
        ({"expiry_dates": ("6-1",)}, Refusal(LoyaltyRefusal.INVALID_DAY, ("expiryDates", "0"))),
        ({"expiry_dates": ("06-30",) * 21}, Refusal(LoyaltyRefusal.TOO_MANY, ("expiryDates",), {"maximum": 20})),
    ],
)
def test_lives_that_make_no_sense_are_refused(session: Session, changed: dict[str, object], refusal: Refusal) -> None:
    assert programs.create(session, replace(make.program_draft(), **changed)) == refusal  # type: ignore[arg-type]
