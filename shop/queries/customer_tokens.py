"""Statements about customer tokens: whose a token is, and what was revoked."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, exists
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core import db
from core.hot import Hot
from shop.tables import Customer, CustomerIdentity, IdentityKind, RevokedToken, SignedOut


class BearerRow(NamedTuple):
    """What is known of a token's subject; `signed_out_at` in milliseconds."""

    customer_id: int | None
    locale: str | None
    signed_out_at: int | None
    is_revoked: int


def _of_bearer(column: Any) -> Any:  # noqa: ANN401 - a column, and its scalar subquery
    return (
        core_select(column)
        .select_from(CustomerIdentity)
        .join(Customer, col(Customer.id) == col(CustomerIdentity.customer_id))
        .where(
            col(CustomerIdentity.storefront_id) == bindparam("storefront_id"),
            col(CustomerIdentity.kind) == IdentityKind.EXTERNAL,
            col(CustomerIdentity.value) == bindparam("external_id"),
        )
        .scalar_subquery()
    )


_BEARER = Hot(
    core_select(
        _of_bearer(col(Customer.id)),
        _of_bearer(col(Customer.locale)),
        core_select(col(SignedOut.at))
        .where(
            col(SignedOut.storefront_id) == bindparam("storefront_id"),
            col(SignedOut.external_id) == bindparam("external_id"),
        )
        .scalar_subquery(),
        exists().where(
            col(RevokedToken.storefront_id) == bindparam("storefront_id"),
            col(RevokedToken.token_id) == bindparam("token_id"),
        ),
    ),
    BearerRow._make,
)


def bearer(session: Session, storefront_id: int, external_id: str, token_id: str) -> BearerRow:
    """Whose token it is, and whether it was revoked. One statement."""
    found = _BEARER.first(session, storefront_id=storefront_id, external_id=external_id, token_id=token_id)
    return found or BearerRow(None, None, None, 0)


def revoke(session: Session, storefront_id: int, token_id: str, at: datetime) -> bool:
    """Keep that the token is refused; False when it was already. One statement."""
    row = {"storefront_id": storefront_id, "token_id": token_id, "revoked_at": at}
    return db.insert_once(session, RevokedToken, row)


def sign_out(session: Session, storefront_id: int, external_id: str, at: datetime) -> None:
    """Keep that the customer's tokens up to `at` are refused. Two statements."""
    mark = session.get(SignedOut, (storefront_id, external_id))
    if mark is None:
        session.add(SignedOut(storefront_id=storefront_id, external_id=external_id, at=at))
    else:
        mark.at = at
    session.flush()


def forget_revoked(session: Session, before: datetime, *, limit: int) -> int:
    """Drop up to `limit` revocations from before this instant; returns how many. One statement."""
    old = select(RevokedToken.token_id).where(col(RevokedToken.revoked_at) < before).limit(limit)
    return db.changed_rows(
        session,
        delete(RevokedToken).where(col(RevokedToken.token_id).in_(old), col(RevokedToken.revoked_at) < before),
    )
