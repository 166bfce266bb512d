"""Points become rewards by themselves: as many as they pay for, the rest is kept, once, and their codes end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from core.refusal import Refusal
from loyalty import adjustments, nightly, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.drafts import RewardDraft
from loyalty.queries import balances
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import LedgerEntry, Redemption, RewardIssue
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, rows
from tests.make import loyalty as make
from tests.make import shop
from tests.make.shop import accepted


def member_with(session: Session, points: int, *rewards_: RewardDraft, lot_months: int | None = None) -> int:
    draft = make.program_draft(rewards=rewards_, lot_months=lot_months)
    membership_id = make.member(session, make.program(session, draft))
    give(session, membership_id, points)
    return membership_id


def give(session: Session, membership_id: int, points: int) -> None:
    draft = AdjustmentDraft(membership_id=membership_id, points=points, reason="Test", actor_id=1)
    accepted(adjustments.adjust(session, draft))


def night(session: Session) -> None:
    for membership_id in nightly.due(session, after=0, limit=100):
        nightly.run(session, membership_id)
    assert_adds_up(session)


def held(session: Session, membership_id: int) -> tuple[int, int]:
    """Points to spend, and rewards taken."""
    return balances.by_ids(session, [membership_id])[membership_id].balance, len(rows(session, Redemption))


def test_237_points_become_two_vouchers_and_37_are_kept(session: Session, frozen_clock: FrozenClock) -> None:
    membership_id = member_with(session, 237, make.voucher(100, issue=RewardIssue.AS_REACHED))

    for _ in range(3):
        night(session)

    assert held(session, membership_id) == (37, 2)
    reasons = [entry.explanation for entry in rows(session, LedgerEntry)][-2:]
    assert reasons == ["REWARD_ISSUED", "REWARD_ISSUED"]


def test_a_monthly_one_is_issued_on_its_day_and_once_a_month(session: Session, frozen_clock: FrozenClock) -> None:
    frozen_clock.move_to(datetime(2026, 3, 20, 12, tzinfo=UTC))
    monthly = make.voucher(100, issue=RewardIssue.MONTHLY, issue_day=1)
    membership_id = member_with(session, 250, monthly)
    night(session)
    assert held(session, membership_id) == (50, 2), "what last month's day should have issued is made up for"

    give(session, membership_id, 100)
    frozen_clock.move_to(datetime(2026, 3, 31, 12, tzinfo=UTC))
    night(session)
    assert held(session, membership_id) == (150, 2)

    # midnight of the program's zone, which is Paris
    frozen_clock.move_to(datetime(2026, 3, 31, 22, 1, tzinfo=UTC))
    for _ in range(2):
        night(session)
    assert held(session, membership_id) == (50, 3)


def test_points_on_their_last_night_become_a_reward_before_they_expire(
    session: Session, frozen_clock: FrozenClock
) -> None:
    membership_id = member_with(session, 130, make.voucher(100, issue=RewardIssue.AS_REACHED), lot_months=1)
    frozen_clock.advance(days=20)

    night(session)

    assert held(session, membership_id) == (30, 1)


def test_stock_and_limits_hold_for_the_night_too(session: Session, frozen_clock: FrozenClock) -> None:
    limited = make.voucher(100, issue=RewardIssue.AS_REACHED, member_limit=2)
    membership_id = member_with(session, 500, limited)

    night(session)

    assert held(session, membership_id) == (300, 2)


@pytest.mark.parametrize("days, outcome", [(30, None), (31, LoyaltyRefusal.EXPIRED)])
def test_a_code_serves_orders_until_its_last_day(
    session: Session, frozen_clock: FrozenClock, days: int, outcome: LoyaltyRefusal | None
) -> None:
    member_with(session, 100, make.voucher(100, issue=RewardIssue.AS_REACHED, valid_days=30))
    night(session)
    (redemption,) = rows(session, Redemption)
    # summer time has begun by then: 23:59 in Paris
    placed = datetime(2026, 3, 2, 21, 59, tzinfo=UTC) + timedelta(days=days)
    frozen_clock.move_to(placed + timedelta(hours=1))
    order_id = shop.order(session, external_id="late", customer="camille", placed_at=placed, updated_at=placed)

    used = rewards.use(session, code=redemption.code, order_id=order_id)

    assert used == (redemption.id if outcome is None else Refusal(outcome, ("code",)))
