"""Any history of orders, returns, decisions and nights leaves a referral and the ledger in step."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from core import clock
from core.db import Database
from core.refusal import Refusal
from loyalty import memberships, orders
from loyalty.queries import referrals as queries
from loyalty.referral_stages import MOVES
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import LedgerEntry, ReferralDecision, ReferralStage, SourceType
from tests.conftest import NOON, FrozenClock
from tests.loyalty.sums import assert_adds_up, assert_claws_within_earnings, ledger_state, points
from tests.make import loyalty as make
from tests.make import shop
from tests.make.referrals import Pair

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("buys"), st.integers(1, 9_000)),
        st.tuples(st.just("returns"), st.integers(1, 9_000)),
        st.tuples(st.just("decides"), st.integers(0, 1)),
        st.tuples(st.just("waits"), st.integers(1, 20)),
    ),
    max_size=9,
)


class History:
    """One referral, and what happens to it; a step that is refused changes nothing."""

    def __init__(self, session: Session, *, friend_at_once: bool) -> None:
        self.pair = Pair(session, hold_days=14, share_points=50, friend_at_once=friend_at_once)
        self.session = session
        self.friend_at_once = friend_at_once
        self.referral_id = shop.accepted(self.pair.accept())
        self.orders: list[int] = []
        self.left: list[int] = []
        self.days = 0

    def buys(self, minor: int) -> None:
        self.left.append(minor)
        self.orders.append(make.spent(self.session, minor / 100, customer="ben", external_id=f"o{len(self.orders)}"))

    def returns(self, minor: int) -> None:
        if self.orders:
            number = minor % len(self.orders)
            back = min(minor, self.left[number])
            self.left[number] -= back
            if back:
                make.refunded(self.session, f"o{number}", back / 100, order_id=self.orders[number])

    def decides(self, approves: int) -> None:
        before = ledger_state(self.session)
        outcome = self.pair.decide(self.referral_id, approves=bool(approves))
        assert not isinstance(outcome, Refusal) or ledger_state(self.session) == before

    def waits(self, days: int) -> None:
        self.days += days
        with clock.at(self.now):
            self.pair.night()

    @property
    def now(self) -> datetime:
        """The present of the history."""
        return NOON + timedelta(days=self.days)

    def friend_entries(self) -> Sequence[LedgerEntry]:
        """Everything that moved the friend's points."""
        return self.session.exec(select(LedgerEntry).where(LedgerEntry.membership_id == self.pair.ben)).all()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.booleans())
def test_points_follow_the_stage_whatever_happens(
    database: Database, steps: list[tuple[str, int]], friend_at_once: bool
) -> None:
    def story(session: Session) -> Refusal:
        with clock.at(NOON):
            history = History(session, friend_at_once=friend_at_once)
        for act, number in steps:
            with clock.at(history.now):
                getattr(history, act)(number)
                _check(session, history)
        for order_id in history.orders:
            with clock.at(history.now):
                before = ledger_state(session)
                orders.settle(session, order_id, at=clock.now())
                assert ledger_state(session) == before
        return Refusal(LoyaltyRefusal.CONFLICT)

    database.writing(story)


def _check(session: Session, history: History) -> None:
    referral = history.pair.referral(history.referral_id)
    is_rewarded = referral.stage is ReferralStage.REWARDED
    advocate = sum(points(session, history.pair.ana))
    of_friend = [entry for entry in history.friend_entries() if entry.source_type is SourceType.REFERRAL]
    is_paid_early = history.friend_at_once and referral.stage is ReferralStage.PENDING
    assert sum(entry.points for entry in of_friend) == (40 if is_rewarded or is_paid_early else 0)
    shared = queries.bought_milli(session, referral.id) * 50 // 10_000_000
    assert advocate == (100 + shared if is_rewarded else 0)
    moves = session.exec(select(ReferralDecision).order_by(col(ReferralDecision.id))).all()
    assert all(move.stage in MOVES[move.former] for move in moves)
    assert len(moves) == referral.version - 1
    assert_adds_up(session)
    assert_claws_within_earnings(session)


def test_who_leaves_is_not_rewarded_and_brings_nobody(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, hold_days=14)
    shop.accepted(pair.accept())
    make.spent(session, 30, customer="ben")
    cleo = pair.member("cleo")
    shop.accepted(memberships.leave(session, customer_id=pair.customer(pair.ana), program_id=pair.program_id))
    session.expire_all()

    frozen_clock.advance(days=20)
    pair.night()

    assert (points(session, pair.ana), points(session, pair.ben)) == ([], [40])
    assert pair.accept(member=cleo) == Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("code",))
