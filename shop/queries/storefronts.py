"""Statements about storefronts."""

from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core.hot import Hot
from shop.tables import Storefront


class StorefrontRow(NamedTuple):
    """What a request needs to know of its storefront; instants in milliseconds."""

    id: int
    handle: str
    name: str
    origin: str
    locale: str
    currency: str
    time_zone: str
    product_url: str
    publishable_key: str
    customer_secret: str
    former_key: str | None
    former_key_until: int | None
    former_secret: str | None
    former_secret_until: int | None
    jwks_url: str | None
    jwks: str | None
    token_issuer: str | None
    token_algorithms: str
    token_hours: int


_COLUMNS = tuple(Storefront.__table__.c[name] for name in StorefrontRow._fields)  # type: ignore[attr-defined]
_BY_KEY = Hot(
    core_select(*_COLUMNS).where(
        (col(Storefront.publishable_key) == bindparam("key")) | (col(Storefront.former_key) == bindparam("key"))
    ),
    StorefrontRow._make,
)


def by_publishable_key(session: Session, key: str) -> StorefrontRow | None:
    """The storefront whose publishable key this is, or was. One statement."""
    return _BY_KEY.first(session, key=key)


_ROW_BY_HANDLE = Hot(core_select(*_COLUMNS).where(col(Storefront.handle) == bindparam("handle")), StorefrontRow._make)


def row_by_handle(session: Session, handle: str) -> StorefrontRow | None:
    """The storefront of this handle, for readers. One statement."""
    return _ROW_BY_HANDLE.first(session, handle=handle)


def by_handle(session: Session, handle: str) -> Storefront | None:
    """The storefront of this handle. One statement."""
    return session.exec(select(Storefront).where(col(Storefront.handle) == handle)).first()


def all_storefronts(session: Session) -> list[Storefront]:
    """Every storefront, in the order of their making. One statement."""
    return list(session.exec(select(Storefront).order_by(col(Storefront.id))))
