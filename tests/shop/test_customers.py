"""Customers: recognised by account, then e-mail, never by name, and never through an address nobody confirmed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from shop import consents, customers, recognition
from shop.consents import ConsentDraft
from shop.customers import CustomerDraft
from shop.drafts import CustomerKeys
from shop.refusals import ShopRefusal
from shop.tables import Consent, Customer, CustomerIdentity
from tests.make import shop as make
from tests.shop.told import count

pytestmark = pytest.mark.usefixtures("frozen_clock")


@pytest.fixture
def storefront(session: Session) -> int:
    return make.storefront(session)


def test_an_external_id_names_a_customer_of_its_storefront_alone(session: Session, storefront: int) -> None:
    ada = make.customer(session, "ada", storefront_id=storefront)
    elsewhere = make.storefront(session, "lyon")

    assert customers.of_external_id(session, storefront, "ada") == ada
    assert customers.of_external_id(session, elsewhere, "ada") is None
    assert customers.ensure_external(session, storefront, "ada") == ada
    assert customers.ensure_external(session, elsewhere, "ada") != ada


def test_recording_completes_and_never_empties(session: Session, storefront: int) -> None:
    ada = make.customer(session, "ada", storefront_id=storefront, first_name="Ada")

    again = customers.record(
        session, CustomerDraft(storefront_id=storefront, external_id="ada", birthday=date(1990, 5, 1), locale="fr-FR")
    )

    assert again == ada
    row = session.get_one(Customer, ada)
    assert (row.first_name, row.birthday, row.locale) == ("Ada", date(1990, 5, 1), "fr-FR")
    assert row.email_confirmed


def test_a_confirmed_email_is_the_same_person_on_every_storefront(session: Session, storefront: int) -> None:
    ada = make.customer(session, "ada", storefront_id=storefront, email="ada@mail.example")

    lyon = make.storefront(session, "lyon")
    assert make.customer(session, "4711", storefront_id=lyon, email="ADA@mail.example") == ada
    assert customers.of_external_id(session, lyon, "4711") == ada


def test_an_account_does_not_reach_a_guests_history_by_an_unconfirmed_email(session: Session, storefront: int) -> None:
    guest = recognition.recognise(session, storefront, CustomerKeys(order_email="ada@mail.example"))

    stranger = make.customer(session, "eve", email="ada@mail.example", email_confirmed=False)

    assert stranger != guest
    assert recognition.recognise(session, storefront, CustomerKeys(order_email="ada@mail.example")) == guest


def test_an_account_reaches_it_once_the_shop_has_confirmed_the_email(session: Session, storefront: int) -> None:
    guest = recognition.recognise(session, storefront, CustomerKeys(order_email="ada@mail.example"))

    assert make.customer(session, "ada", email="ada@mail.example", email_confirmed=True) == guest


def test_an_order_goes_to_the_emails_owner_without_giving_the_account_a_view(session: Session, storefront: int) -> None:
    guest = recognition.recognise(session, storefront, CustomerKeys(order_email="ada@mail.example"))

    keys = CustomerKeys(external_id="eve", order_email="ada@mail.example")

    assert recognition.recognise(session, storefront, keys) == guest
    assert customers.of_external_id(session, storefront, "eve") is None


def test_a_guest_order_does_not_go_to_an_account_that_only_claims_the_email(session: Session, storefront: int) -> None:
    claimant = make.customer(session, "eve", email="ada@mail.example", email_confirmed=False)

    assert recognition.recognise(session, storefront, CustomerKeys(order_email="ada@mail.example")) != claimant


def test_the_account_comes_before_the_emails_and_the_orders_email_before_the_customers(
    session: Session, storefront: int
) -> None:
    ada, bea = make.customer(session, "ada"), make.customer(session, "bea")

    keys = CustomerKeys(order_email="ada@mail.example", customer_email="bea@mail.example")

    assert recognition.recognise(session, storefront, keys) == ada
    assert recognition.recognise(session, storefront, replace(keys, external_id="bea")) == bea


def test_another_account_is_another_person_whatever_email_the_order_bears(session: Session, storefront: int) -> None:
    ada = make.customer(session, "ada")

    keys = CustomerKeys(external_id="son", order_email="ada@mail.example")

    assert recognition.recognise(session, storefront, keys) not in (None, ada)


def test_without_any_key_there_is_nobody(session: Session, storefront: int) -> None:
    assert recognition.recognise(session, storefront, CustomerKeys()) is None
    assert count(session, Customer) == 0


def test_a_confirmed_email_of_another_account_is_refused(session: Session, storefront: int) -> None:
    make.customer(session, "ada", email="ada@mail.example")
    before = count(session, CustomerIdentity)

    refused = customers.record(
        session,
        CustomerDraft(storefront_id=storefront, external_id="bea", email="ada@mail.example", email_confirmed=True),
    )

    assert refused == Refusal(ShopRefusal.IDENTITY_TAKEN, ("email",))
    assert (count(session, Customer), count(session, CustomerIdentity)) == (1, before)


@pytest.mark.parametrize(
    "changes, code, field",
    [
        ({"external_id": None, "email": None}, ShopRefusal.IDENTITY_REQUIRED, ("externalId",)),
        ({"external_id": "x" * 121}, ShopRefusal.TOO_LONG, ("externalId",)),
        ({"email": "nobody"}, ShopRefusal.INVALID_EMAIL, ("email",)),
        ({"first_name": "x" * 301}, ShopRefusal.TOO_LONG, ("firstName",)),
        ({"last_name": "\x00"}, ShopRefusal.INVALID_TEXT, ("lastName",)),
        ({"birthday": date(1899, 12, 31)}, ShopRefusal.INVALID_BIRTHDAY, ("birthday",)),
        ({"birthday": date(2026, 3, 3)}, ShopRefusal.INVALID_BIRTHDAY, ("birthday",)),
        ({"locale": "french"}, ShopRefusal.INVALID_LOCALE, ("locale",)),
        ({"time_zone": "Europe/Atlantis"}, ShopRefusal.INVALID_TIME_ZONE, ("timeZone",)),
        ({"storefront_id": 0}, ShopRefusal.STOREFRONT_NOT_FOUND, ("storefrontId",)),
    ],
)
def test_what_no_customer_can_be_is_refused_by_its_field(
    session: Session, storefront: int, changes: dict[str, object], code: ShopRefusal, field: tuple[str, ...]
) -> None:
    draft = replace(CustomerDraft(storefront_id=storefront, external_id="ada"), **changes)  # type: ignore[arg-type]

    refused = customers.record(session, draft)

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, field)
    assert count(session, Customer) == 0


def test_the_newest_word_on_a_purpose_counts_and_the_history_stays(session: Session, storefront: int) -> None:
    now = clock.now()
    given = ConsentDraft(purpose="newsletter", granted=True, source="sign-up form", at=now - timedelta(days=2))
    withdrawn = ConsentDraft(purpose="newsletter", granted=False, source="unsubscribe link", at=now)

    draft = CustomerDraft(storefront_id=storefront, external_id="ada", consents=(withdrawn, given))
    ada = make.accepted(customers.record(session, draft))
    make.accepted(customers.record(session, draft))

    assert [(row.purpose, row.granted) for row in consents.current_of(session, [ada])[ada]] == [("newsletter", False)]
    assert count(session, Consent) == 2


def test_an_email_is_kept_without_the_spaces_around_it(session: Session, storefront: int) -> None:
    draft = CustomerDraft(storefront_id=storefront, external_id="c-1", email="ada@mail.example\n", email_confirmed=True)

    for told in (draft, draft):
        customer_id = customers.record(session, told)
        assert isinstance(customer_id, int)
        customer = session.get_one(Customer, customer_id)
        assert (customer.email, customer.email_confirmed) == ("ada@mail.example", True)
