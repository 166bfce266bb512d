"""Which days count and when terms end, for any program; and which settings of tiers are refused."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from core.refusal import Refusal
from loyalty import programs
from loyalty.drafts import ProgramDraft, TierDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Program, TierBasis, TierTerm, TierWindow
from loyalty.tier_calendar import TierCalendar
from tests.conftest import FrozenClock
from tests.loyalty.sums import count
from tests.make import loyalty as make


def club(*tiers: TierDraft, **settings: object) -> ProgramDraft:
    return replace(make.program_draft(zone="UTC", tiers=tiers), **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change, code, field",
    [
        ({"tier_term": TierTerm.PERIOD_END}, LoyaltyRefusal.TERM_WITHOUT_YEAR, ("tierTerm",)),
        ({"tier_or_basis": TierBasis.POINTS}, LoyaltyRefusal.UNUSED_FIELD, ("tierOrBasis",)),
        ({"tier_warning_days": (0,)}, LoyaltyRefusal.OUT_OF_RANGE, ("tierWarningDays", "0")),
        ({"tier_warning_days": (1,) * 6}, LoyaltyRefusal.TOO_MANY, ("tierWarningDays",)),
        ({"tier_term_month": 13}, LoyaltyRefusal.OUT_OF_RANGE, ("tierTermMonth",)),
    ],
)
def test_terms_that_cannot_be_kept_are_refused(
    session: Session,
    frozen_clock: FrozenClock,
    change: dict[str, object],
    code: LoyaltyRefusal,
    field: tuple[str, ...],
) -> None:
    refused = programs.create(session, club(make.tier("Gold", 100), **change))

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field, count(session, Program)) == (code, field, 0)


@pytest.mark.parametrize(
    "tiers, code, field",
    [
        ([{"or_threshold": 5}], LoyaltyRefusal.UNUSED_FIELD, ("tiers", "0", "orThreshold")),
        ([{"benefits": ("free shipping",)}], LoyaltyRefusal.INVALID_CODE, ("tiers", "0", "benefits", "0")),
        ([{"benefits": ("A",) * 21}], LoyaltyRefusal.TOO_MANY, ("tiers", "0", "benefits")),
        ([{"early_access_minutes": -1}], LoyaltyRefusal.OUT_OF_RANGE, ("tiers", "0", "earlyAccessMinutes")),
    ],
)
def test_a_tier_that_cannot_be_is_refused(
    session: Session,
    frozen_clock: FrozenClock,
    tiers: list[dict[str, object]],
    code: LoyaltyRefusal,
    field: tuple[str, ...],
) -> None:
    drafts = [replace(make.tier("Gold", 100), **tier) for tier in tiers]  # type: ignore[arg-type]

    refused = programs.create(session, club(*drafts))

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field, count(session, Program)) == (code, field, 0)


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> TierCalendar:
    months = draw(st.integers(1, 24))
    program = SimpleNamespace(
        tier_window=draw(st.sampled_from(TierWindow)),
        tier_window_months=months,
        tier_term=draw(st.sampled_from(TierTerm)),
        tier_term_months=months,
        tier_term_years=draw(st.integers(0, 3)),
        tier_term_month=draw(st.integers(1, 12)),
        tier_term_day=draw(st.integers(1, 31)),
    )
    return TierCalendar(cast("Program", program), draw(DAYS))


@settings(max_examples=40)
@given(calendar=calendars(), on=DAYS)
def test_windows_hold_the_day_and_terms_end_after_it(calendar: TierCalendar, on: date) -> None:
    on = max(on, calendar.joined)

    first, end, deciding = calendar.first_counted(on), calendar.term_end(on), calendar.deciding_days(on)

    assert calendar.joined <= first <= on < end
    assert calendar.last_day(end) >= on
    # each earlier year that is looked at still reaches into the day
    assert deciding[0] == on
    assert all(calendar.term_end(each) > on for each in deciding)
    assert deciding == sorted(set(deciding), reverse=True)
