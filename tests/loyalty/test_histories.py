"""Whatever happens in whatever order, the ledger adds up, and telling it again changes nothing."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from core import clock
from core.db import Database
from core.refusal import Refusal
from loyalty import adjustments, nightly, orders, reviews, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.tables import ClawbackPolicy, Membership, Redemption, RedemptionState, Reward
from shop import refunds
from shop.tables import OrderState
from tests.conftest import NOON
from tests.loyalty.sums import assert_adds_up, assert_claws_within_earnings, balance, ledger_state, only, rows
from tests.make import loyalty as make
from tests.make import shop

ORDERS = st.integers(0, 3)

acts = st.lists(
    st.one_of(
        st.tuples(st.just("buy"), ORDERS, st.integers(1, 300)),
        st.tuples(st.just("cancel"), ORDERS, st.just(0)),
        st.tuples(st.just("refund"), ORDERS, st.integers(1, 200)),
        st.tuples(st.just("spend"), ORDERS, st.just(0)),
        st.tuples(st.just("review"), ORDERS, st.integers(0, 1)),
        st.tuples(st.just("adjust"), ORDERS, st.integers(-80, 80)),
        st.tuples(st.just("wait"), ORDERS, st.integers(1, 40)),
        st.tuples(st.just("night"), ORDERS, st.just(0)),
    ),
    min_size=3,
    max_size=14,
)


class History:
    """One member's life: each act is one that the shop or the member could really do."""

    def __init__(self, session: Session, policy: ClawbackPolicy, pending_days: int) -> None:
        self.session = session
        draft = make.program_draft(
            make.ONE_PER_EURO,
            make.FIFTY_A_REVIEW,
            clawback=policy,
            pending_days=pending_days,
            lot_months=1,
            tiers=(make.tier("Base", 0), make.tier("Gold", 150, multiplier=15_000)),
            rewards=(make.voucher(40),),
        )
        self.member = make.member(session, make.program(session, draft))
        self.customer_id = session.get_one(Membership, self.member).customer_id
        self.orders: dict[int, int] = {}

    def act(self, name: str, number: int, amount: int) -> None:
        getattr(self, name)(number, amount)

    def buy(self, number: int, amount: int) -> None:
        self.orders[number] = make.spent(self.session, amount, external_id=f"{number}")

    def cancel(self, number: int, _amount: int) -> None:
        if number in self.orders:
            line = shop.line(1000)
            shop.order(self.session, line, customer="camille", external_id=f"{number}", state=OrderState.CANCELLED)
            self.settle(number)

    def refund(self, number: int, amount: int) -> None:
        # before its order too: the shop parks it. More than the order was worth, it refuses
        draft = shop.refund_draft(shop.storefront(self.session), f"{number}", ("line-1", 0, amount * 100))
        refunds.record_refund(self.session, draft)
        self.settle(number)

    def settle(self, number: int) -> None:
        if number in self.orders:
            orders.settle(self.session, self.orders[number], at=clock.now())

    def spend(self, number: int, _amount: int) -> None:
        reward_id = only(self.session, Reward).id
        with self.session.begin_nested() as savepoint:
            taken = rewards.redeem(self.session, customer_id=self.customer_id, reward_id=reward_id)
            if isinstance(taken, Refusal):
                savepoint.rollback()
        if isinstance(taken, int) and number in self.orders:
            code = self.session.get_one(Redemption, taken).code
            rewards.use(self.session, code=code, order_id=self.orders[number])

    def review(self, number: int, published: int) -> None:
        act = reviews.published if published else reviews.left_public
        # the same event may be told twice
        act(self.session, review_id=number + 1, author_id=self.customer_id, cause_id=published, at=clock.now())

    def adjust(self, _number: int, amount: int) -> None:
        with self.session.begin_nested() as savepoint:
            if isinstance(adjustments.adjust(self.session, AdjustmentDraft(self.member, amount, "why", 1)), Refusal):
                savepoint.rollback()

    def night(self, _number: int, _amount: int) -> None:
        nightly.run(self.session, self.member)

    def replay(self) -> None:
        """Tell every order again, first to last and back."""
        for number in [*self.orders, *reversed(self.orders)]:
            self.settle(number)
        self.night(0, 0)


@pytest.mark.parametrize("policy", list(ClawbackPolicy))
def test_random_histories_add_up_and_replays_change_nothing(database: Database, policy: ClawbackPolicy) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(acts, st.sampled_from([0, 5]))
    def live(history: list[tuple[str, int, int]], pending_days: int) -> None:
        # never committed, so that the next example finds the database empty
        with Session(database.writing_engine) as session:
            with clock.at(NOON):
                life = History(session, policy, pending_days)
            moment = NOON
            for name, number, amount in history:
                moment += timedelta(days=amount) if name == "wait" else timedelta(minutes=1)
                if name == "wait":
                    continue
                with clock.at(moment):
                    life.act(name, number, amount)
                    _assert_sound(life)
            with clock.at(moment):
                life.night(0, 0)
                state = ledger_state(session)
                life.replay()
                assert ledger_state(session) == state

    live()


def _assert_sound(life: History) -> None:
    session = life.session
    assert_adds_up(session)
    assert_claws_within_earnings(session)
    shown = balance(session, life.member)
    nightly.run(session, life.member)
    session.expire_all()
    # running the night changes no balance that the member sees
    settled = balance(session, life.member)
    assert (shown.balance, shown.pending) == (settled.balance, settled.pending)
    for redemption in rows(session, Redemption):
        assert redemption.state in RedemptionState
