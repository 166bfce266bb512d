"""A program is created whole or not at all, and says which field has to change."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from sqlmodel import Session

from core.refusal import Refusal
from loyalty import adjustments, lifecycle, memberships, programs
from loyalty.adjustments import AdjustmentDraft
from loyalty.drafts import ProgramDraft, RateDraft, RewardDraft, RuleDraft, TierDraft
from loyalty.memberships import JoinDraft
from loyalty.plan_drafts import NewPlan
from loyalty.queries import balances
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import LedgerEntry, Membership, MembershipPlan, Program, ProgramKind, RewardKind, RuleKind
from tests.conftest import FrozenClock
from tests.loyalty.sums import balance, count, points
from tests.make import loyalty as make
from tests.make import shop
from tests.make.paid import YEARLY

GOOD = make.program_draft(handle="club", tiers=(make.tier("Gold", 100),), rewards=(make.voucher(),))
REVIEW = make.FIFTY_A_REVIEW


def with_rule(rule: RuleDraft) -> ProgramDraft:
    return replace(GOOD, rules=(rule,))


def with_tiers(*tiers: TierDraft) -> ProgramDraft:
    return replace(GOOD, tiers=tiers)


def with_reward(reward: RewardDraft) -> ProgramDraft:
    return replace(GOOD, rewards=(reward,))


@pytest.mark.parametrize(
    "draft, code, field",
    [
        (replace(GOOD, handle="Club!"), LoyaltyRefusal.INVALID_HANDLE, ("handle",)),
        (replace(GOOD, name=" "), LoyaltyRefusal.REQUIRED, ("name",)),
        (replace(GOOD, name="\x00"), LoyaltyRefusal.INVALID_TEXT, ("name",)),
        (replace(GOOD, currency="euro"), LoyaltyRefusal.INVALID_CURRENCY, ("currency",)),
        (replace(GOOD, zone="Mars/Base"), LoyaltyRefusal.INVALID_ZONE, ("zone",)),
        (replace(GOOD, pending_days=-1), LoyaltyRefusal.OUT_OF_RANGE, ("pendingDays",)),
        (replace(GOOD, rules=()), LoyaltyRefusal.REQUIRED, ("rules",)),
        (replace(GOOD, rules=(REVIEW,) * 51), LoyaltyRefusal.TOO_MANY, ("rules",)),
        (with_rule(replace(REVIEW, points=0)), LoyaltyRefusal.OUT_OF_RANGE, ("rules", "0", "points")),
        (with_rule(replace(REVIEW, per_minor=5)), LoyaltyRefusal.UNUSED_FIELD, ("rules", "0", "perMinor")),
        (
            with_rule(RuleDraft(kind=RuleKind.ORDER_SPEND, points=1, friend_points=2)),
            LoyaltyRefusal.UNUSED_FIELD,
            ("rules", "0", "friendPoints"),
        ),
        (
            with_tiers(make.tier("B", 100), make.tier("A", 100)),
            LoyaltyRefusal.OUT_OF_RANGE,
            ("tiers", "1", "threshold"),
        ),
        (
            with_tiers(make.tier("A", 100), make.tier("A", 200)),
            LoyaltyRefusal.TIER_NAME_TAKEN,
            ("tiers", "1", "name"),
        ),
        (with_reward(make.voucher(tier="Silver")), LoyaltyRefusal.UNKNOWN_TIER, ("rewards", "0", "tier")),
        (with_reward(make.voucher(percent=5)), LoyaltyRefusal.UNUSED_FIELD, ("rewards", "0", "percent")),
        (
            with_reward(RewardDraft(name="Tenth off", kind=RewardKind.PERCENT, cost=10)),
            LoyaltyRefusal.REQUIRED,
            ("rewards", "0", "percent"),
        ),
        (
            with_reward(RewardDraft(name="Mug", kind=RewardKind.FREE_PRODUCT, cost=10, product_id=1)),
            LoyaltyRefusal.PRODUCT_NOT_FOUND,
            ("rewards", "0", "productId"),
        ),
        (
            replace(GOOD, rates=(RateDraft(currency="EUR", micros=1),)),
            LoyaltyRefusal.INVALID_CURRENCY,
            ("rates", "0", "currency"),
        ),
    ],
)
def test_a_bad_draft_is_refused_by_its_field(
    session: Session, frozen_clock: FrozenClock, draft: ProgramDraft, code: LoyaltyRefusal, field: tuple[str, ...]
) -> None:
    refused = programs.create(session, draft)

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, field)
    assert count(session, Program) == 0


def test_a_handle_names_one_program(session: Session, frozen_clock: FrozenClock) -> None:
    make.program(session, GOOD)

    assert programs.create(session, GOOD) == Refusal(LoyaltyRefusal.HANDLE_TAKEN, ("handle",))


def test_two_changes_of_one_version_of_a_rule_conflict(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)
    rule_id = make.rule(session, program_id).id

    first = shop.accepted(programs.change_rule(session, rule_id, replace(make.ONE_PER_EURO, points=2)))
    second = programs.change_rule(session, rule_id, replace(make.ONE_PER_EURO, points=3))

    frozen_clock.advance(seconds=1)
    assert second == Refusal(LoyaltyRefusal.CONFLICT, ("ruleId",))
    assert (make.rule(session, program_id).id, make.rule(session, program_id).version) == (first, 2)


def test_joining_keeps_the_terms_agreed_to(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)
    customer_id = shop.customer(session, "camille")

    outdated = memberships.join(session, JoinDraft(program_id, customer_id, "0", "STOREFRONT"))
    member = shop.accepted(memberships.join(session, JoinDraft(program_id, customer_id, "1", "STOREFRONT")))
    twice = memberships.join(session, JoinDraft(program_id, customer_id, "1", "STOREFRONT"))

    row = session.get_one(Membership, member)
    assert outdated == Refusal(LoyaltyRefusal.TERMS_OUTDATED, ("termsVersion",), {"version": "1"})
    assert twice == Refusal(LoyaltyRefusal.ALREADY_MEMBER, ("programId",))
    assert (row.terms_version, row.consent_source) == ("1", "STOREFRONT")
    assert count(session, Membership) == 1


def test_an_ended_or_unknown_program_takes_nobody(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)
    customer_id = shop.customer(session, "camille")
    shop.accepted(lifecycle.end(session, program_id))
    session.expire_all()

    ended = memberships.join(session, JoinDraft(program_id, customer_id, "1", "STOREFRONT"))
    unknown = memberships.join(session, JoinDraft(1, customer_id, "1", "STOREFRONT"))

    assert ended == Refusal(LoyaltyRefusal.PROGRAM_ENDED, ("programId",))
    assert unknown == Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))


def test_staff_give_and_take_points_with_a_reason(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session))

    def adjust(amount: int, reason: str = "Goodwill") -> int | Refusal:
        return adjustments.adjust(session, AdjustmentDraft(member, amount, reason, actor_id=5))

    shop.accepted(adjust(100))
    shop.accepted(adjust(-30))
    refused = [adjust(0), adjust(10, " "), adjust(-71), adjust(10, "x" * 301)]

    assert points(session, member) == [100, -30]
    assert [each.code for each in refused if isinstance(each, Refusal)] == [
        LoyaltyRefusal.OUT_OF_RANGE,
        LoyaltyRefusal.REQUIRED,
        LoyaltyRefusal.NOT_ENOUGH_POINTS,
        LoyaltyRefusal.TOO_LONG,
    ]
    assert count(session, LedgerEntry) == 2


@pytest.mark.parametrize("program_count", [1, 4])
def test_all_balances_of_a_customer_take_one_statement(
    session: Session,
    frozen_clock: FrozenClock,
    statements: Callable[[], AbstractContextManager[list[str]]],
    program_count: int,
) -> None:
    customer_id = shop.customer(session, "camille")
    for _ in range(program_count):
        draft = make.program_draft(lot_months=1, tiers=(make.tier("Base", 0),))
        shop.accepted(memberships.join(session, JoinDraft(make.program(session, draft), customer_id, "1", "TEST")))
    make.spent(session, 10)
    frozen_clock.advance(days=3)
    make.spent(session, 5)

    with statements() as seen:
        rows = balances.of_customer(session, customer_id)

    assert len(seen) == 1
    assert [(row.balance, row.tier_name, row.next_expiry_points) for row in rows] == [(15, "Base", 10)] * program_count


def test_someone_with_no_points_has_a_balance_of_none(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session))

    row = balance(session, member)

    assert (row.balance, row.pending, row.deficit, row.next_expiry_at, row.next_expiry_points) == (0, 0, 0, None, None)


def test_plans_belong_to_a_paid_program_and_each_has_a_handle_of_its_own(session: Session) -> None:
    plan = NewPlan(handle="yearly", months=12, terms=YEARLY)
    paid = replace(make.program_draft(), kind=ProgramKind.PAID, rules=(), plans=(plan, plan))

    assert programs.create(session, replace(paid, kind=ProgramKind.POINTS, rules=(make.ONE_PER_EURO,))) == Refusal(
        LoyaltyRefusal.WRONG_KIND, ("kind",)
    )
    assert programs.create(session, paid) == Refusal(LoyaltyRefusal.PLAN_HANDLE_TAKEN, ("plans", "1", "handle"))
    wrong = replace(plan, handle="other", terms=replace(YEARLY, price_minor=0))
    refused = programs.create(session, replace(paid, plans=(plan, wrong)))
    assert isinstance(refused, Refusal)
    assert refused.field == ("plans", "1", "terms", "priceMinor")
    assert count(session, MembershipPlan) == 0
