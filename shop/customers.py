"""Customers: recording and reading them. Who is who is shop.recognition's, what they agreed to shop.consents'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from shop import consents, emails, recognition, storefronts, validation
from shop.consents import ConsentDraft
from shop.drafts import CustomerKeys
from shop.queries import customers as queries
from shop.refusals import ShopRefusal
from shop.tables import Customer, IdentityKind

MAX_CONSENTS = 50
_OLDEST_BIRTHDAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDraft:
    """A customer as the shop describes them; what is None stays as it was.

    `email_confirmed`: the shop has proof that the e-mail is this customer's.
    """

    storefront_id: int
    external_id: str | None = None
    email: str | None = None
    email_confirmed: bool = False
    first_name: str | None = None
    last_name: str | None = None
    birthday: date | None = None
    locale: str | None = None
    time_zone: str | None = None
    consents: tuple[ConsentDraft, ...] = ()

    def keys(self) -> CustomerKeys:
        """By what the customer may be recognised."""
        return CustomerKeys(
            external_id=self.external_id, customer_email=self.email, email_confirmed=self.email_confirmed
        )

    def refusal(self) -> Refusal | None:
        """What is wrong with the description, by the first field at fault."""
        nameless = self.external_id is None and self.email is None
        return validation.first(
            Refusal(ShopRefusal.IDENTITY_REQUIRED, ("externalId",)) if nameless else None,
            self.keys().refusal(()),
            validation.text(self.first_name, ("firstName",), maximum=validation.MAX_NAME, required=False),
            validation.text(self.last_name, ("lastName",), maximum=validation.MAX_NAME, required=False),
            _birthday(self.birthday),
            _unless(self.locale is None or storefronts.is_locale(self.locale), ShopRefusal.INVALID_LOCALE, "locale"),
            _unless(
                self.time_zone is None or storefronts.is_time_zone(self.time_zone),
                ShopRefusal.INVALID_TIME_ZONE,
                "timeZone",
            ),
            validation.at_most(len(self.consents), MAX_CONSENTS, ("consents",)),
            *(consent.refusal(("consents", str(index))) for index, consent in enumerate(self.consents)),
        )


def record(session: Session, draft: CustomerDraft) -> int | Refusal:
    """Create or complete the customer that the identities name; returns its id.

    IDENTITY_TAKEN: a confirmed e-mail that another customer has. Merging the two is a staff act.
    """
    refused = draft.refusal() or storefronts.unknown(session, draft.storefront_id)
    if refused is not None:
        return refused
    customer_id = recognition.described(session, draft.storefront_id, draft.keys())
    if customer_id is None:
        return Refusal(ShopRefusal.IDENTITY_TAKEN, ("email",))
    _describe(session, session.get_one(Customer, customer_id), draft)
    for consent in draft.consents:
        consents.note(session, customer_id, consent)
    return customer_id


def of_external_id(session: Session, storefront_id: int, external_id: str) -> int | None:
    """The customer that a storefront's own id names. One statement."""
    return queries.by_identity(session, IdentityKind.EXTERNAL, external_id, storefront_id=storefront_id)


def ensure_external(session: Session, storefront_id: int, external_id: str) -> int:
    """The customer of a storefront's own id, created at their first act."""
    found = of_external_id(session, storefront_id, external_id)
    return found or recognition.create(session, storefront_id, CustomerKeys(external_id=external_id))


def named(session: Session, written: str) -> list[int]:
    """Whom an account's id, an e-mail or a card names on any storefront, for staff who look somebody up."""
    spellings = {written.strip(), emails.normalise(written) or ""} - {""}
    everywhere = [0, *(storefront.id for storefront in storefronts.everyone(session))]
    return queries.named_by(session, sorted(spellings), everywhere)


def get(session: Session, customer_id: int) -> Customer | None:
    """The customer of this id. At most one statement."""
    return session.get(Customer, customer_id)


def by_ids(session: Session, customer_ids: Sequence[int]) -> dict[int, Customer]:
    """The customers that exist, by id. One statement."""
    return {customer.id: customer for customer in queries.by_ids(session, customer_ids)}


def birthday(session: Session, customer_id: int) -> date | None:
    """The customer's birthday, if it is known. At most one statement."""
    found = session.get(Customer, customer_id)
    return found.birthday if found is not None else None


def learn_birthday(session: Session, customer_id: int, day: date) -> Refusal | None:
    """Keep a birthday that the customer tells, unless one is on file: that is the shop's to change."""
    refused = _birthday(day)
    if refused is None and birthday(session, customer_id) is None:
        session.get_one(Customer, customer_id).birthday = day
        session.flush()
    return refused


def _describe(session: Session, customer: Customer, draft: CustomerDraft) -> None:
    if draft.email is not None:
        # matched without the spaces around it, so kept without them: a line end has no place in a mail's header
        email = draft.email.strip()
        customer.email_confirmed = draft.email_confirmed or (customer.email_confirmed and customer.email == email)
        customer.email = email
    for name in ("first_name", "last_name", "birthday", "locale", "time_zone"):
        told = getattr(draft, name)
        if told is not None:
            setattr(customer, name, told)
    session.add(customer)
    session.flush()


def _birthday(day: date | None) -> Refusal | None:
    if day is None or _OLDEST_BIRTHDAY <= day <= clock.now().date():
        return None
    return Refusal(ShopRefusal.INVALID_BIRTHDAY, ("birthday",))


def _unless(valid: bool, code: ShopRefusal, field: str) -> Refusal | None:  # noqa: FBT001 - the check's own answer
    return None if valid else Refusal(code, (field,))
