"""What members ask of a paid membership: start, change, cancel, pause, money back. Time is test_billing's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import entitlements, paid, paid_states, payments
from loyalty.paid import StartDraft
from loyalty.paid_states import MOVES, PaidAct
from loyalty.payments import Reported
from loyalty.plan_drafts import Entitlement
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import (
    EndReason,
    EntitlementKind,
    Membership,
    MembershipPayment,
    MembershipPlan,
    PaidMembership,
    PaidState,
    PaymentKind,
    PaymentState,
)
from loyalty.tables.paid import OVER
from tests.conftest import FrozenClock
from tests.loyalty.sums import count, rows
from tests.make import loyalty as make
from tests.make import paid as make_paid
from tests.make import shop
from tests.make.paid import MONTHLY, YEARLY, charged, customer_of, monthly, standing, told
from tests.make.shop import accepted


@pytest.fixture(autouse=True)
def test_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    make_paid.with_test_provider(monkeypatch)


def test_every_move_leads_on_and_nothing_leaves_an_end() -> None:
    assert {state for state, _ in MOVES} == set(PaidState) - set(OVER)
    assert {act for _, act in MOVES} == set(PaidAct)
    assert paid_states.after(PaidState.ENDED, PaidAct.PAID) is None
    assert paid_states.after(PaidState.TRIALING, PaidAct.PAUSE) is None


def test_cancelled_on_trial_it_ends_with_it_and_nothing_is_charged(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session)
    frozen_clock.advance(days=10)
    accepted(paid.cancel(session, paid_id, customer_id=customer_of(session, paid_id)))
    assert entitlements.of_customer(session, customer_of(session, paid_id))

    frozen_clock.advance(days=20)
    assert entitlements.of_customer(session, customer_of(session, paid_id)) == []
    make_paid.collect(session)

    assert standing(session, paid_id)[0] is PaidState.ENDED
    assert charged(session) == []


def test_a_cancellation_can_be_taken_back(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session)
    accepted(paid.cancel(session, paid_id, customer_id=None))
    assert paid.pause(session, paid_id, until=clock.now() + timedelta(days=1), customer_id=None) == Refusal(
        LoyaltyRefusal.NOT_NOW, ("paidMembershipId",)
    )

    accepted(paid.resume(session, paid_id, customer_id=None))

    assert standing(session, paid_id) == (PaidState.TRIALING, "2026-04-01")


def test_a_pause_stops_benefits_and_keeps_what_was_paid_for(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session, with_trial=False)
    assert standing(session, paid_id) == (PaidState.ACTIVE, "2026-04-02")
    frozen_clock.advance(days=10)

    accepted(paid.pause(session, paid_id, until=clock.now() + timedelta(days=50), customer_id=None))
    assert entitlements.of_customer(session, customer_of(session, paid_id)) == []
    frozen_clock.advance(days=60)
    assert entitlements.of_customer(session, customer_of(session, paid_id))
    make_paid.collect(session)

    # ten days late: the pause ended by itself, 21 days of the period were left then
    assert standing(session, paid_id) == (PaidState.ACTIVE, "2026-05-22")
    assert len(charged(session)) == 1


def test_a_dearer_plan_begins_now_and_takes_the_unused_rest_off(session: Session, frozen_clock: FrozenClock) -> None:
    frozen_clock.move_to(datetime(2026, 1, 1, tzinfo=UTC))
    make_paid.card(session)
    program = make_paid.program(session)
    better = make_paid.plan(session, program, replace(YEARLY, name="Better", price_minor=20_000))
    paid_id = make_paid.member(session, make_paid.plan(session, program))
    frozen_clock.advance(days=73)

    accepted(paid.change_plan(session, paid_id, plan_id=better, customer_id=None))
    make_paid.collect(session)

    # 120.00 for 365 days, left after 73: 96.00
    assert charged(session)[1] == (PaymentKind.CHANGE, 20_000 - 9_600, PaymentState.PAID)
    assert standing(session, paid_id) == (PaidState.ACTIVE, "2027-03-15")


def test_a_dearer_plan_that_no_card_pays_leaves_the_old_one(session: Session, frozen_clock: FrozenClock) -> None:
    program = make_paid.program(session)
    better = make_paid.plan(session, program, replace(YEARLY, name="Better", price_minor=20_000))
    make_paid.card(session, "until-2026-04-01")
    paid_id = make_paid.member(session, make_paid.plan(session, program))
    before = standing(session, paid_id)
    frozen_clock.advance(days=60)

    accepted(paid.change_plan(session, paid_id, plan_id=better, customer_id=None))
    make_paid.collect(session)

    assert standing(session, paid_id) == before
    assert charged(session)[1][2] is PaymentState.FAILED


def test_a_change_that_failed_can_be_asked_for_again_and_keeps_no_card_from_a_renewal(
    session: Session, frozen_clock: FrozenClock
) -> None:
    program = make_paid.program(session)
    better = make_paid.plan(session, program, replace(YEARLY, name="Better", price_minor=20_000))
    make_paid.card(session, "until-2026-04-01")
    paid_id = make_paid.member(session, make_paid.plan(session, program))
    for _ in range(2):
        frozen_clock.advance(days=60)
        accepted(paid.change_plan(session, paid_id, plan_id=better, customer_id=None))
        make_paid.collect(session)

    frozen_clock.advance(days=245)
    make_paid.collect(session)

    kinds = [kind for kind, _, _ in charged(session)]
    assert kinds == [PaymentKind.START, PaymentKind.CHANGE, PaymentKind.CHANGE, PaymentKind.RENEWAL]


def test_a_cheaper_plan_begins_with_the_next_period(session: Session, frozen_clock: FrozenClock) -> None:
    make_paid.card(session)
    program = make_paid.program(session)
    basic = make_paid.plan(session, program, replace(YEARLY, name="Basic", price_minor=6_000))
    paid_id = make_paid.member(session, make_paid.plan(session, program))

    accepted(paid.change_plan(session, paid_id, plan_id=basic, customer_id=None))
    make_paid.collect(session)
    assert len(charged(session)) == 1
    frozen_clock.advance(days=365)
    make_paid.collect(session)

    assert charged(session)[1] == (PaymentKind.RENEWAL, 6_000, PaymentState.PAID)
    assert make_paid.fresh(session, paid_id).plan_id == basic


def test_all_of_it_comes_back_when_no_benefit_was_used(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session, with_trial=False)
    frozen_clock.advance(days=5)

    accepted(paid.refund(session, paid_id, customer_id=customer_of(session, paid_id)))
    make_paid.collect(session)

    assert charged(session)[1] == (PaymentKind.REFUND, 1499, PaymentState.PAID)
    row = make_paid.fresh(session, paid_id)
    assert (row.state, row.end_reason) == (PaidState.ENDED, EndReason.REFUNDED)
    assert told(session)[-2:] == ["MembershipPaymentDue", "MembershipRefunded"]


def test_a_refund_that_was_refused_can_be_made_by_hand(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session, with_trial=False)
    accepted(paid.refund(session, paid_id, customer_id=None))
    charge, refund = rows(session, MembershipPayment)

    outcomes = [payments.report(session, refund.id, Reported(is_paid)) for is_paid in (False, True, False)]

    assert outcomes == [refund.id, refund.id, Refusal(LoyaltyRefusal.CONFLICT, ("paymentId",))]
    assert payments.report(session, charge.id, Reported(is_paid=False)) == outcomes[2]
    assert charged(session)[1] == (PaymentKind.REFUND, 1499, PaymentState.PAID)


def test_once_a_benefit_was_used_only_staff_give_the_rest_back(session: Session, frozen_clock: FrozenClock) -> None:
    make_paid.card(session)
    paid_id = make_paid.member(session, make_paid.plan(session, make_paid.program(session)))
    order = shop.order(session, customer="camille")
    accepted(entitlements.note_use(session, order_id=order, benefit=make_paid.FREE_SHIPPING))
    accepted(entitlements.note_use(session, order_id=order, benefit=make_paid.FREE_SHIPPING))
    frozen_clock.advance(days=73)

    refused = paid.refund(session, paid_id, customer_id=customer_of(session, paid_id))
    accepted(paid.refund(session, paid_id, customer_id=None))

    assert refused == Refusal(LoyaltyRefusal.BENEFIT_USED, ("paidMembershipId",))
    assert charged(session)[1] == (PaymentKind.REFUND, 9_600, PaymentState.OPEN)


def test_multiplied_points_are_a_benefit_used(session: Session, frozen_clock: FrozenClock) -> None:
    make_paid.card(session)
    twice = Entitlement(kind=EntitlementKind.MULTIPLIER, amount=20_000)
    plan = make_paid.plan(session, make_paid.program(session), replace(YEARLY, entitlements=(twice,)))
    paid_id = make_paid.member(session, plan)
    member = make.member(session, make.program(session))

    make.spent(session, 50)

    session.expire_all()
    assert session.get_one(Membership, member).balance == 100
    assert paid.refund(session, paid_id, customer_id=customer_of(session, paid_id)) == Refusal(
        LoyaltyRefusal.BENEFIT_USED, ("paidMembershipId",)
    )


def test_a_benefit_that_is_not_held_cannot_be_used(session: Session, frozen_clock: FrozenClock) -> None:
    monthly(session)
    order = shop.order(session, customer="camille")

    refused = entitlements.note_use(
        session, order_id=order, benefit=Entitlement(kind=EntitlementKind.CONTENT, code="films")
    )

    assert refused == Refusal(LoyaltyRefusal.NOT_ENTITLED, ("kind",))


def wish(session: Session, customer: str, plan: int, **more: int | bool) -> int | Refusal:
    program = rows(session, Membership)[0].program_id if count(session, Membership) else None
    make.member(session, program, customer) if program and customer != "camille" else None
    draft = StartDraft(shop.customer(session, customer), plan, MONTHLY.price_minor, with_trial=True)
    return paid.start(session, replace(draft, **more))  # type: ignore[arg-type]


def test_a_trial_is_had_once_by_a_person_and_by_a_card(session: Session, frozen_clock: FrozenClock) -> None:
    make_paid.card(session, "card", print_="4242")
    plan = make_paid.plan(session, make_paid.program(session), MONTHLY, months=1)
    paid_id = make_paid.member(session, plan, with_trial=True)
    accepted(paid.cancel(session, paid_id, customer_id=None))
    frozen_clock.advance(days=30)
    make_paid.collect(session)
    make_paid.card(session, "other-token", customer="alex", print_="4242")

    again, same_card = wish(session, "camille", plan), wish(session, "alex", plan)

    assert again == same_card == Refusal(LoyaltyRefusal.TRIAL_USED, ("withTrial",))
    assert isinstance(wish(session, "camille", plan, with_trial=False), int)


def test_another_spelling_of_the_same_mailbox_is_the_same_person(session: Session, frozen_clock: FrozenClock) -> None:
    plan = make_paid.plan(session, make_paid.program(session), MONTHLY, months=1)
    program = session.get_one(MembershipPlan, plan).program_id
    outcomes = []
    for name, email in (("camille", "john@gmail.com"), ("alex", "j.o.hn+x@googlemail.com")):
        make_paid.card(session, customer=name)
        make.member(session, program, name)
        customer_id = shop.customer(session, name, email=email)
        outcomes.append(paid.start(session, StartDraft(customer_id, plan, MONTHLY.price_minor, with_trial=True)))

    assert outcomes[1] == Refusal(LoyaltyRefusal.TRIAL_USED, ("withTrial",))


def test_what_cannot_be_started_says_why(session: Session, frozen_clock: FrozenClock) -> None:
    program = make_paid.program(session)
    plan = make_paid.plan(session, program, MONTHLY, months=1)
    student = make_paid.plan(session, program, replace(MONTHLY, name="Student", eligibility="student"), months=1)
    assert wish(session, "camille", plan) == Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("planId",))
    make.member(session, program)

    assert wish(session, "camille", 1) == Refusal(LoyaltyRefusal.PLAN_NOT_FOUND, ("planId",))
    assert wish(session, "camille", student) == Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("planId",))
    assert wish(session, "camille", plan, price_minor=1) == Refusal(LoyaltyRefusal.PRICE_CHANGED, ("priceMinor",))
    assert wish(session, "camille", plan) == Refusal(LoyaltyRefusal.PAYMENT_METHOD_REQUIRED)
    assert count(session, PaidMembership) == 0


def test_a_first_payment_that_fails_starts_nothing(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session, with_trial=False, method="declined")

    assert standing(session, paid_id)[0] is PaidState.ENDED
    assert told(session) == ["MembershipPaymentDue", "MembershipPaymentFailed", "MembershipEnded"]


def test_nobody_acts_for_another(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id, other = monthly(session), shop.customer(session, "alex")
    before = make_paid.fresh(session, paid_id).model_dump()
    unknown = Refusal(LoyaltyRefusal.PAID_MEMBERSHIP_NOT_FOUND, ("paidMembershipId",))

    assert paid.cancel(session, paid_id, customer_id=other) == unknown
    assert paid.resume(session, paid_id, customer_id=other) == unknown
    assert paid.pause(session, paid_id, until=clock.now(), customer_id=other) == unknown
    assert paid.consent(session, paid_id, price_minor=1, customer_id=other) == unknown
    assert paid.refund(session, paid_id, customer_id=other) == unknown
    assert paid.change_plan(session, paid_id, plan_id=1, customer_id=other) == unknown
    assert make_paid.fresh(session, paid_id).model_dump() == before
