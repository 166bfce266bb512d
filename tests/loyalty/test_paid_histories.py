"""Any history of acts, days, refusals and reports: money is taken once a period, however many ask at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlmodel import Session

from core import clock
from core.db import Database
from core.refusal import Refusal
from loyalty import billing, entitlements, memberships, paid, payment_providers, payments
from loyalty.memberships import JoinDraft
from loyalty.paid import StartDraft
from loyalty.payments import Reported
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Membership, MembershipPayment, PaidMembership, PaidState, PaymentKind, PaymentState
from loyalty.tables.paid import OVER, UNDECIDED
from tests.conftest import NOON, FrozenClock
from tests.databases import SQLITE, PostgresDatabases, SqliteDatabases
from tests.loyalty.sums import only, rows
from tests.make import loyalty as make
from tests.make import paid as make_paid
from tests.make.paid import YEARLY, customer_of, monthly
from tests.make.shop import accepted
from worker.cashier import Cashier

ACTS = ["bill", "cancel", "resume", "refund", "pause", "dearer", "cheaper", "paid", "failed"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 40)),
        st.tuples(st.sampled_from(ACTS), st.just(0)),
    ),
    min_size=3,
    max_size=14,
)


Makers = Callable[[str], SqliteDatabases | PostgresDatabases]


class History:
    """One member of a monthly plan whose shop reports payments, and what must hold after every step."""

    def __init__(self, session: Session) -> None:
        self.session = session
        program = make_paid.program(session)
        plan = make_paid.plan(session, program, make_paid.MONTHLY, months=1)
        self.plans = {
            "dearer": make_paid.plan(session, program, replace(YEARLY, name="Dearer", price_minor=90_000)),
            "cheaper": make_paid.plan(session, program, replace(YEARLY, name="Cheaper", price_minor=600)),
        }
        self.paid_id = make_paid.member(session, plan, with_trial=True)

    def row(self) -> PaidMembership:
        return make_paid.fresh(self.session, self.paid_id)

    def act(self, name: str) -> None:
        session, paid_id = self.session, self.paid_id
        if name == "bill":
            billing.run(session, paid_id)
        elif name == "cancel":
            paid.cancel(session, paid_id, customer_id=None)
        elif name == "resume":
            paid.resume(session, paid_id, customer_id=None)
        elif name == "refund":
            paid.refund(session, paid_id, customer_id=None)
        elif name == "pause":
            paid.pause(session, paid_id, until=clock.now() + timedelta(days=20), customer_id=None)
        elif name in self.plans:
            paid.change_plan(session, paid_id, plan_id=self.plans[name], customer_id=None)
        else:
            for row in rows(session, MembershipPayment):
                if row.state in UNDECIDED:
                    payments.report(session, row.id, Reported(name == "paid"))

    def check(self) -> None:
        row, known = self.row(), rows(self.session, MembershipPayment)
        charges = [each for each in known if each.kind is not PaymentKind.REFUND]
        taken = [each for each in charges if each.state is PaymentState.PAID]
        refunds = [each for each in known if each.kind is PaymentKind.REFUND]
        assert sum(each.state in UNDECIDED for each in charges) <= 1
        assert len({(each.period_no, each.attempt) for each in charges}) == len(charges)
        # a period is paid for once, save for what came too late and goes back
        given_back = {each.refund_of_id for each in refunds}
        kept = [each.period_no for each in taken if each.id not in given_back]
        assert len(set(kept)) == len(kept)
        assert all(0 < each.amount_minor <= by_id(charges)[each.refund_of_id or 0].amount_minor for each in refunds)
        assert row.credit_minor >= 0
        assert row.period_start <= row.period_end
        assert (row.ended_at is not None) == (row.state in OVER)
        assert not (row.state in OVER and entitlements.holds(row, clock.now()))


def by_id(charges: list[MembershipPayment]) -> dict[int, MembershipPayment]:
    return {each.id: each for each in charges}


@examples(max_examples=30)
@given(steps=STEPS)
def test_whatever_happens_money_is_taken_once_a_period(database_makers: Makers, steps: list[tuple[str, int]]) -> None:
    with database_makers(SQLITE).fresh() as database, ExitStack() as stack:
        stack.enter_context(clock.at(NOON))

        def walk(session: Session) -> None:
            history = History(session)
            for step in steps:
                if step[0] == "wait":
                    stack.enter_context(clock.at(clock.now() + timedelta(days=step[1])))
                else:
                    history.act(step[0])
                    history.check()

        database.writing(walk)


def test_eight_who_start_at_once_have_one(database: Database, frozen_clock: FrozenClock) -> None:
    def ready(session: Session) -> StartDraft:
        plan = make_paid.plan(session, make_paid.program(session), YEARLY)
        customer = make_paid.member(session, plan, customer="other")
        program = session.get_one(Membership, session.get_one(PaidMembership, customer).membership_id).program_id
        mine = make.member(session, program)
        return StartDraft(session.get_one(Membership, mine).customer_id, plan, YEARLY.price_minor, with_trial=False)

    draft = database.writing(ready)
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(lambda _: database.writing(lambda session: paid.start(session, draft)), range(8)))

    refused = Refusal(LoyaltyRefusal.ALREADY_PAID_MEMBER, ("planId",))
    assert sorted(outcome == refused for outcome in outcomes) == [False] + [True] * 7


def test_eight_cashiers_at_once_charge_once(
    database: Database, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_paid.with_test_provider(monkeypatch)
    paid_id = database.writing(monthly)
    frozen_clock.advance(days=30)

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(Cashier(database).drain) for _ in range(8)]:
            done.result()

    provider = payment_providers.chosen()
    with database.reading() as session:
        states = [row.state for row in rows(session, MembershipPayment)]
        assert states == [PaymentState.PAID]
        assert session.get_one(PaidMembership, paid_id).state is PaidState.ACTIVE
    assert len(provider.taken()) == 1  # type: ignore[attr-defined]


def test_who_leaves_the_program_is_not_renewed(session: Session, frozen_clock: FrozenClock) -> None:
    plan = make_paid.plan(session, make_paid.program(session), make_paid.MONTHLY, months=1)
    paid_id = make_paid.member(session, plan, with_trial=True)
    customer_id = customer_of(session, paid_id)
    program_id = only(session, Membership).program_id

    accepted(memberships.leave(session, customer_id=customer_id, program_id=program_id))

    assert make_paid.fresh(session, paid_id).state is PaidState.CANCELLING
    again = accepted(memberships.join(session, JoinDraft(program_id, customer_id, "1", "TEST")))
    draft = StartDraft(customer_id, plan, 1499, with_trial=True)
    assert again
    assert paid.start(session, draft) == Refusal(LoyaltyRefusal.ALREADY_PAID_MEMBER, ("planId",))
