"""What time does to a paid membership: trial, charge, renewal, retries, grace, prices. Acts are test_paid's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import billing, entitlements, lifecycle, paid, payments, plans
from loyalty.payment_providers import chosen
from loyalty.payment_providers.deterministic import DeterministicProvider
from loyalty.payments import Reported
from loyalty.plans import EligibilityDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import (
    EndReason,
    EntitlementKind,
    MembershipPayment,
    PaidState,
    PaymentKind,
    PaymentState,
    PriceRise,
    Program,
)
from tests.conftest import FrozenClock
from tests.loyalty.sums import count, rows
from tests.make import paid as make_paid
from tests.make import shop
from tests.make.paid import MONTHLY, YEARLY, charged, customer_of, monthly, standing, told
from tests.make.shop import accepted


@pytest.fixture(autouse=True)
def test_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    make_paid.with_test_provider(monkeypatch)


def test_thirty_days_of_trial_then_a_charge_then_a_renewal(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session)
    assert standing(session, paid_id) == (PaidState.TRIALING, "2026-04-01")
    assert charged(session) == []

    frozen_clock.advance(days=23)
    make_paid.collect(session)
    assert told(session) == ["MembershipStarted", "MembershipRenewalNear"]

    frozen_clock.advance(days=7)
    make_paid.collect(session)
    make_paid.collect(session)
    assert standing(session, paid_id) == (PaidState.ACTIVE, "2026-05-01")

    frozen_clock.advance(days=30)
    make_paid.collect(session)
    assert standing(session, paid_id) == (PaidState.ACTIVE, "2026-06-01")
    assert charged(session) == [(PaymentKind.RENEWAL, 1499, PaymentState.PAID)] * 2


def test_a_second_card_pays_when_the_first_is_refused(session: Session, frozen_clock: FrozenClock) -> None:
    make_paid.card(session, "good")
    paid_id = monthly(session, method="declined")

    frozen_clock.advance(days=30)
    make_paid.collect(session)

    assert standing(session, paid_id) == (PaidState.ACTIVE, "2026-05-01")
    assert charged(session) == [
        (PaymentKind.RENEWAL, 1499, PaymentState.FAILED),
        (PaymentKind.RENEWAL, 1499, PaymentState.PAID),
    ]


def test_without_a_card_that_pays_it_is_tried_on_days_1_3_5_7_and_lapses(
    session: Session, frozen_clock: FrozenClock
) -> None:
    paid_id = monthly(session, method="declined")
    customer_id = customer_of(session, paid_id)
    frozen_clock.advance(days=30)

    attempts = {}
    for day in range(9):
        make_paid.collect(session)
        attempts[day] = count(session, MembershipPayment)
        if day == 6:
            assert entitlements.of_customer(session, customer_id)
        frozen_clock.advance(days=1)

    assert attempts == {0: 1, 1: 2, 2: 2, 3: 3, 4: 3, 5: 4, 6: 4, 7: 5, 8: 5}
    assert standing(session, paid_id)[0] is PaidState.LAPSED
    assert make_paid.fresh(session, paid_id).end_reason is EndReason.PAYMENT_FAILED
    assert entitlements.of_customer(session, customer_id) == []
    assert told(session).count("MembershipPaymentFailed") == 5


def test_grace_ends_whether_or_not_a_job_has_run(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session, method="declined")
    frozen_clock.advance(days=30)
    make_paid.collect(session)
    assert standing(session, paid_id)[0] is PaidState.PAST_DUE

    frozen_clock.advance(days=6, hours=23)
    held = entitlements.of_customer(session, customer_of(session, paid_id))
    frozen_clock.advance(hours=1)

    assert [each.entitlement.kind for each in held] == [EntitlementKind.FREE_SHIPPING]
    assert entitlements.of_customer(session, customer_of(session, paid_id)) == []


def test_a_new_card_in_grace_is_charged_at_once(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session, method="declined")
    frozen_clock.advance(days=30)
    make_paid.collect(session)
    frozen_clock.advance(hours=2)

    make_paid.card(session, "new")
    make_paid.collect(session)

    assert standing(session, paid_id) == (PaidState.ACTIVE, "2026-05-01")
    assert make_paid.fresh(session, paid_id).grace_until is None


def test_a_job_that_is_late_charges_once_and_no_period_that_is_over(
    session: Session, frozen_clock: FrozenClock
) -> None:
    paid_id = monthly(session)
    frozen_clock.advance(days=100)
    assert entitlements.of_customer(session, customer_of(session, paid_id))

    make_paid.collect(session)

    assert charged(session) == [(PaymentKind.RENEWAL, 1499, PaymentState.PAID)]
    assert standing(session, paid_id) == (PaidState.ACTIVE, "2026-07-10")


@pytest.mark.parametrize(
    "setting, consents, expected",
    [
        (PriceRise.KEEP_OLD, False, (PaidState.ACTIVE, 12_000)),
        (PriceRise.KEEP_OLD, True, (PaidState.ACTIVE, 15_000)),
        (PriceRise.END, False, (PaidState.ENDED, 12_000)),
        (PriceRise.END, True, (PaidState.ACTIVE, 15_000)),
    ],
)
def test_a_price_rise_needs_consent(
    session: Session,
    frozen_clock: FrozenClock,
    setting: PriceRise,
    consents: bool,
    expected: tuple[PaidState, int],
) -> None:
    make_paid.card(session)
    terms = replace(YEARLY, price_rise=setting)
    plan = make_paid.plan(session, make_paid.program(session), terms)
    paid_id = make_paid.member(session, plan)
    frozen_clock.advance(days=100)
    accepted(plans.change(session, plan, version=1, terms=replace(terms, price_minor=15_000), active=True))
    make_paid.collect(session)
    assert "MembershipPriceRise" in told(session)

    if consents:
        accepted(paid.consent(session, paid_id, price_minor=15_000, customer_id=customer_of(session, paid_id)))
    frozen_clock.advance(days=265)
    make_paid.collect(session)

    row = make_paid.fresh(session, paid_id)
    assert (row.state, row.price_minor) == expected


def test_a_rise_told_too_late_does_not_end_a_membership(session: Session, frozen_clock: FrozenClock) -> None:
    make_paid.card(session)
    terms = replace(YEARLY, price_rise=PriceRise.END)
    plan = make_paid.plan(session, make_paid.program(session), terms)
    paid_id = make_paid.member(session, plan)
    frozen_clock.advance(days=360)
    accepted(plans.change(session, plan, version=1, terms=replace(terms, price_minor=15_000), active=True))
    make_paid.collect(session)

    frozen_clock.advance(days=5)
    make_paid.collect(session)

    row = make_paid.fresh(session, paid_id)
    assert (row.state, row.price_minor) == (PaidState.ACTIVE, 12_000)


def test_a_student_plan_ends_with_the_proof(session: Session, frozen_clock: FrozenClock) -> None:
    make_paid.card(session)
    student = replace(MONTHLY, name="Student", eligibility="student")
    plan = make_paid.plan(session, make_paid.program(session), student, months=1)
    until = clock.now() + timedelta(days=45)
    customer_id = shop.customer(session, "camille")
    holds = EligibilityDraft(customer_id=customer_id, attribute="student", until=until, actor_id=1)
    accepted(plans.grant(session, holds))
    paid_id = make_paid.member(session, plan)

    for _ in range(2):
        frozen_clock.advance(days=31)
        make_paid.collect(session)

    assert len(charged(session)) == 2
    row = make_paid.fresh(session, paid_id)
    assert (row.state, row.end_reason) == (PaidState.ENDED, EndReason.NOT_ELIGIBLE)


def test_money_that_comes_too_late_goes_back(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session, method="pending")
    frozen_clock.advance(days=30)
    make_paid.collect(session)
    accepted(paid.cancel(session, paid_id, customer_id=None))
    payment_id = rows(session, MembershipPayment)[0].id

    assert payments.report(session, payment_id, Reported(True)) == payment_id
    assert payments.report(session, payment_id, Reported(True)) == payment_id
    assert payments.report(session, payment_id, Reported(False)) == Refusal(LoyaltyRefusal.CONFLICT, ("paymentId",))
    assert charged(session) == [
        (PaymentKind.RENEWAL, 1499, PaymentState.PAID),
        (PaymentKind.REFUND, 1499, PaymentState.OPEN),
    ]


def test_an_answer_that_never_comes_is_waited_for_and_then_given_up(
    session: Session, frozen_clock: FrozenClock
) -> None:
    paid_id = monthly(session, method="pending")
    states = []
    frozen_clock.advance(days=30)
    for _ in range(10):
        make_paid.collect(session)
        states.append(standing(session, paid_id)[0])
        frozen_clock.advance(days=1)

    assert states == [PaidState.TRIALING, *[PaidState.PAST_DUE] * 7, *[PaidState.LAPSED] * 2]
    assert len(charged(session)) == 1


def test_an_unknown_outcome_is_looked_up_and_never_charged_again(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session)
    frozen_clock.advance(days=30)
    billing.run(session, paid_id)
    payment_id = rows(session, MembershipPayment)[0].id
    first = payments.take(session, payment_id)
    assert first is not None
    assert payments.take(session, payment_id) is None
    # the provider took the money, and whoever asked never came back
    payments.ask(first, chosen())
    frozen_clock.advance(minutes=3)
    make_paid.collect(session)

    provider = chosen()
    assert isinstance(provider, DeterministicProvider)
    assert len(provider.taken()) == 1
    assert standing(session, paid_id) == (PaidState.ACTIVE, "2026-05-01")


def test_an_ended_program_renews_nobody(session: Session, frozen_clock: FrozenClock) -> None:
    paid_id = monthly(session)
    accepted(lifecycle.end(session, rows(session, Program)[0].id))
    frozen_clock.advance(days=30)

    make_paid.collect(session)

    assert charged(session) == []
    assert make_paid.fresh(session, paid_id).end_reason is EndReason.PROGRAM_ENDED
