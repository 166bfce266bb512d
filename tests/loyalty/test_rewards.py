"""Redeeming says exactly why not, takes points and stock once, and holds under fifty at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from core.db import Database
from core.refusal import Refusal
from loyalty import rewards
from loyalty.drafts import RewardDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import LedgerAllocation, LedgerEntry, Lot, Membership, Redemption, Reward
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, balance, count, ledger_state, only, rows
from tests.make import loyalty as make
from tests.make import shop


def redeem(session: Session, customer_id: int) -> int | Refusal:
    return rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id)


def customer_with(session: Session, euros: int, reward: RewardDraft) -> int:
    draft = make.program_draft(rewards=(reward,), tiers=(make.tier("Gold", 1000),))
    member = make.member(session, make.program(session, draft))
    make.spent(session, euros)
    return session.get_one(Membership, member).customer_id


def test_a_reward_costs_its_points_and_gives_a_code(session: Session, frozen_clock: FrozenClock) -> None:
    customer_id = customer_with(session, 150, make.voucher(100, stock=3))

    redemption = session.get_one(Redemption, redeem(session, customer_id))

    session.expire_all()
    assert only(session, Membership).balance == 50
    assert only(session, Reward).stock == 2
    assert len(redemption.code) == 14


@pytest.mark.parametrize(
    "reward, euros, expected",
    [
        (make.voucher(100), 30, Refusal(LoyaltyRefusal.NOT_ENOUGH_POINTS, ("rewardId",), {"count": 70})),
        (make.voucher(100, stock=0), 150, Refusal(LoyaltyRefusal.OUT_OF_STOCK, ("rewardId",))),
        (make.voucher(100, tier="Gold"), 150, Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("rewardId",))),
    ],
)
def test_a_refusal_is_typed_and_changes_nothing(
    session: Session,
    frozen_clock: FrozenClock,
    reward: RewardDraft,
    euros: int,
    expected: Refusal,
) -> None:
    customer_id = customer_with(session, euros, reward)
    before = ledger_state(session)

    refused = redeem(session, customer_id)

    assert refused == expected
    assert ledger_state(session) == before
    assert count(session, Redemption) == 0


def test_a_member_takes_a_reward_as_often_as_it_allows(session: Session, frozen_clock: FrozenClock) -> None:
    customer_id = customer_with(session, 500, make.voucher(100, member_limit=2))

    outcomes = [redeem(session, customer_id) for _ in range(3)]

    assert outcomes[2] == Refusal(LoyaltyRefusal.LIMIT_REACHED, ("rewardId",))
    assert count(session, Redemption) == 2


def test_whoever_is_no_member_is_told_so(session: Session, frozen_clock: FrozenClock) -> None:
    customer_with(session, 500, make.voucher(100))

    refused = redeem(session, shop.customer(session, "stranger"))

    assert refused == Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("rewardId",))


def test_soonest_to_expire_is_spent_first(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(lot_months=3, rewards=(make.voucher(120),))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    frozen_clock.advance(days=40)
    make.spent(session, 100)

    redeem(session, session.get_one(Membership, member).customer_id)

    session.expire_all()
    assert [lot.remaining for lot in rows(session, Lot)] == [0, 80]
    assert balance(session, member).next_expiry_points == 80


def test_fifty_redemptions_at_once_of_one_rewards_worth_give_one(database: Database, frozen_clock: FrozenClock) -> None:
    customer_id = database.writing(lambda session: customer_with(session, 100, make.voucher(100)))

    with ThreadPoolExecutor(50) as threads:
        outcomes = list(
            threads.map(lambda _: database.writing(lambda session: redeem(session, customer_id)), range(50))
        )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refused == [Refusal(LoyaltyRefusal.NOT_ENOUGH_POINTS, ("rewardId",), {"count": 100})] * 49
    with database.reading() as session:
        assert only(session, Membership).balance == 0
        assert count(session, Redemption) == 1
        assert_adds_up(session)


def test_the_last_of_a_stock_goes_to_one_of_twenty_members(database: Database, frozen_clock: FrozenClock) -> None:
    def prepare(session: Session) -> list[int]:
        program_id = make.program(session, make.program_draft(rewards=(make.voucher(100, stock=1),)))
        names = [f"customer-of-stock-{number}" for number in range(20)]
        members = [make.member(session, program_id, name) for name in names]
        for name in names:
            make.spent(session, 100, customer=name)
        return [session.get_one(Membership, member).customer_id for member in members]

    customers = database.writing(prepare)

    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(lambda each: database.writing(lambda session: redeem(session, each)), customers))

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refused == [Refusal(LoyaltyRefusal.OUT_OF_STOCK, ("rewardId",))] * 19
    with database.reading() as session:
        assert only(session, Reward).stock == 0
        assert_adds_up(session)


@pytest.mark.parametrize("table", [LedgerEntry, LedgerAllocation])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_the_ledger(
    database: Database, frozen_clock: FrozenClock, table: type[LedgerEntry | LedgerAllocation], act: str
) -> None:
    def prepare(session: Session) -> None:
        redeem(session, customer_with(session, 100, make.voucher(100)))

    database.writing(prepare)
    statement = delete(table) if act == "delete" else update(table).values(points=1)

    with pytest.raises(DBAPIError, match="only grows"):
        database.writing(lambda session: session.connection().execute(statement))
