"""Statements about products, their listings and families. The hot ones serve a product page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, update
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core import ids
from core.hot import Hot, in_list
from shop.tables import Family, Product, ProductListing, Storefront


class ProductRow(NamedTuple):
    """A product as one storefront shows it: `name` and `description` in its words where it has any."""

    id: int
    external_id: str
    handle: str
    family_id: int | None
    name: str
    description: str
    brand: str | None
    sku: str | None
    gtin: str | None
    mpn: str | None
    category: str | None
    image_url: str | None
    image_width: int | None
    image_height: int | None
    version: int
    open_for_reviews: bool
    updated_ms: int
    price_minor: int | None
    currency: str | None
    availability: str | None
    listed_url: str | None
    url_pattern: str | None

    @property
    def type_name(self) -> str:
        """The node type of this row."""
        return "Product"

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)

    @property
    def url(self) -> str | None:
        """The page's address: the listing's own, else by the storefront's pattern; None without a storefront."""
        if self.listed_url is not None or self.url_pattern is None:
            return self.listed_url
        return self.url_pattern.replace("{handle}", self.handle)


_SHOWN: tuple[Any, ...] = (
    Product.id,
    Product.external_id,
    Product.handle,
    Product.family_id,
    func.coalesce(ProductListing.name, Product.name),
    func.coalesce(ProductListing.description, Product.description),
    Product.brand,
    Product.sku,
    Product.gtin,
    Product.mpn,
    Product.category,
    Product.image_url,
    Product.image_width,
    Product.image_height,
    Product.version,
    Product.open_for_reviews,
    Product.updated_at,
    ProductListing.price_minor,
    ProductListing.currency,
    ProductListing.availability,
    ProductListing.url,
    Storefront.product_url,
)


def _shown(*conditions: Any) -> Select[Any]:  # noqa: ANN401 - SQL expressions
    listing = and_(
        col(ProductListing.product_id) == col(Product.id),
        col(ProductListing.storefront_id) == bindparam("storefront_id"),
    )
    return (
        core_select(*_SHOWN)
        .select_from(Product)
        .join(ProductListing, listing, isouter=True)
        .join(Storefront, col(Storefront.id) == bindparam("storefront_id"), isouter=True)
        .where(*conditions)
    )


_BY_ID = Hot(_shown(col(Product.id) == bindparam("product_id")), ProductRow._make)
_BY_HANDLE = Hot(_shown(col(Product.handle) == bindparam("handle")), ProductRow._make)
_BY_IDS = Hot(_shown(in_list(Product.id, "ids")), ProductRow._make)
_BY_FAMILIES = Hot(_shown(in_list(Product.family_id, "family_ids")).order_by(col(Product.id)), ProductRow._make)
_PAGE = Hot(
    _shown(col(Product.id) > bindparam("after")).order_by(col(Product.id)).limit(bindparam("limit")),
    ProductRow._make,
)


def shown_by_id(session: Session, product_id: int, *, storefront_id: int | None) -> ProductRow | None:
    """The product as the storefront shows it. One statement."""
    return _BY_ID.first(session, product_id=product_id, storefront_id=storefront_id or 0)


def shown_by_handle(session: Session, handle: str, *, storefront_id: int | None) -> ProductRow | None:
    """The product as the storefront shows it. One statement."""
    return _BY_HANDLE.first(session, handle=handle, storefront_id=storefront_id or 0)


def shown_by_ids(session: Session, product_ids: Sequence[int], *, storefront_id: int | None) -> list[ProductRow]:
    """The products that exist. One statement."""
    return _BY_IDS.all(session, ids=list(product_ids), storefront_id=storefront_id or 0)


def shown_by_families(session: Session, family_ids: Sequence[int], *, storefront_id: int | None) -> list[ProductRow]:
    """The products of these families, oldest first. One statement."""
    return _BY_FAMILIES.all(session, family_ids=list(family_ids), storefront_id=storefront_id or 0)


def shown_page(session: Session, *, storefront_id: int | None, after: int, limit: int) -> list[ProductRow]:
    """Products in the order of their making, from the one after id `after`. One statement."""
    return _PAGE.all(session, storefront_id=storefront_id or 0, after=after, limit=limit)


def by_external_id(session: Session, external_id: str) -> Product | None:
    """The product that the shop's own id names. One statement."""
    return session.exec(select(Product).where(col(Product.external_id) == external_id)).first()


def id_of_handle(session: Session, handle: str) -> int | None:
    """Whose handle it is. One statement."""
    return session.exec(select(Product.id).where(col(Product.handle) == handle)).first()


def family_by_external_id(session: Session, external_id: str) -> Family | None:
    """The family that the shop's own id names. One statement."""
    return session.exec(select(Family).where(col(Family.external_id) == external_id)).first()


def families_by_ids(session: Session, family_ids: Sequence[int]) -> list[Family]:
    """The families that exist. One statement."""
    return list(session.exec(select(Family).where(col(Family.id).in_(family_ids))))


def members(session: Session, family_id: int) -> list[int]:
    """Ids of the family's products, oldest first. One statement."""
    return list(session.exec(select(Product.id).where(col(Product.family_id) == family_id).order_by(col(Product.id))))


def siblings(session: Session, product_id: int) -> list[int]:
    """Ids of the products of the same family, the product's own with them; itself alone without one. One statement."""
    own_family = select(Product.family_id).where(col(Product.id) == product_id).scalar_subquery()
    return list(
        session.exec(
            select(Product.id)
            .where((col(Product.id) == product_id) | (col(Product.family_id) == own_family))
            .order_by(col(Product.id))
        )
    )


def set_family(session: Session, product_ids: Sequence[int], family_id: int | None) -> None:
    """Make the products members of the family, or of none. One statement."""
    session.flush()
    session.connection().execute(update(Product).where(col(Product.id).in_(product_ids)).values(family_id=family_id))
    session.expire_all()


def raise_versions(session: Session, product_ids: Sequence[int], *, now: datetime) -> list[int]:
    """One more version of each product that exists; returns their ids in order. One statement."""
    session.flush()
    raised = session.connection().execute(
        update(Product)
        .where(col(Product.id).in_(product_ids))
        .values(version=Product.version + 1, updated_at=now)
        .returning(col(Product.id))
    )
    found = sorted(raised.scalars())
    session.expire_all()
    return found


def listing(session: Session, product_id: int, storefront_id: int) -> ProductListing | None:
    """What the storefront says of the product. At most one statement."""
    return session.get(ProductListing, (product_id, storefront_id))
