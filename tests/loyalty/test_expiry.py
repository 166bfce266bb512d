"""Points last through their last local day; a job that has not run changes nothing."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import nightly, rewards
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import ClawbackPolicy, EntryKind, LedgerEntry, Membership, Reward
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, balance, count, only, points, rows
from tests.make import loyalty as make
from tests.make import shop


def expired_on(row_milliseconds: int | None) -> datetime:
    assert row_milliseconds is not None
    return clock.from_milliseconds(row_milliseconds)


@pytest.mark.parametrize(
    "zone, earned, expires",
    [
        ("UTC", datetime(2026, 1, 31, 12, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)),
        # the night of 29 March 2026 has an hour less in Paris
        ("Europe/Paris", datetime(2026, 2, 28, 12, tzinfo=UTC), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        ("Europe/Paris", datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 4, 1, 22, tzinfo=UTC)),
        # already 1 March in Auckland
        ("Pacific/Auckland", datetime(2026, 2, 28, 12, tzinfo=UTC), datetime(2026, 4, 1, 11, tzinfo=UTC)),
    ],
)
def test_a_month_ends_at_midnight_of_the_program(
    session: Session, frozen_clock: FrozenClock, zone: str, earned: datetime, expires: datetime
) -> None:
    frozen_clock.move_to(earned)
    member = make.member(session, make.program(session, make.program_draft(zone=zone, lot_months=1)))

    make.spent(session, 10)

    assert expired_on(balance(session, member).next_expiry_at) == expires


def test_lapsed_points_cannot_be_spent_although_no_job_has_run(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(lot_months=1, rewards=(make.voucher(100),))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    frozen_clock.advance(days=40)
    customer_id = session.get_one(Membership, member).customer_id

    refused = rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id)

    assert refused == Refusal(LoyaltyRefusal.NOT_ENOUGH_POINTS, ("rewardId",), {"count": 100})
    assert balance(session, member).balance == 0


def test_spent_points_do_not_expire_once_more(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(lot_months=1, rewards=(make.voucher(60),))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    customer_id = session.get_one(Membership, member).customer_id
    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    frozen_clock.advance(days=40)

    nightly.run(session, member)
    make.spent(session, 50)

    assert points(session, member) == [100, -60, -40, 50]
    assert balance(session, member).balance == 50
    assert_adds_up(session)


def test_the_night_finds_its_members_and_can_run_twice(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session, make.program_draft(lot_months=1))
    lapsing = make.member(session, program_id)
    make.member(session, program_id, "quiet")
    make.spent(session, 100)
    frozen_clock.advance(days=40)

    assert nightly.due(session, after=0, limit=10) == [lapsing]
    nightly.run(session, lapsing)
    nightly.run(session, lapsing)

    assert nightly.due(session, after=0, limit=10) == []
    assert [entry.kind for entry in rows(session, LedgerEntry)] == [EntryKind.EARN, EntryKind.EXPIRE]


def test_points_that_become_due_repay_a_deficit_before_they_lapse(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(
        pending_days=10, lot_months=1, clawback=ClawbackPolicy.UNLIMITED, rewards=(make.voucher(100),)
    )
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 100, external_id="1001")
    frozen_clock.advance(days=11)
    customer_id = session.get_one(Membership, member).customer_id
    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    make.spent(session, 70)
    make.refunded(session, "1001", 100, order_id=order_id)
    owed = balance(session, member)
    frozen_clock.advance(days=90)

    nightly.run(session, member)

    assert (owed.deficit, owed.pending) == (100, 70)
    assert balance(session, member).deficit == 30
    assert count(session, LedgerEntry) == 4
    assert_adds_up(session)
