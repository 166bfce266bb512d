"""Programs made from presets, with the numbers that their sources tell."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from core.refusal import Refusal
from loyalty import adjustments, memberships, nightly, presets, programs, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.memberships import JoinDraft
from loyalty.queries import balances, plans
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Membership, Program, Redemption, Reward, Tier
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, rows
from tests.make import loyalty as make
from tests.make import shop
from tests.make.shop import accepted


def created(session: Session, key: str, **own: object) -> int:
    """The preset's program with the merchant's own settings."""
    return accepted(programs.create(session, accepted(presets.draft(key, own))))


def joined(session: Session, key: str) -> int:
    """Camille's membership in the preset's program, in euros."""
    program_id = created(session, key, currency="EUR", zone="Europe/Paris")
    terms = session.get_one(Program, program_id).terms_version
    customer_id = shop.customer(session, "camille")
    return accepted(memberships.join(session, JoinDraft(program_id, customer_id, terms, "TEST")))


def give(session: Session, membership_id: int, points: int) -> None:
    draft = AdjustmentDraft(membership_id=membership_id, points=points, reason="Test", actor_id=1)
    accepted(adjustments.adjust(session, draft))


def night(session: Session) -> None:
    for membership_id in nightly.due(session, after=0, limit=100):
        nightly.run(session, membership_id)
    assert_adds_up(session)


def spendable(session: Session, membership_id: int) -> int:
    return balances.by_ids(session, [membership_id])[membership_id].balance


def tier_of(session: Session, membership_id: int) -> str | None:
    row = balances.by_ids(session, [membership_id])[membership_id]
    return row.tier_name


def at(frozen_clock: FrozenClock, year: int, month: int, day: int) -> None:
    frozen_clock.move_to(datetime(year, month, day, 12, tzinfo=UTC))


def test_kohls_237_points_give_two_vouchers_of_5_and_keep_37(session: Session, frozen_clock: FrozenClock) -> None:
    at(frozen_clock, 2026, 3, 20)
    membership_id = joined(session, "kohls")
    make.spent(session, 237)
    at(frozen_clock, 2026, 4, 1)
    night(session)

    assert spendable(session, membership_id) == 37
    vouchers = rows(session, Redemption)
    assert [session.get_one(Reward, each.reward_id).amount_minor for each in vouchers] == [500, 500]


@pytest.mark.parametrize("rounding, points", [("FLOOR", 124), ("HALF_UP", 125), ("CEIL", 125)])
def test_best_buy_99_99_at_one_and_a_quarter_by_rounding(
    session: Session, frozen_clock: FrozenClock, rounding: str, points: int
) -> None:
    at(frozen_clock, 2026, 3, 2)
    program_id = created(session, "best-buy", currency="EUR", rounding=rounding)
    terms = session.get_one(Program, program_id).terms_version
    membership_id = accepted(
        memberships.join(session, JoinDraft(program_id, shop.customer(session, "camille"), terms, "TEST"))
    )
    make.spent(session, 3500)
    assert tier_of(session, membership_id) == "Elite Plus"
    before = spendable(session, membership_id)

    make.spent(session, 99.99)

    assert spendable(session, membership_id) - before == points


def test_best_buy_status_runs_to_the_end_of_february_after_next(session: Session, frozen_clock: FrozenClock) -> None:
    at(frozen_clock, 2026, 5, 2)
    membership_id = joined(session, "best-buy")
    make.spent(session, 1500)

    at(frozen_clock, 2028, 2, 29)
    night(session)
    assert tier_of(session, membership_id) == "Elite"
    at(frozen_clock, 2028, 3, 2)
    night(session)
    assert tier_of(session, membership_id) == "Member"


def test_sephora_status_lasts_to_the_end_of_next_year_whatever_is_spent(
    session: Session, frozen_clock: FrozenClock
) -> None:
    at(frozen_clock, 2026, 3, 2)
    membership_id = joined(session, "sephora")
    make.spent(session, 1000)
    assert tier_of(session, membership_id) == "Rouge"

    ten_off = session.exec(select(Reward).where(Reward.cost == 500)).one()
    customer_id = session.get_one(Membership, membership_id).customer_id
    for _ in range(2):
        accepted(rewards.redeem(session, customer_id=customer_id, reward_id=ten_off.id))
    assert (spendable(session, membership_id), tier_of(session, membership_id)) == (0, "Rouge")

    at(frozen_clock, 2027, 12, 31)
    night(session)
    assert tier_of(session, membership_id) == "Rouge"
    at(frozen_clock, 2028, 1, 2)
    night(session)
    assert tier_of(session, membership_id) == "Insider"


def test_sephora_keeps_the_dear_reward_for_the_top_level(session: Session, frozen_clock: FrozenClock) -> None:
    at(frozen_clock, 2026, 3, 2)
    membership_id = joined(session, "sephora")
    give(session, membership_id, 2500)
    hundred_off = session.exec(select(Reward).where(Reward.cost == 2500)).one()
    customer_id = session.get_one(Membership, membership_id).customer_id

    refused = rewards.redeem(session, customer_id=customer_id, reward_id=hundred_off.id)
    assert refused == Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("rewardId",))
    make.spent(session, 1000)

    accepted(rewards.redeem(session, customer_id=customer_id, reward_id=hundred_off.id))


def test_gilt_gives_five_a_unit_and_the_top_level_thirty_minutes(session: Session, frozen_clock: FrozenClock) -> None:
    at(frozen_clock, 2026, 3, 2)
    membership_id = joined(session, "gilt")

    make.spent(session, 5000)

    assert (spendable(session, membership_id), tier_of(session, membership_id)) == (25_000, "Third")
    assert session.exec(select(Tier).where(Tier.name == "Third")).one().early_access_minutes == 30


def test_prime_offers_thirty_days_to_try(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = created(session, "amazon-prime")

    offered = plans.offered(session, [program_id])[program_id]

    assert {plan.handle: (plan.months, plan.price_minor) for plan in offered} == {
        "monthly": (1, 1499),
        "yearly": (12, 13_900),
        "student-monthly": (1, 749),
        "student-yearly": (12, 6900),
        "access-monthly": (1, 699),
    }
    assert {plan.trial_days for plan in offered} == {30}


@pytest.mark.parametrize("key", ["nine-west", "toyzoo", "fawn-and-forest", "bulletproof"])
def test_the_illustrative_ones_earn_a_point_a_unit(session: Session, frozen_clock: FrozenClock, key: str) -> None:
    at(frozen_clock, 2026, 3, 2)
    membership_id = joined(session, key)

    make.spent(session, 40)

    assert spendable(session, membership_id) == 40
