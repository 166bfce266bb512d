"""Customers: recognising, recording and reading them. What they agreed to is shop.consents', their orders shop.orders'.

An account (the shop's own id) and an e-mail share a row only when the shop has confirmed that the e-mail is the
account's: whoever types another's address into an order must not come to see that person's history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core import clock, ids
from core.refusal import Refusal
from shop import consents, emails, storefronts, validation
from shop.consents import ConsentDraft
from shop.drafts import CustomerKeys
from shop.queries import customers as queries
from shop.refusals import ShopRefusal
from shop.tables import Customer, CustomerIdentity, IdentityKind

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
    customer_id = _subject(session, draft)
    if customer_id is None:
        return Refusal(ShopRefusal.IDENTITY_TAKEN, ("email",))
    _describe(session, session.get_one(Customer, customer_id), draft)
    for consent in draft.consents:
        consents.note(session, customer_id, consent)
    return customer_id


def recognise(session: Session, storefront_id: int, keys: CustomerKeys) -> int | None:
    """Whose order or record this is: by external id, then the order's e-mail, then the customer's; else someone new.

    - None only when there is no key at all. Names never count.
    - An e-mail does not lead to a row with another account on this storefront when the keys name an account.
    - A confirmed e-mail ties the account to the row found by it; an unconfirmed one only says whose the order is.
    """
    known = keys.external_id and of_external_id(session, storefront_id, keys.external_id)
    if known:
        _learn_email(session, known, keys)
        return known
    for email in _emails(keys):
        found = queries.by_identity(session, IdentityKind.EMAIL, email)
        if found is not None and _may_be(session, found, storefront_id, keys):
            _learn_account(session, found, storefront_id, keys, email=email)
            return found
    return _create(session, storefront_id, keys) if keys.external_id or _emails(keys) else None


def of_external_id(session: Session, storefront_id: int, external_id: str) -> int | None:
    """The customer that a storefront's own id names. One statement."""
    return queries.by_identity(session, IdentityKind.EXTERNAL, external_id, storefront_id=storefront_id)


def of_email(session: Session, email: str) -> int | None:
    """The customer that an e-mail names. One statement."""
    value = emails.normalise(email)
    return None if value is None else queries.by_identity(session, IdentityKind.EMAIL, value)


def ensure_external(session: Session, storefront_id: int, external_id: str) -> int:
    """The customer of a storefront's own id, created at their first act."""
    found = of_external_id(session, storefront_id, external_id)
    return found or _create(session, storefront_id, CustomerKeys(external_id=external_id))


def get(session: Session, customer_id: int) -> Customer | None:
    """The customer of this id. At most one statement."""
    return session.get(Customer, customer_id)


def by_ids(session: Session, customer_ids: Sequence[int]) -> dict[int, Customer]:
    """The customers that exist, by id. One statement."""
    return {customer.id: customer for customer in queries.by_ids(session, customer_ids)}


def _emails(keys: CustomerKeys) -> list[str]:
    spelt = [emails.normalise(email) for email in (keys.order_email, keys.customer_email) if email]
    return list(dict.fromkeys(email for email in spelt if email))


def _confirmed_email(keys: CustomerKeys) -> str | None:
    return emails.normalise(keys.customer_email) if keys.email_confirmed and keys.customer_email else None


def _may_be(session: Session, customer_id: int, storefront_id: int, keys: CustomerKeys) -> bool:
    return keys.external_id is None or not _has_account(session, customer_id, storefront_id)


def _has_account(session: Session, customer_id: int, storefront_id: int) -> bool:
    return any(
        identity.kind is IdentityKind.EXTERNAL and identity.storefront_id == storefront_id
        for identity in queries.identities(session, customer_id)
    )


def _learn_account(session: Session, customer_id: int, storefront_id: int, keys: CustomerKeys, *, email: str) -> None:
    if _confirmed_email(keys) != email:
        return
    _confirm(session, customer_id)
    if keys.external_id is not None:
        _identify(session, customer_id, IdentityKind.EXTERNAL, keys.external_id, storefront_id=storefront_id)


def _learn_email(session: Session, customer_id: int, keys: CustomerKeys) -> None:
    email = _confirmed_email(keys)
    if email is not None and queries.by_identity(session, IdentityKind.EMAIL, email) is None:
        _identify(session, customer_id, IdentityKind.EMAIL, email)
        _confirm(session, customer_id)


def _create(session: Session, storefront_id: int, keys: CustomerKeys) -> int:
    customer = Customer(
        id=ids.new_id(),
        storefront_id=storefront_id,
        email=(keys.customer_email or keys.order_email or "").strip() or None,
        created_at=clock.now(),
    )
    session.add(customer)
    session.flush()
    if keys.external_id is not None:
        _identify(session, customer.id, IdentityKind.EXTERNAL, keys.external_id, storefront_id=storefront_id)
        _learn_email(session, customer.id, keys)
    else:
        _identify(session, customer.id, IdentityKind.EMAIL, _emails(keys)[0])
    return customer.id


def _identify(session: Session, customer_id: int, kind: IdentityKind, value: str, *, storefront_id: int = 0) -> None:
    # two first tellings at once collide on the unique key, and one is run again
    session.add(
        CustomerIdentity(
            id=ids.new_id(),
            customer_id=customer_id,
            storefront_id=storefront_id,
            kind=kind,
            value=value,
            created_at=clock.now(),
        )
    )
    session.flush()


def _confirm(session: Session, customer_id: int) -> None:
    customer = session.get_one(Customer, customer_id)
    customer.email_confirmed = True
    session.add(customer)
    session.flush()


def _subject(session: Session, draft: CustomerDraft) -> int | None:
    """Whom a description is of; None when its confirmed e-mail is another's.

    Unlike an order, a description never lands on a row found by an unconfirmed e-mail when it names an account: the
    account's holder is going to act as this row.
    """
    keys = draft.keys()
    if draft.external_id is None:
        return recognise(session, draft.storefront_id, keys)
    known = of_external_id(session, draft.storefront_id, draft.external_id)
    email = _confirmed_email(keys)
    owner = of_email(session, email) if email else None
    if known is None and email and owner and not _has_account(session, owner, draft.storefront_id):
        _learn_account(session, owner, draft.storefront_id, keys, email=email)
        return owner
    if owner not in (None, known):
        return None
    if known is not None:
        _learn_email(session, known, keys)
        return known
    return _create(session, draft.storefront_id, keys)


def _describe(session: Session, customer: Customer, draft: CustomerDraft) -> None:
    if draft.email is not None:
        customer.email_confirmed = draft.email_confirmed or (customer.email_confirmed and customer.email == draft.email)
    for name in ("email", "first_name", "last_name", "birthday", "locale", "time_zone"):
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
