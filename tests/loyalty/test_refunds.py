"""A refund takes back exactly what the order should not have earned, and brings home the points spent on it."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import orders, rewards
from loyalty.drafts import RuleDraft
from loyalty.tables import (
    ClawbackPolicy,
    LedgerEntry,
    Membership,
    Redemption,
    RedemptionState,
    RefundMethod,
    Reward,
    RuleKind,
)
from shop.tables import OrderState
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, assert_claws_within_earnings, balance, ledger_state, only, points, rows
from tests.make import loyalty as make
from tests.make import shop


def redeemed(session: Session, customer_id: int, *, order_id: int | None = None) -> Redemption:
    reward_id = only(session, Reward).id
    redemption_id = shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=reward_id))
    redemption = session.get_one(Redemption, redemption_id)
    if order_id is not None:
        shop.accepted(rewards.use(session, code=redemption.code, order_id=order_id))
    return redemption


def customer_of(session: Session, member: int) -> int:
    return session.get_one(Membership, member).customer_id


def test_refunds_of_30_and_50_of_80_claw_back_30_and_50(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session))
    order_id = make.spent(session, 80, external_id="1001")

    make.refunded(session, "1001", 30, order_id=order_id)
    make.refunded(session, "1001", 50, order_id=order_id)

    assert points(session, member) == [80, -30, -50]
    assert_adds_up(session)


def test_a_refund_told_before_its_payment_is_settled_comes_to_the_same(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member = make.member(session, make.program(session))
    shop.refund(session, "1001", ("line-1", 0, 3000))
    order_id = shop.order(session, shop.line(8000), customer="camille", external_id="1001")

    orders.settle(session, order_id, at=clock.now())
    before = ledger_state(session)
    orders.settle(session, order_id, at=clock.now())

    assert points(session, member) == [80, -30]
    assert ledger_state(session) == before


def test_below_the_minimum_the_whole_bonus_goes(session: Session, frozen_clock: FrozenClock) -> None:
    bonus = RuleDraft(kind=RuleKind.ORDER_SPEND, points=500, min_order_minor=5000)
    member = make.member(session, make.program(session, make.program_draft(make.ONE_PER_EURO, bonus)))
    order_id = make.spent(session, 60, external_id="1001")

    make.refunded(session, "1001", 20, order_id=order_id)

    assert points(session, member) == [560, -520]


def test_the_part_paid_with_points_is_not_taken_a_second_time(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session))
    order_id = shop.order(session, shop.line(8000), customer="camille", external_id="1001", points_paid_minor=4000)
    orders.settle(session, order_id, at=clock.now())

    make.refunded(session, "1001", 40, order_id=order_id)
    make.refunded(session, "1001", 40, order_id=order_id)

    assert points(session, member) == [40, -20, -20]


@pytest.mark.parametrize(
    "policy, expected, deficit",
    [
        (ClawbackPolicy.ONLY_PENDING, [100, -60, 20], 0),
        (ClawbackPolicy.WITHIN_BALANCE, [100, -60, -40, 20], 0),
        (ClawbackPolicy.UNLIMITED, [100, -60, -100, 20], 40),
    ],
)
def test_spent_points_of_a_refunded_order_by_policy_and_the_next_points_repay(
    session: Session, frozen_clock: FrozenClock, policy: ClawbackPolicy, expected: list[int], deficit: int
) -> None:
    draft = make.program_draft(clawback=policy, rewards=(make.voucher(60),))
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 100, external_id="1001")
    redeemed(session, customer_of(session, member))

    make.refunded(session, "1001", 100, order_id=order_id)
    make.spent(session, 20)

    assert points(session, member) == expected
    assert balance(session, member).deficit == deficit
    assert balance(session, member).balance == max(0, sum(expected))
    assert_adds_up(session)


def test_what_cannot_be_collected_is_written_off_once(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(rewards=(make.voucher(60),))
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 100, external_id="1001")
    redeemed(session, customer_of(session, member))

    make.refunded(session, "1001", 50, order_id=order_id)
    make.spent(session, 500)
    make.refunded(session, "1001", 50, order_id=order_id)

    uncollected = [entry.uncollected for entry in rows(session, LedgerEntry)]
    assert points(session, member) == [100, -60, -40, 500, -50]
    assert [each for each in uncollected if each] == [10]
    assert_claws_within_earnings(session)


def test_pending_points_of_the_order_go_first_and_other_pending_points_stay(
    session: Session, frozen_clock: FrozenClock
) -> None:
    draft = make.program_draft(pending_days=14, clawback=ClawbackPolicy.UNLIMITED)
    member = make.member(session, make.program(session, draft))
    make.spent(session, 70)
    order_id = make.spent(session, 30, external_id="1001")

    make.refunded(session, "1001", 30, order_id=order_id)

    assert (balance(session, member).pending, balance(session, member).deficit) == (70, 0)
    assert_adds_up(session)


def test_points_that_expired_unspent_count_as_taken(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(lot_months=1, clawback=ClawbackPolicy.UNLIMITED)
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 100, external_id="1001")
    frozen_clock.advance(days=60)
    make.spent(session, 40)

    make.refunded(session, "1001", 100, order_id=order_id)

    assert points(session, member) == [100, -100, 40]
    assert balance(session, member).balance == 40


def test_points_spent_on_a_refunded_order_go_home_in_parts_without_drift(
    session: Session, frozen_clock: FrozenClock
) -> None:
    draft = make.program_draft(lot_months=12, rewards=(make.voucher(100),))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    expiry = balance(session, member).next_expiry_at
    frozen_clock.advance(days=30)
    order_id = make.spent(session, 30, external_id="1001")
    redemption = redeemed(session, customer_of(session, member), order_id=order_id)

    make.refunded(session, "1001", 10, order_id=order_id)
    make.refunded(session, "1001", 10, order_id=order_id)
    orders.settle(session, order_id, at=clock.now())
    make.refunded(session, "1001", 10, order_id=order_id)

    session.refresh(redemption)
    assert points(session, member) == [100, 30, -100, 33, -10, 33, -10, 34, -10]
    assert redemption.state is RedemptionState.RETURNED
    assert (balance(session, member).next_expiry_at, balance(session, member).next_expiry_points) == (expiry, 100)
    assert_adds_up(session)


def test_points_that_come_home_after_their_expiry_last_another_month(
    session: Session, frozen_clock: FrozenClock
) -> None:
    draft = make.program_draft(lot_months=1, rewards=(make.voucher(100),))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    order_id = make.spent(session, 30, external_id="1001")
    redeemed(session, customer_of(session, member), order_id=order_id)
    frozen_clock.advance(days=90)

    make.refunded(session, "1001", 30, order_id=order_id)

    home = balance(session, member)
    frozen_clock.advance(days=31)
    gone = balance(session, member)
    assert (home.balance, gone.balance) == (100, 0)
    assert points(session, member) == [100, 30, -100, -30, 100]
    assert_adds_up(session)


def test_points_that_come_home_too_late_are_forfeited_where_the_program_says_so(
    session: Session, frozen_clock: FrozenClock
) -> None:
    draft = replace(make.program_draft(lot_months=1, rewards=(make.voucher(100),)), returned_days=0)
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    order_id = make.spent(session, 30, external_id="1001")
    redeemed(session, customer_of(session, member), order_id=order_id)
    frozen_clock.advance(days=90)

    make.refunded(session, "1001", 15, order_id=order_id)
    make.refunded(session, "1001", 15, order_id=order_id)
    state = ledger_state(session)
    orders.settle(session, order_id, at=clock.now())

    assert points(session, member) == [100, 30, -100, -30]
    assert sum(entry.uncollected for entry in rows(session, LedgerEntry)) == 100
    assert ledger_state(session) == state
    assert_adds_up(session)


def test_in_proportion_many_small_refunds_take_no_more_than_one(session: Session) -> None:
    bonus = RuleDraft(kind=RuleKind.ORDER_SPEND, points=10, min_order_minor=5000)
    draft = replace(make.program_draft(make.ONE_PER_EURO, bonus), refund_method=RefundMethod.PROPORTIONAL)
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 80, external_id="1001")

    for euros in (30, 1, 1, 48):
        make.refunded(session, "1001", euros, order_id=order_id)

    # 90 x 30/80 = 33.75, x 31/80 = 34.875, x 32/80 = 36: the bonus goes with its share, and nothing is left at the end
    assert points(session, member) == [90, -33, -1, -2, -54]
    assert_adds_up(session)


def test_a_return_of_points_repays_a_deficit_first(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(clawback=ClawbackPolicy.UNLIMITED, rewards=(make.voucher(100),))
    member = make.member(session, make.program(session, draft))
    first = make.spent(session, 100, external_id="1001")
    second = make.spent(session, 5, external_id="1002")
    redeemed(session, customer_of(session, member), order_id=second)
    make.refunded(session, "1001", 100, order_id=first)
    owed = balance(session, member).deficit

    make.refunded(session, "1002", 5, order_id=second)

    assert owed == 95
    assert points(session, member) == [100, 5, -100, -100, 100, -5]
    assert (balance(session, member).balance, balance(session, member).deficit) == (0, 0)
    assert_adds_up(session)


def test_a_code_is_used_by_one_order_of_its_owner(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(rewards=(make.voucher(100),))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    order_id = make.spent(session, 5)
    strangers = make.spent(session, 5, customer="stranger")
    redemption = redeemed(session, customer_of(session, member))

    refused = rewards.use(session, code=redemption.code, order_id=strangers)
    used = rewards.use(session, code=redemption.code.lower().replace("-", " "), order_id=order_id)
    again = rewards.use(session, code=redemption.code, order_id=order_id)

    assert isinstance(refused, Refusal)
    assert used == again == redemption.id


def test_a_code_told_after_its_order_was_cancelled_brings_its_points_home_at_once(
    session: Session, frozen_clock: FrozenClock
) -> None:
    draft = make.program_draft(rewards=(make.voucher(40),))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 40)
    order_id = shop.order(session, customer="camille", state=OrderState.CANCELLED)

    redeemed(session, customer_of(session, member), order_id=order_id)
    before = ledger_state(session)
    orders.settle(session, order_id, at=clock.now())

    assert points(session, member) == [40, -40, 40]
    assert ledger_state(session) == before
