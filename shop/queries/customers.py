"""Statements about customers, their identities and consents."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from shop.tables import Consent, Customer, CustomerIdentity, IdentityKind


def by_identity(session: Session, kind: IdentityKind, value: str, *, storefront_id: int = 0) -> int | None:
    """Whom an identity names. One statement."""
    return session.exec(
        select(CustomerIdentity.customer_id).where(
            col(CustomerIdentity.storefront_id) == storefront_id,
            col(CustomerIdentity.kind) == kind,
            col(CustomerIdentity.value) == value,
        )
    ).first()


def identities(session: Session, customer_id: int) -> list[CustomerIdentity]:
    """Every identity of a customer. One statement."""
    return list(
        session.exec(
            select(CustomerIdentity)
            .where(col(CustomerIdentity.customer_id) == customer_id)
            .order_by(col(CustomerIdentity.id))
        )
    )


def by_ids(session: Session, customer_ids: Sequence[int]) -> list[Customer]:
    """The customers that exist, by id. One statement."""
    return list(session.exec(select(Customer).where(col(Customer.id).in_(customer_ids)).order_by(col(Customer.id))))


def consents_of(session: Session, customer_ids: Sequence[int]) -> list[Consent]:
    """Every consent of these customers given or withdrawn, oldest first. One statement."""
    return list(
        session.exec(
            select(Consent).where(col(Consent.customer_id).in_(customer_ids)).order_by(col(Consent.at), col(Consent.id))
        )
    )


def named_by(session: Session, values: Sequence[str], storefront_ids: Sequence[int]) -> list[int]:
    """Whom any identity of one of these values names, on any of these storefronts, in order of id. One statement."""
    statement = (
        select(CustomerIdentity.customer_id)
        .where(
            col(CustomerIdentity.storefront_id).in_(storefront_ids),
            col(CustomerIdentity.kind).in_(list(IdentityKind)),
            col(CustomerIdentity.value).in_(values),
        )
        .distinct()
        .order_by(col(CustomerIdentity.customer_id))
    )
    return list(session.exec(statement))
