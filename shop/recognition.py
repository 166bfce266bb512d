"""Recognising customers by account and e-mail. What is kept of a person is shop.customers'.

An account (the shop's own id) and an e-mail share a row only when the shop has confirmed that the e-mail is the
account's: whoever types another's address into an order must not come to see that person's history.
"""

from sqlmodel import Session

from core import clock, ids
from shop import emails
from shop.drafts import CustomerKeys
from shop.queries import customers as queries
from shop.tables import Customer, CustomerIdentity, IdentityKind


def recognise(session: Session, storefront_id: int, keys: CustomerKeys) -> int | None:
    """Whose order or record this is: by external id, then the order's e-mail, then the customer's; else someone new.

    - None only when there is no key at all. Names never count.
    - An e-mail does not lead to a row with another account on this storefront when the keys name an account.
    - A confirmed e-mail ties the account to the row found by it; an unconfirmed one only says whose the order is.
    """
    known = keys.external_id and _of_account(session, storefront_id, keys.external_id)
    if known:
        _learn_email(session, known, keys)
        return known
    for email in _emails(keys):
        found = queries.by_identity(session, IdentityKind.EMAIL, email)
        if found is not None and _may_be(session, found, storefront_id, keys):
            _learn_account(session, found, storefront_id, keys, email=email)
            return found
    return create(session, storefront_id, keys) if keys.external_id or _emails(keys) else None


def described(session: Session, storefront_id: int, keys: CustomerKeys) -> int | None:
    """Whom a description with these keys is of; None when its confirmed e-mail is another's.

    Unlike an order, a description never lands on a row found by an unconfirmed e-mail when it names an account: the
    account's holder is going to act as this row.
    """
    if keys.external_id is None:
        return recognise(session, storefront_id, keys)
    known = _of_account(session, storefront_id, keys.external_id)
    email = _confirmed_email(keys)
    owner = queries.by_identity(session, IdentityKind.EMAIL, email) if email else None
    if known is None and email and owner and not _has_account(session, owner, storefront_id):
        _learn_account(session, owner, storefront_id, keys, email=email)
        return owner
    if owner not in (None, known):
        return None
    if known is not None:
        _learn_email(session, known, keys)
        return known
    return create(session, storefront_id, keys)


def create(session: Session, storefront_id: int, keys: CustomerKeys) -> int:
    """A new row with these keys; of the e-mails only one that may lead to it is kept as an identity."""
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


def _of_account(session: Session, storefront_id: int, external_id: str) -> int | None:
    return queries.by_identity(session, IdentityKind.EXTERNAL, external_id, storefront_id=storefront_id)


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
