"""A tier is reached at once, lasts its term, and is lost after grace; spending never lowers it."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from core.outbox import OutboxEvent
from loyalty import nightly, rewards, tiers
from loyalty.drafts import ProgramDraft
from loyalty.tables import Membership, Reward, Tier, TierFall
from tests.conftest import FrozenClock
from tests.loyalty.sums import only, rows
from tests.make import loyalty as make
from tests.make import shop

GOLD, SILVER, BRONZE = make.tier("Gold", 1000), make.tier("Silver", 400), make.tier("Bronze", 0)


def club(*, grace_days: int = 30, fall: TierFall = TierFall.TO_EARNED) -> ProgramDraft:
    return make.program_draft(
        zone="UTC",
        tiers=(BRONZE, SILVER, GOLD),
        tier_grace_days=grace_days,
        tier_fall=fall,
        rewards=(make.voucher(600),),
    )


def standing(session: Session, member: int) -> tuple[str | None, datetime | None]:
    session.expire_all()
    row = session.get_one(Membership, member)
    return (None if row.tier_id is None else session.get_one(Tier, row.tier_id).name), row.tier_until


def day(year: int, month: int, date: int) -> datetime:
    return datetime(year, month, date, tzinfo=UTC)


def test_a_tier_that_needs_no_points_is_there_from_the_start_and_has_no_end(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member = make.member(session, make.program(session, club()))

    assert standing(session, member) == ("Bronze", None)


def gold_by_september(session: Session, frozen_clock: FrozenClock, draft: ProgramDraft) -> int:
    """600 on 1 March and 500 on 1 September 2025."""
    frozen_clock.move_to(day(2025, 3, 1))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 600)
    frozen_clock.move_to(day(2025, 9, 1))
    make.spent(session, 500)
    return member


@pytest.mark.parametrize("fall, lands_on", [(TierFall.TO_EARNED, "Bronze"), (TierFall.ONE_LEVEL, "Silver")])
def test_gold_lasts_its_term_and_grace_then_falls(
    session: Session, frozen_clock: FrozenClock, fall: TierFall, lands_on: str
) -> None:
    member = gold_by_september(session, frozen_clock, club(fall=fall))
    reached = standing(session, member)

    frozen_clock.move_to(datetime(2026, 9, 30, 23, 59, tzinfo=UTC))
    nightly.run(session, member)
    in_grace = standing(session, member)
    frozen_clock.move_to(day(2026, 10, 1))
    nightly.run(session, member)

    assert reached == in_grace == ("Gold", day(2026, 9, 1))
    assert standing(session, member)[0] == lands_on


def test_a_fall_seen_late_lands_where_it_would_have_on_time(session: Session, frozen_clock: FrozenClock) -> None:
    member = gold_by_september(session, frozen_clock, club(fall=TierFall.ONE_LEVEL))

    frozen_clock.move_to(day(2026, 12, 24))
    nightly.run(session, member)

    assert standing(session, member) == ("Silver", day(2027, 10, 1))


def test_several_lapsed_terms_are_walked_one_after_the_other(session: Session, frozen_clock: FrozenClock) -> None:
    member = gold_by_september(session, frozen_clock, club(fall=TierFall.ONE_LEVEL))

    frozen_clock.move_to(day(2028, 1, 1))
    nightly.run(session, member)

    assert standing(session, member) == ("Bronze", None)


def test_requalified_members_are_prolonged_from_the_old_end(session: Session, frozen_clock: FrozenClock) -> None:
    member = gold_by_september(session, frozen_clock, club())
    frozen_clock.move_to(day(2026, 8, 1))
    make.spent(session, 600)

    frozen_clock.move_to(day(2026, 9, 3))
    nightly.run(session, member)

    # on 1 September the 500 of a year before have left the window
    assert standing(session, member) == ("Gold", day(2026, 9, 1))
    make.spent(session, 400)
    assert standing(session, member) == ("Gold", day(2027, 9, 1))


def test_spending_points_leaves_the_tier(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session, club()))
    make.spent(session, 600)
    customer_id = session.get_one(Membership, member).customer_id

    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    tiers.settle(session, member)

    assert standing(session, member)[0] == "Silver"


def test_a_return_that_leaves_the_level_unmet_ends_the_term_at_once(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member = make.member(session, make.program(session, club()))
    order_id = make.spent(session, 1000, external_id="1001")
    frozen_clock.advance(days=10)

    make.refunded(session, "1001", 900, order_id=order_id)
    in_grace = standing(session, member)
    frozen_clock.advance(days=30)
    nightly.run(session, member)

    assert in_grace == ("Gold", day(2026, 3, 12))
    assert standing(session, member) == ("Bronze", None)


def test_a_return_after_the_level_was_earned_otherwise_leaves_the_term(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member = make.member(session, make.program(session, club(grace_days=0)))
    make.spent(session, 1000)
    until = standing(session, member)
    frozen_clock.advance(days=10)
    order_id = make.spent(session, 300, external_id="1001")

    make.refunded(session, "1001", 300, order_id=order_id)

    assert standing(session, member) == until


def test_the_next_order_earns_by_the_new_tier_and_every_move_is_told(
    session: Session, frozen_clock: FrozenClock
) -> None:
    draft = make.program_draft(tiers=(make.tier("Gold", 100, multiplier=15_000),))
    member = make.member(session, make.program(session, draft))

    make.spent(session, 100)
    make.spent(session, 100)

    assert session.get_one(Membership, member).balance == 250
    told = [event.payload["tierId"] for event in rows(session, OutboxEvent) if event.name == "TierReached"]
    assert told == [only(session, Tier).id]
