"""An order earns once, by the rules, multiplier and rate it had, whatever is told how often and in which order."""

import pytest
from sqlmodel import Session

from core import clock
from loyalty import lifecycle, memberships, orders, programs
from loyalty.drafts import RateDraft, RuleDraft
from loyalty.memberships import JoinDraft
from loyalty.tables import LedgerEntry, Membership, Rounding, RuleKind
from shop.tables import OrderState
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, balance, count, ledger_state, only, points
from tests.make import loyalty as make
from tests.make import shop


def test_a_paid_order_earns_whole_points_for_its_lines(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session))

    make.spent(session, 37.99)

    assert points(session, member) == [37]
    assert balance(session, member).balance == 37
    assert_adds_up(session)


def test_the_same_order_told_ten_times_earns_once(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session))
    order_id = make.spent(session, 10)
    before = ledger_state(session)

    for _ in range(10):
        orders.settle(session, order_id, at=clock.now())

    assert points(session, member) == [10]
    assert ledger_state(session) == before


@pytest.mark.parametrize("mode, expected", [(Rounding.FLOOR, 124), (Rounding.HALF_UP, 125), (Rounding.CEIL, 125)])
def test_a_tier_of_one_and_a_quarter_earns_on_99_99_by_rounding_mode(
    session: Session, frozen_clock: FrozenClock, mode: Rounding, expected: int
) -> None:
    draft = make.program_draft(rounding=mode, tiers=(make.tier("Elite Plus", 0, multiplier=12_500),))
    member = make.member(session, make.program(session, draft))

    make.spent(session, 99.99)

    assert points(session, member) == [expected]


def test_rules_add_up_exactly_before_the_one_rounding(session: Session, frozen_clock: FrozenClock) -> None:
    half = RuleDraft(kind=RuleKind.ORDER_SPEND, points=1, per_minor=200)
    member = make.member(session, make.program(session, make.program_draft(half, half)))

    make.spent(session, 33)

    entry = only(session, LedgerEntry)
    assert points(session, member) == [33]
    assert sorted(part["points"] for part in entry.breakdown) == [16, 17]


def test_a_fixed_number_an_order_is_not_multiplied(session: Session, frozen_clock: FrozenClock) -> None:
    bonus = RuleDraft(kind=RuleKind.ORDER_SPEND, points=50, min_order_minor=3000)
    draft = make.program_draft(make.ONE_PER_EURO, bonus, tiers=(make.tier("Gold", 0, multiplier=20_000),))
    member = make.member(session, make.program(session, draft))

    make.spent(session, 29.99)
    make.spent(session, 30)

    assert points(session, member) == [59, 110]


def test_what_is_paid_with_points_and_for_shipping_earns_nothing(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session))

    order_id = shop.order(session, shop.line(10_000), customer="camille", shipping_minor=900, points_paid_minor=2500)
    orders.settle(session, order_id, at=clock.now())

    assert points(session, member) == [75]


def test_an_order_in_another_currency_earns_by_the_programs_rate(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(rates=(RateDraft(currency="USD", micros=900_000),))
    member = make.member(session, make.program(session, draft))

    dollars = shop.order(session, shop.line(10_000), customer="camille", currency="USD")
    pounds = shop.order(session, shop.line(10_000), customer="camille", currency="GBP")
    for order_id in (dollars, pounds):
        orders.settle(session, order_id, at=clock.now())

    assert points(session, member) == [90]
    assert only(session, LedgerEntry).rate_micros == 900_000


def test_a_larger_version_earns_the_difference_and_a_smaller_one_gives_it_back(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member = make.member(session, make.program(session))
    for euros in (80, 100, 30):
        frozen_clock.advance(minutes=1)
        make.spent(session, euros, external_id="1001")

    assert points(session, member) == [80, 20, -70]
    assert_adds_up(session)


def test_a_later_version_counts_by_the_rules_that_the_order_had(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)
    member = make.member(session, program_id)
    make.spent(session, 80, external_id="1001")
    frozen_clock.advance(days=1)
    twice = RuleDraft(kind=RuleKind.ORDER_SPEND, points=2, per_minor=100)
    shop.accepted(programs.change_rule(session, make.rule(session, program_id).id, twice))

    make.spent(session, 90, external_id="1001")
    make.spent(session, 10, external_id="1002")

    assert points(session, member) == [80, 10, 20]


def test_a_cancelled_order_gives_everything_back_and_may_be_paid_again(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member = make.member(session, make.program(session))
    make.spent(session, 80, external_id="1001")
    frozen_clock.advance(minutes=1)

    order_id = shop.order(session, shop.line(8000), customer="camille", external_id="1001", state=OrderState.CANCELLED)
    orders.settle(session, order_id, at=clock.now())
    orders.settle(session, order_id, at=clock.now())
    frozen_clock.advance(minutes=1)
    make.spent(session, 80, external_id="1001")

    assert points(session, member) == [80, -80, 80]


def test_only_members_of_that_time_earn_and_only_paid_orders_do(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)
    early = shop.order(session, shop.line(8000), customer="camille")
    told_at = clock.now()
    frozen_clock.advance(days=1)
    member = make.member(session, program_id)
    unpaid = shop.order(session, shop.line(8000), customer="camille", state=OrderState.PENDING)

    orders.settle(session, early, at=told_at)
    orders.settle(session, unpaid, at=clock.now())

    assert count(session, LedgerEntry) == 0
    assert session.get_one(Membership, member).balance == 0


def test_an_ended_program_earns_nothing_more(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)
    member = make.member(session, program_id)
    make.spent(session, 10)

    shop.accepted(lifecycle.end(session, program_id))
    make.spent(session, 10)

    assert points(session, member) == [10]


def test_a_customer_earns_in_each_of_their_programs(session: Session, frozen_clock: FrozenClock) -> None:
    first = make.member(session, make.program(session))
    second_program = make.program(session, make.program_draft(rounding=Rounding.CEIL))
    customer_id = session.get_one(Membership, first).customer_id
    second = shop.accepted(memberships.join(session, JoinDraft(second_program, customer_id, "1", "TEST")))

    make.spent(session, 9.5)

    assert points(session, first) == [9]
    assert points(session, second) == [10]


def test_pending_points_are_shown_apart_until_they_are_due(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session, make.program_draft(pending_days=14)))
    make.spent(session, 20)

    waiting = balance(session, member)
    frozen_clock.advance(days=14)
    due = balance(session, member)

    assert (waiting.balance, waiting.pending) == (0, 20)
    assert (due.balance, due.pending) == (20, 0)
