"""An advocate's share of a friend's purchases is exact over all of them, and goes back with every return."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from core.db import Database
from core.refusal import Refusal
from loyalty import referral_clicks, referrals
from loyalty.drafts import RuleDraft
from loyalty.queries import referrals as queries
from loyalty.referrals import Link
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Attribution, Referral, ReferralClick, ReferralStage, RuleKind
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, count, only, points
from tests.make import loyalty as make
from tests.make import shop
from tests.make.referrals import Pair

# half a percent, in a program whose point is worth one minor unit, for an advocate who never buys anything
HALF_A_PERCENT = 50
ONE_POINT = RuleDraft(kind=RuleKind.REFERRAL, points=1, friend_points=0)


def test_half_a_percent_of_everything_without_end(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, rule=ONE_POINT, share_points=HALF_A_PERCENT)
    shop.accepted(pair.accept())

    make.spent(session, 100, customer="ben")
    frozen_clock.advance(days=3000)
    # 0.995 and 0.995: what the first leaves over is in the second
    make.spent(session, 1.99, customer="ben")
    make.spent(session, 1.99, customer="ben")

    assert points(session, pair.ana) == [1, 50, 1]
    assert queries.earned_by(session, [pair.ana]) == {pair.ana: 52}
    page = queries.earnings_page(session, pair.ana, first=10, after=None)
    assert [entry.explanation for entry in page.items] == ["REFERRAL_SHARE", "REFERRAL_SHARE", "REFERRAL_ADVOCATE"]
    assert_adds_up(session)


def test_a_share_ends_after_its_months(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, rule=ONE_POINT, share_points=HALF_A_PERCENT, share_months=12)
    shop.accepted(pair.accept())
    make.spent(session, 100, customer="ben")

    frozen_clock.advance(days=366)
    make.spent(session, 100, customer="ben")

    assert points(session, pair.ana) == [1, 50]


def test_what_the_friend_buys_in_the_hold_is_shared_after_it(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, rule=ONE_POINT, share_points=HALF_A_PERCENT, hold_days=14)
    shop.accepted(pair.accept())
    make.spent(session, 100, customer="ben")
    make.spent(session, 100, customer="ben")
    held = points(session, pair.ana)

    frozen_clock.advance(days=20)
    pair.night()

    assert held == []
    assert points(session, pair.ana) == [1, 100]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 50_000), st.integers(0, 50_000)), min_size=1, max_size=5), st.integers(1, 999))
def test_the_share_is_the_whole_part_of_the_sum_whatever_comes_back(
    database: Database, bought: list[tuple[int, int]], share: int
) -> None:
    def story(session: Session) -> Refusal:
        pair = Pair(session, rule=ONE_POINT, share_points=share)
        referral_id = shop.accepted(pair.accept())
        # a first order that stays, so that the referral does
        kept = [10_000]
        make.spent(session, 100, customer="ben")
        for number, (minor, returned) in enumerate(bought):
            order_id = make.spent(session, minor / 100, customer="ben", external_id=str(number))
            kept.append(minor - min(minor, returned))
            if returned:
                make.refunded(session, str(number), min(minor, returned) / 100, order_id=order_id)
        assert pair.stage(referral_id) is ReferralStage.REWARDED
        assert sum(points(session, pair.ana)) == 1 + sum(kept) * share // 10_000
        assert_adds_up(session)
        # so that nothing stays for the next example
        return Refusal(LoyaltyRefusal.CONFLICT)

    database.writing(story)


def test_the_first_or_the_last_link_counts_within_its_window(session: Session, frozen_clock: FrozenClock) -> None:
    found = []
    for attribution in Attribution:
        pair = Pair(session, attribution=attribution, window_days=30)
        other = pair.member("other")
        codes = [pair.code, pair.code_of(other)]
        for code in codes:
            assert referral_clicks.record(session, code=code, visitor="v-1") is True
            frozen_clock.advance(days=1)
        referral_id = shop.accepted(
            referrals.accept(session, customer_id=pair.customer(pair.ben), link=Link("v-1", pair.program_id))
        )
        found.append((attribution, pair.referral(referral_id).advocate_id == pair.ana))

    assert found == [(Attribution.FIRST_CLICK, True), (Attribution.LAST_CLICK, False)]


def late(pair: Pair, clock: FrozenClock) -> int | Refusal:
    clock.advance(days=31)
    return referrals.accept(pair.session, customer_id=pair.customer(pair.ben), link=Link("v-1", pair.program_id))


def stranger(pair: Pair, _clock: FrozenClock) -> int | Refusal:
    return referrals.accept(pair.session, customer_id=pair.customer(pair.ben), link=Link("v-2", pair.program_id))


@pytest.mark.parametrize("attempt", [late, stranger])
def test_a_link_that_was_not_followed_in_time_tells_nothing(
    session: Session, frozen_clock: FrozenClock, attempt: Callable[[Pair, FrozenClock], int | Refusal]
) -> None:
    pair = Pair(session)
    referral_clicks.record(session, code=pair.code, visitor="v-1")

    assert attempt(pair, frozen_clock) == Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("visitor",))
    assert count(session, Referral) == 0


def test_a_code_beats_a_link_and_unknown_links_leave_nothing(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session)
    other = pair.member("other")
    referral_clicks.record(session, code=pair.code_of(other), visitor="v-1")
    unknown = referral_clicks.record(session, code="2222-2222-2222", visitor="v-1")
    blank = referral_clicks.record(session, code=pair.code, visitor=" ")

    shop.accepted(
        referrals.accept(
            session, customer_id=pair.customer(pair.ben), code=pair.code, link=Link("v-1", pair.program_id)
        )
    )

    assert unknown is True
    assert blank == Refusal(LoyaltyRefusal.REQUIRED, ("visitor",))
    assert count(session, ReferralClick) == 1
    assert only(session, Referral).advocate_id == pair.ana
    frozen_clock.advance(days=366)
    assert referral_clicks.forget_old(session) == 1
