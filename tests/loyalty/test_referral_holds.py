"""Nobody is rewarded before the hold is over; what comes back in it, and after it, takes everything with it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import Session, col, select

from core import clock
from core.db import Database
from core.refusal import Refusal
from loyalty import orders, referral_nightly, referral_terms, referrals
from loyalty.referral_signals import SignalName
from loyalty.referral_stages import MOVES
from loyalty.referral_terms import TermsDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import (
    OVER,
    Referral,
    ReferralDecision,
    ReferralRejection,
    ReferralStage,
    ReferralState,
    ReferralTerms,
)
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, count, ledger_state, only, points
from tests.make import loyalty as make
from tests.make import shop
from tests.make.referrals import Pair

_S = ReferralStage


def test_both_are_rewarded_when_the_hold_is_over_and_once(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, hold_days=14)
    referral_id = shop.accepted(pair.accept())
    make.spent(session, 30, customer="ben")
    held, before = pair.stage(referral_id), points(session, pair.ana)

    frozen_clock.advance(days=14)
    pair.night()
    still = pair.stage(referral_id)
    frozen_clock.advance(days=1)
    pair.night()
    pair.night()

    assert (held, before, still) == (_S.PENDING, [], _S.PENDING)
    assert pair.stage(referral_id) is _S.REWARDED
    assert (points(session, pair.ana), points(session, pair.ben)) == ([100], [40])
    assert_adds_up(session)


def test_an_order_that_comes_back_in_the_hold_rejects(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, hold_days=14, friend_at_once=True)
    referral_id = shop.accepted(pair.accept())
    order_id = make.spent(session, 30, customer="ben", external_id="1")
    at_once = points(session, pair.ben)

    make.refunded(session, "1", 20, order_id=order_id)
    frozen_clock.advance(days=20)
    pair.night()

    referral = pair.referral(referral_id)
    assert at_once == [40]
    assert (referral.stage, referral.rejection) == (_S.REJECTED, ReferralRejection.ORDER_RETURNED)
    assert (points(session, pair.ana), points(session, pair.ben)) == ([], [40, -40])
    assert_adds_up(session)


def test_a_return_that_nobody_told_of_yet_is_seen_at_the_end_of_the_hold(
    session: Session, frozen_clock: FrozenClock
) -> None:
    pair = Pair(session, hold_days=14)
    referral_id = shop.accepted(pair.accept())
    make.spent(session, 30, customer="ben", external_id="1")
    shop.refund(session, "1", ("line-1", 0, 2500))

    frozen_clock.advance(days=20)
    pair.night()

    assert pair.stage(referral_id) is _S.REJECTED
    assert points(session, pair.ana) == []


def test_the_second_order_may_be_the_one_that_counts(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, qualifying_order=2)
    referral_id = shop.accepted(pair.accept())
    first = make.spent(session, 30, customer="ben")
    pair.resettle(first)
    after_one = pair.stage(referral_id)

    second = make.spent(session, 25, customer="ben")

    assert after_one is _S.ATTRIBUTED
    assert (pair.stage(referral_id), pair.referral(referral_id).order_id) == (_S.REWARDED, second)


def test_an_order_that_does_not_come_in_time_brings_nobody(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, order_days=10)
    referral_id = shop.accepted(pair.accept())

    frozen_clock.advance(days=10)
    make.spent(session, 30, customer="ben")
    pair.night()

    assert pair.stage(referral_id) is _S.EXPIRED
    assert pair.referral(referral_id).state is ReferralState.REJECTED
    assert points(session, pair.ana) == []


@pytest.mark.parametrize(
    "terms, rejection",
    [
        ({"period_limit": 1}, ReferralRejection.LIMIT_REACHED),
        ({"budget_points": 250}, ReferralRejection.BUDGET_SPENT),
    ],
)
def test_limits_and_budget_hold(
    session: Session, frozen_clock: FrozenClock, terms: dict[str, Any], rejection: ReferralRejection
) -> None:
    pair = Pair(session, **terms)
    shop.accepted(pair.accept())
    late = pair.member("cleo")
    second = shop.accepted(pair.accept(member=late))

    make.spent(session, 30, customer="ben")
    make.spent(session, 30, customer="cleo")

    assert (pair.referral(second).stage, pair.referral(second).rejection) == (_S.REJECTED, rejection)
    assert points(session, pair.ana) == [100]
    assert points(session, late) == []


def test_a_period_that_has_passed_has_room_again(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, period_limit=1, period_days=30)
    shop.accepted(pair.accept())
    make.spent(session, 30, customer="ben")

    frozen_clock.advance(days=31)
    late = pair.member("cleo")
    shop.accepted(pair.accept(member=late))
    make.spent(session, 30, customer="cleo")

    assert points(session, pair.ana) == [100, 100]


def test_every_move_is_noted_and_stands_in_the_table(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session)
    referral_id = shop.accepted(pair.accept())
    make.spent(session, 30, customer="ben")

    moves = [
        (row.former, row.stage, row.actor_id)
        for row in session.exec(select(ReferralDecision).order_by(col(ReferralDecision.id)))
    ]

    assert moves == [
        (_S.ATTRIBUTED, _S.PENDING, None),
        (_S.PENDING, _S.APPROVED, None),
        (_S.APPROVED, _S.REWARDED, None),
    ]
    assert pair.referral(referral_id).version == 4
    assert set(MOVES) == set(ReferralStage)
    assert {_S.REJECTED, _S.EXPIRED, _S.REVERSED} == OVER


@pytest.mark.parametrize(
    "draft, path",
    [
        (TermsDraft(hold_days=-1), "holdDays"),
        (TermsDraft(qualifying_order=0), "qualifyingOrder"),
        (TermsDraft(review_from=90, block_from=80), "reviewFrom"),
        (TermsDraft(weights={SignalName.SAME_IP: 80}), "weights"),
        (TermsDraft(weights={SignalName.SAME_DEVICE: 101}), "weights"),
        (TermsDraft(review_from=20, block_from=25), "blockFrom"),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(
    session: Session, frozen_clock: FrozenClock, draft: TermsDraft, path: str
) -> None:
    program_id = make.program(session)

    refused = referral_terms.change(session, program_id, draft)

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (LoyaltyRefusal.OUT_OF_RANGE, (path,))
    assert count(session, ReferralTerms) == 0


def test_a_return_and_the_end_of_the_hold_at_once_leave_no_reward(
    database: Database, frozen_clock: FrozenClock
) -> None:
    def begin(session: Session) -> tuple[int, int]:
        pair = Pair(session, hold_days=1)
        shop.accepted(pair.accept())
        return make.spent(session, 30, customer="ben", external_id="1"), only(session, Referral).id

    order_id, referral_id = database.writing(begin)
    frozen_clock.advance(days=5)
    at = clock.now()
    database.writing(lambda session: shop.refund(session, "1", ("line-1", 0, 2500)))

    steps = [
        lambda session: referral_nightly.run(session, referral_id),
        lambda session: orders.settle(session, order_id, at=at),
    ]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(database.writing, steps))

    with database.reading() as session:
        assert only(session, Referral).stage is _S.REJECTED
        assert sum(points(session, only(session, Referral).advocate_id)) == 0


def test_two_claims_at_once_make_one_referral(database: Database, frozen_clock: FrozenClock) -> None:
    pair_of: list[tuple[int, str]] = []

    def begin(session: Session) -> None:
        pair = Pair(session)
        pair_of.append((pair.customer(pair.ben), pair.code))

    database.writing(begin)
    customer_id, code = pair_of[-1]

    def claim(_: int) -> int | Refusal:
        return database.writing(lambda session: referrals.accept(session, customer_id=customer_id, code=code))

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(claim, range(4)))

    with database.reading() as session:
        assert set(outcomes) == {only(session, Referral).id}


def test_running_the_same_again_changes_nothing(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, share_points=50)
    shop.accepted(pair.accept())
    order_id = make.spent(session, 123.45, customer="ben")
    before, moves = ledger_state(session), count(session, ReferralDecision)

    pair.resettle(order_id)
    pair.night()

    assert ledger_state(session) == before
    assert count(session, ReferralDecision) == moves
