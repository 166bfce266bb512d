"""A customer list becomes members: each row alone, with its consents, and never twice."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from core.refusal import Refusal
from loyalty import enrolment, enrolment_file, lifecycle
from loyalty.enrolment import Agreement, Enrolled
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Membership
from shop.consents import ConsentDraft
from shop.customers import CustomerDraft
from shop.refusals import ShopRefusal
from shop.tables import Consent, Customer
from tests.conftest import FrozenClock
from tests.loyalty.sums import count, only
from tests.make import loyalty as make
from tests.make import shop
from tests.make.shop import accepted

LETTER = ConsentDraft(purpose="newsletter", granted=True, source="letter", at=datetime(2026, 1, 1, tzinfo=UTC))


def test_each_row_stands_alone_and_none_counts_twice(session: Session, frozen_clock: FrozenClock) -> None:
    agreement = Agreement(make.program(session), "1", "letter")
    ada, bea = shop.customer(session, "ada"), shop.customer(session, "bea")
    rows = [Enrolled(ada, (LETTER,)), Enrolled(1), Enrolled(bea, (replace(LETTER, purpose=" "),))]

    first = enrolment.enrol(session, agreement, rows)
    again = enrolment.enrol(session, agreement, rows[:1])

    member = only(session, Membership)
    assert first == [
        member.id,
        Refusal(LoyaltyRefusal.CUSTOMER_NOT_FOUND, ("customerId",)),
        Refusal(ShopRefusal.REQUIRED, ("consents", "0", "purpose")),
    ]
    assert again == [Refusal(LoyaltyRefusal.ALREADY_MEMBER, ("programId",))]
    assert (member.customer_id, member.consent_source, count(session, Consent)) == (ada, "letter", 1)


def test_a_list_makes_customers_that_are_not_known_and_a_refused_row_makes_none(
    session: Session, frozen_clock: FrozenClock
) -> None:
    program_id = make.program(session)
    front = shop.storefront(session)
    known = CustomerDraft(storefront_id=front, external_id="ada", email="ada@mail.example")

    outcomes = enrolment.enrol_described(session, Agreement(program_id, "0", "letter"), [known])
    nobody = count(session, Customer)
    enrolled = enrolment.enrol_described(session, Agreement(program_id, "1", "letter"), [known])

    assert outcomes == [Refusal(LoyaltyRefusal.TERMS_OUTDATED, ("termsVersion",), {"version": "1"})]
    assert nobody == 0
    assert enrolled == [only(session, Membership).id]


def test_a_pilot_takes_those_on_the_list_and_a_draft_nobody(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session, replace(make.program_draft(), is_draft=True))
    agreement = Agreement(program_id, "1", "letter")
    ada, bea = shop.customer(session, "ada"), shop.customer(session, "bea")

    of_draft = enrolment.enrol(session, agreement, [Enrolled(ada)])
    accepted(lifecycle.invite(session, program_id, [ada]))
    of_pilot = enrolment.enrol(session, agreement, [Enrolled(bea)])

    assert of_draft == [Refusal(LoyaltyRefusal.ILLEGAL_TRANSITION, ("programId",))]
    assert of_pilot == [only(session, Membership).id]


def test_a_file_is_read_row_by_row(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "external_id,email,birthday,consent.newsletter,consented_at,colour\n"
        "ada,ada@mail.example,2001-02-03,yes,2026-01-01T00:00:00Z,\n"
        "bea,,03/02/2001,,,\n"
        "cy,,,no,,\n"
    )

    rows = list(enrolment_file.rows(file, storefront_id=7, source="letter"))

    assert enrolment_file.unknown_columns(file) == ["colour"]
    assert [line for line, _ in rows] == [2, 3, 4]
    draft = rows[0][1]
    assert isinstance(draft, CustomerDraft)
    assert (draft.external_id, draft.email, draft.email_confirmed) == ("ada", "ada@mail.example", False)
    assert draft.consents == (LETTER,)
    assert rows[1][1] == Refusal(LoyaltyRefusal.INVALID_DATE, ())
    assert rows[2][1] == Refusal(LoyaltyRefusal.INVALID_DATE, ("consented_at",))
