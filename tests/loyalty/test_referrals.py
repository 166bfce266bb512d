"""A friend's first paid order rewards both sides once; shoppers who may not refer learn nothing of anybody."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import lifecycle, orders, referrals
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import LedgerEntry, Membership, Referral, ReferralRejection, ReferralState
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, count, ledger_state, only, points
from tests.make import loyalty as make
from tests.make import shop


class Pair:
    """A member with a code, and a friend who has joined and not ordered."""

    def __init__(self, session: Session, *, limit: int | None = None) -> None:
        self.session = session
        rule = replace(make.A_FRIEND, member_limit=limit)
        self.program_id = make.program(session, make.program_draft(make.ONE_PER_EURO, rule))
        self.advocate = make.member(session, self.program_id, "advocate")
        self.friend = make.member(session, self.program_id, "friend")
        self.code = shop.accepted(
            referrals.create_code(session, customer_id=self.customer(self.advocate), program_id=self.program_id)
        )

    def customer(self, member: int) -> int:
        return self.session.get_one(Membership, member).customer_id

    def accept(self, *, member: int | None = None, code: str | None = None) -> int | Refusal:
        customer_id = self.customer(member or self.friend)
        return referrals.accept(self.session, customer_id=customer_id, code=code or self.code)


def test_the_first_paid_order_rewards_both_sides_once(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session)
    shop.accepted(pair.accept())

    order_id = make.spent(session, 30, customer="friend")
    orders.settle(session, order_id, at=clock.now())
    make.spent(session, 30, customer="friend")

    assert points(session, pair.advocate) == [100]
    assert points(session, pair.friend) == [30, 40, 30]
    assert only(session, Referral).state is ReferralState.COMPLETED
    assert_adds_up(session)


def test_an_order_that_comes_back_takes_both_rewards_with_it(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session)
    shop.accepted(pair.accept())
    order_id = make.spent(session, 30, customer="friend", external_id="1001")

    make.refunded(session, "1001", 5, order_id=order_id)
    still = only(session, Referral).state
    make.refunded(session, "1001", 10, order_id=order_id)
    before = ledger_state(session)
    orders.settle(session, order_id, at=clock.now())

    session.expire_all()
    referral = only(session, Referral)
    assert still is ReferralState.COMPLETED
    assert (referral.state, referral.rejection) == (ReferralState.REJECTED, ReferralRejection.ORDER_RETURNED)
    assert points(session, pair.advocate) == [100, -100]
    assert points(session, pair.friend) == [30, 40, -5, -10, -40]
    assert ledger_state(session) == before
    assert_adds_up(session)


def test_a_first_order_below_the_minimum_brings_nobody(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session)
    shop.accepted(pair.accept())

    make.spent(session, 19.99, customer="friend")
    make.spent(session, 100, customer="friend")

    session.expire_all()
    assert only(session, Referral).rejection is ReferralRejection.ORDER_TOO_SMALL
    assert points(session, pair.advocate) == []


def test_a_code_is_drawn_once_and_read_however_it_is_typed(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session)

    again = referrals.create_code(session, customer_id=pair.customer(pair.advocate), program_id=pair.program_id)
    first = pair.accept(code=pair.code.lower().replace("-", ""))
    second = pair.accept()

    assert again == pair.code
    assert first == second
    assert count(session, Referral) == 1


def own_code(pair: Pair) -> int | Refusal:
    return pair.accept(member=pair.advocate)


def unknown_code(pair: Pair) -> int | Refusal:
    return pair.accept(code="2222-2222-2222")


def friend_has_ordered(pair: Pair) -> int | Refusal:
    make.spent(pair.session, 30, customer="friend")
    return pair.accept()


def friend_has_another_advocate(pair: Pair) -> int | Refusal:
    make.member(pair.session, pair.program_id, "other")
    other = shop.customer(pair.session, "other")
    code = shop.accepted(referrals.create_code(pair.session, customer_id=other, program_id=pair.program_id))
    shop.accepted(pair.accept(code=code))
    return pair.accept()


def friends_friend_is_the_advocate(pair: Pair) -> int | Refusal:
    code = shop.accepted(
        referrals.create_code(pair.session, customer_id=pair.customer(pair.friend), program_id=pair.program_id)
    )
    shop.accepted(pair.accept(member=pair.advocate, code=code))
    return pair.accept()


def program_has_ended(pair: Pair) -> int | Refusal:
    shop.accepted(lifecycle.end(pair.session, pair.program_id))
    pair.session.expire_all()
    return pair.accept()


@pytest.mark.parametrize(
    "attempt, code",
    [
        (own_code, LoyaltyRefusal.NOT_ELIGIBLE),
        (unknown_code, LoyaltyRefusal.NOT_ELIGIBLE),
        (friend_has_ordered, LoyaltyRefusal.NOT_ELIGIBLE),
        (friend_has_another_advocate, LoyaltyRefusal.NOT_ELIGIBLE),
        (friends_friend_is_the_advocate, LoyaltyRefusal.NOT_ELIGIBLE),
        (program_has_ended, LoyaltyRefusal.EXPIRED),
    ],
)
def test_all_that_a_shopper_hears_is_the_same_few_words(
    session: Session, frozen_clock: FrozenClock, attempt: Callable[[Pair], int | Refusal], code: LoyaltyRefusal
) -> None:
    pair = Pair(session)

    refused = attempt(pair)

    assert refused == Refusal(code, ("code",))
    assert points(session, pair.advocate) == []


def test_one_member_brings_as_many_as_the_rule_allows(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, limit=1)
    shop.accepted(pair.accept())
    late = make.member(session, pair.program_id, "late")

    refused = pair.accept(member=late)

    assert refused == Refusal(LoyaltyRefusal.LIMIT_REACHED, ("code",))
    assert count(session, Referral) == 1
    assert count(session, LedgerEntry) == 0
