"""What reaches a tier, for how long, and what is told before it ends: each basis, window and term there is."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session

from core.outbox import OutboxEvent
from core.refusal import Refusal
from loyalty import adjustments, nightly, rewards, visits
from loyalty.adjustments import AdjustmentDraft
from loyalty.drafts import ProgramDraft, TierDraft
from loyalty.tables import Membership, Reward, Tier, TierBasis, TierCredit, TierFall, TierTerm, TierWindow
from loyalty.visits import VisitDraft
from tests.conftest import FrozenClock
from tests.loyalty.sums import count, only, rows
from tests.make import loyalty as make
from tests.make import shop

YEARLY = {"tier_window": TierWindow.CALENDAR_YEAR, "tier_term": TierTerm.NEXT_PERIOD_END}


def club(*tiers: TierDraft, **settings: object) -> ProgramDraft:
    return replace(make.program_draft(zone="UTC", tiers=tiers), **settings)  # type: ignore[arg-type]


def beauty_club(**more: object) -> ProgramDraft:
    """By money: 350.00 and 1,000.00 a calendar year, kept to the end of the next."""
    tiers = (make.tier("Insider", 0), make.tier("VIB", 35_000), make.tier("Rouge", 100_000))
    return club(*tiers, tier_basis=TierBasis.SPEND, **YEARLY, **more)


def day(year: int, month: int, date: int) -> datetime:
    return datetime(year, month, date, 12, tzinfo=UTC)


def start(year: int, month: int, date: int) -> datetime:
    return datetime(year, month, date, tzinfo=UTC)


def standing(session: Session, member: int) -> tuple[str | None, datetime | None]:
    session.expire_all()
    row = session.get_one(Membership, member)
    return (None if row.tier_id is None else session.get_one(Tier, row.tier_id).name), row.tier_until


def seen_on(session: Session, clock: FrozenClock, member: int, at: datetime) -> tuple[str | None, datetime | None]:
    clock.move_to(at)
    nightly.run(session, member)
    return standing(session, member)


def told(session: Session) -> list[tuple[str, dict[str, object]]]:
    names = {"TierReached", "TierProlonged", "TierWarned", "TierLowered"}
    return [(event.name, dict(event.payload)) for event in rows(session, OutboxEvent) if event.name in names]


def test_money_of_a_calendar_year_reaches_a_tier_to_the_end_of_the_next(
    session: Session, frozen_clock: FrozenClock
) -> None:
    frozen_clock.move_to(day(2025, 3, 1))
    member = make.member(session, make.program(session, beauty_club()))
    make.spent(session, 349.99)
    below = standing(session, member)

    frozen_clock.move_to(day(2025, 12, 31))
    make.spent(session, 0.01)

    assert below == ("Insider", None)
    assert standing(session, member) == ("VIB", start(2027, 1, 1))
    # nothing of 2025 counts in 2026, and the tier stays
    assert seen_on(session, frozen_clock, member, day(2026, 12, 31)) == ("VIB", start(2027, 1, 1))
    assert seen_on(session, frozen_clock, member, start(2027, 1, 1)) == ("Insider", None)


def test_a_tier_met_anew_in_the_next_year_is_prolonged_at_once(session: Session, frozen_clock: FrozenClock) -> None:
    frozen_clock.move_to(day(2025, 3, 1))
    member = make.member(session, make.program(session, beauty_club()))
    make.spent(session, 1000)

    frozen_clock.move_to(day(2026, 5, 1))
    make.spent(session, 400)

    # Rouge to the end of 2026; then VIB, which 2026 reached, to the end of 2027
    assert standing(session, member) == ("Rouge", start(2027, 1, 1))
    assert seen_on(session, frozen_clock, member, day(2027, 1, 1)) == ("VIB", start(2028, 1, 1))
    frozen_clock.move_to(day(2027, 6, 1))
    make.spent(session, 350)
    assert standing(session, member) == ("VIB", start(2029, 1, 1))
    assert [name for name, _ in told(session)][-2:] == ["TierLowered", "TierProlonged"]


def test_a_year_seen_late_is_seen_as_it_was(session: Session, frozen_clock: FrozenClock) -> None:
    frozen_clock.move_to(day(2025, 3, 1))
    member = make.member(session, make.program(session, beauty_club()))
    make.spent(session, 350)
    frozen_clock.move_to(day(2026, 5, 1))
    make.spent(session, 350)

    assert seen_on(session, frozen_clock, member, day(2027, 12, 31)) == ("VIB", start(2028, 1, 1))
    assert seen_on(session, frozen_clock, member, day(2030, 1, 1)) == ("Insider", None)


def test_a_return_takes_the_money_back_on_the_day_of_its_order(session: Session, frozen_clock: FrozenClock) -> None:
    frozen_clock.move_to(day(2025, 3, 1))
    member = make.member(session, make.program(session, beauty_club()))
    make.spent(session, 350)
    frozen_clock.move_to(day(2026, 5, 1))
    order_id = make.spent(session, 400, external_id="1001")
    prolonged = standing(session, member)

    make.refunded(session, "1001", 100, order_id=order_id)

    # 300.00 do not reach it in 2026; what 2025 reached lasts as it would have
    assert prolonged == ("VIB", start(2028, 1, 1))
    assert standing(session, member) == ("VIB", start(2027, 1, 1))


def test_without_another_year_to_stand_on_a_return_ends_the_tier(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session, beauty_club()))
    order_id = make.spent(session, 400, external_id="1001")

    make.refunded(session, "1001", 400, order_id=order_id)

    assert standing(session, member) == ("Insider", None)
    assert only(session, TierCredit).amount == 0


def test_a_term_may_end_in_february_of_the_year_after_next(session: Session, frozen_clock: FrozenClock) -> None:
    february = {"tier_term": TierTerm.YEARLY_DATE, "tier_term_years": 2, "tier_term_month": 2, "tier_term_day": 29}
    draft = club(
        make.tier("Elite", 150_000), tier_basis=TierBasis.SPEND, tier_window=TierWindow.CALENDAR_YEAR, **february
    )
    frozen_clock.move_to(day(2014, 4, 1))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 1500)

    reached = standing(session, member)
    frozen_clock.move_to(day(2015, 11, 1))
    make.spent(session, 1500)

    assert reached == ("Elite", start(2016, 3, 1))
    assert standing(session, member) == ("Elite", start(2017, 3, 1))
    assert seen_on(session, frozen_clock, member, day(2017, 3, 1)) == (None, None)


def test_points_or_nights_reach_it(session: Session, frozen_clock: FrozenClock) -> None:
    gold = replace(make.tier("Gold", 10_000), or_threshold=10)
    draft = club(gold, replace(make.tier("Spire", 75_000), or_threshold=75), tier_or_basis=TierBasis.VISITS, **YEARLY)
    member = make.member(session, make.program(session, draft))

    def stays(source: str, nights: int) -> int | Refusal:
        draft = VisitDraft(membership_id=member, source_id=source, count=nights, at=day(2026, 2, 20))
        return visits.record(session, draft)

    frozen_clock.move_to(day(2026, 3, 2))
    before_joining = stays("s-1", 9)
    frozen_clock.move_to(day(2026, 3, 3))
    session.get_one(Membership, member).joined_at = day(2026, 1, 1)
    session.flush()
    stays("s-2", 1)
    with_ten = standing(session, member)
    stays("s-2", 1)
    stays("s-1", 8)

    assert before_joining == member
    assert with_ten == ("Gold", start(2028, 1, 1))
    # a night that is taken back takes the tier with it
    assert standing(session, member) == (None, None)
    assert count(session, TierCredit) == 2


def test_a_members_own_year_begins_with_the_day_of_joining(session: Session, frozen_clock: FrozenClock) -> None:
    draft = club(make.tier("Gold", 100), tier_window=TierWindow.ANNIVERSARY, tier_term=TierTerm.PERIOD_END)
    frozen_clock.move_to(day(2024, 2, 29))
    member = make.member(session, make.program(session, draft))
    frozen_clock.move_to(day(2025, 2, 27))
    make.spent(session, 100)
    last_day = standing(session, member)

    # the next year begins on the anniversary, the month's last day
    frozen_clock.move_to(day(2025, 2, 28))
    nightly.run(session, member)

    assert last_day == ("Gold", start(2025, 2, 28))
    assert standing(session, member) == (None, None)


def test_a_tier_for_life_stays_below_whatever_lapses(session: Session, frozen_clock: FrozenClock) -> None:
    gold = replace(make.tier("Gold", 500), never_downgrade=True)
    draft = club(make.tier("Base", 0), gold, make.tier("Diamond", 1000))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 1000)

    reached = standing(session, member)

    assert reached == ("Diamond", start(2027, 3, 2))
    assert seen_on(session, frozen_clock, member, day(2027, 3, 3)) == ("Gold", None)
    assert seen_on(session, frozen_clock, member, day(2035, 1, 1)) == ("Gold", None)


def test_even_a_tier_for_life_goes_with_the_order_that_reached_it(session: Session, frozen_clock: FrozenClock) -> None:
    draft = club(make.tier("Base", 0), replace(make.tier("Gold", 500), never_downgrade=True))
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 500, external_id="1001")

    make.refunded(session, "1001", 500, order_id=order_id)

    assert standing(session, member) == ("Base", None)


def test_all_points_since_joining_count_where_the_window_is_a_lifetime(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member = make.member(session, make.program(session, club(make.tier("Gold", 100), tier_window=TierWindow.LIFETIME)))
    make.spent(session, 60)
    frozen_clock.move_to(day(2031, 1, 1))
    make.spent(session, 40)

    assert standing(session, member) == ("Gold", start(2032, 1, 1))
    assert seen_on(session, frozen_clock, member, day(2033, 1, 1)) == ("Gold", start(2034, 1, 1))


def test_a_tier_by_balance_is_lost_by_spending_but_not_before_its_date(
    session: Session, frozen_clock: FrozenClock
) -> None:
    draft = club(make.tier("Base", 0), make.tier("Gold", 100), tier_basis=TierBasis.BALANCE, rewards=(make.voucher(),))
    member = make.member(session, make.program(session, draft))
    customer_id = session.get_one(Membership, member).customer_id
    shop.accepted(adjustments.adjust(session, AdjustmentDraft(member, 100, "Welcome", actor_id=1)))
    nightly.run(session, member)

    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))

    assert seen_on(session, frozen_clock, member, day(2027, 3, 1)) == ("Gold", start(2027, 3, 2))
    assert seen_on(session, frozen_clock, member, day(2027, 3, 2)) == ("Base", None)


def test_members_are_warned_with_what_is_missing_once_for_each_day(session: Session, frozen_clock: FrozenClock) -> None:
    frozen_clock.move_to(day(2025, 3, 1))
    member = make.member(session, make.program(session, beauty_club(tier_warning_days=(30, 7))))
    make.spent(session, 350)
    frozen_clock.move_to(day(2026, 2, 1))
    make.spent(session, 100)

    def due(at: datetime) -> list[int]:
        frozen_clock.move_to(at)
        found = list(nightly.due(session, after=0, limit=10))
        for each in found * 2:
            nightly.run(session, each)
        return found

    assert due(day(2026, 12, 1)) == []
    assert due(day(2026, 12, 2)) == [member]
    assert due(day(2026, 12, 24)) == []
    assert due(day(2026, 12, 25)) == [member]
    warnings = [payload for name, payload in told(session) if name == "TierWarned"]
    assert len(warnings) == 2
    assert warnings[0] == {
        "membershipId": member,
        "customerId": session.get_one(Membership, member).customer_id,
        "tierId": session.get_one(Membership, member).tier_id,
        "basis": "SPEND",
        "missing": 25_000,
        "orBasis": None,
        "orMissing": None,
        "lastDay": "2026-12-31",
    }


def test_nobody_is_warned_whose_tier_will_be_kept(session: Session, frozen_clock: FrozenClock) -> None:
    draft = club(make.tier("Gold", 100), tier_warning_days=(30,))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    frozen_clock.move_to(day(2026, 9, 1))
    make.spent(session, 100)

    seen_on(session, frozen_clock, member, day(2027, 2, 10))
    kept = seen_on(session, frozen_clock, member, day(2027, 3, 2))

    assert kept == ("Gold", start(2028, 3, 2))
    assert [name for name, _ in told(session)] == ["TierReached", "TierProlonged"]


def test_a_tier_left_after_a_fall_is_not_taken_by_another_orders_return(
    session: Session, frozen_clock: FrozenClock
) -> None:
    tiers = (make.tier("Base", 0), make.tier("Silver", 400), make.tier("Gold", 1000))
    member = make.member(session, make.program(session, club(*tiers, tier_fall=TierFall.ONE_LEVEL)))
    make.spent(session, 1000)
    fallen = seen_on(session, frozen_clock, member, day(2027, 3, 2))
    order_id = make.spent(session, 50, external_id="1001")

    make.refunded(session, "1001", 50, order_id=order_id)

    assert fallen == standing(session, member) == ("Silver", start(2028, 3, 2))
