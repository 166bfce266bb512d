"""Builders of plans and of those who pay for them. Programs are tests.make.loyalty's."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from core.settings import settings
from loyalty import billing, paid, payment_methods, payment_providers, payments, plans
from loyalty.paid import StartDraft
from loyalty.payment_methods import MethodDraft
from loyalty.plan_drafts import Entitlement, PlanDraft, PlanTerms
from loyalty.tables import (
    EntitlementKind,
    Membership,
    MembershipPayment,
    MembershipPlan,
    PaidMembership,
    PaidState,
    PaymentKind,
    PaymentState,
    ProgramKind,
)
from tests.loyalty.sums import rows
from tests.make import loyalty, shop
from tests.make.shop import accepted

FREE_SHIPPING = Entitlement(kind=EntitlementKind.FREE_SHIPPING)
YEARLY = PlanTerms(name="Yearly", price_minor=12_000, entitlements=(FREE_SHIPPING,))
MONTHLY = PlanTerms(name="Monthly", price_minor=1_499, trial_days=30, entitlements=(FREE_SHIPPING,))


def with_test_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """Money is taken by the deterministic provider, as a development installation has it."""
    monkeypatch.setenv("FIDELIO_DEVELOPMENT", "true")
    monkeypatch.setenv("FIDELIO_PAYMENTS", "test")
    settings.cache_clear()


def program(session: Session, *, zone: str = "UTC") -> int:
    """A paid program without rules."""
    draft = replace(loyalty.program_draft(zone=zone), kind=ProgramKind.PAID, rules=())
    return loyalty.program(session, draft)


def plan(session: Session, program_id: int, terms: PlanTerms = YEARLY, *, months: int = 12) -> int:
    """A plan, named as its terms."""
    draft = PlanDraft(program_id=program_id, handle=terms.name.lower(), months=months, terms=terms)
    return accepted(plans.create(session, draft))


def card(session: Session, reference: str = "card", *, customer: str = "camille", print_: str | None = None) -> None:
    """A method on file."""
    customer_id = shop.customer(session, customer)
    draft = MethodDraft(customer_id=customer_id, reference=reference, fingerprint=print_)
    accepted(payment_methods.record(session, draft))


def member(session: Session, plan_id: int, *, customer: str = "camille", with_trial: bool = False) -> int:
    """The customer's paid membership of the plan, its first period paid if there is no trial."""
    chosen = session.get_one(MembershipPlan, plan_id)
    customer_id = session.get_one(Membership, loyalty.member(session, chosen.program_id, customer)).customer_id
    paid_id = accepted(paid.start(session, StartDraft(customer_id, plan_id, chosen.price_minor, with_trial)))
    collect(session)
    return paid_id


def collect(session: Session) -> None:
    """Everything that is due by now, as worker.cashier does it, in one transaction."""
    while [*billing.due(session, limit=50), *payments.due(session, limit=50)]:
        for paid_id in billing.due(session, limit=50):
            billing.run(session, paid_id)
        for payment_id in payments.due(session, limit=50):
            errand = payments.take(session, payment_id)
            if errand is not None:
                payments.record(session, payment_id, payments.ask(errand, payment_providers.chosen()))


def fresh(session: Session, paid_id: int) -> PaidMembership:
    """The row as it is now."""
    session.expire_all()
    return session.get_one(PaidMembership, paid_id)


def charged(session: Session) -> list[tuple[PaymentKind, int, PaymentState]]:
    """Every payment: kind, amount, state."""
    return [(row.kind, row.amount_minor, row.state) for row in rows(session, MembershipPayment)]


def standing(session: Session, paid_id: int) -> tuple[PaidState, str]:
    """The state, and the day on which the period ends."""
    row = fresh(session, paid_id)
    return row.state, row.period_end.date().isoformat()


def told(session: Session) -> list[str]:
    """The names of what was told of paid memberships, oldest first."""
    return [event.name for event in loyalty.told(session) if event.name.startswith("Membership")]


def customer_of(session: Session, paid_id: int) -> int:
    """Whose it is."""
    row = session.get_one(PaidMembership, paid_id)
    return session.get_one(Membership, row.membership_id).customer_id


def monthly(session: Session, *, with_trial: bool = True, method: str = "card") -> int:
    """A monthly plan's member with one card more."""
    card(session, method)
    chosen = plan(session, program(session), MONTHLY, months=1)
    return member(session, chosen, with_trial=with_trial)
