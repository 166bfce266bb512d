"""Which product pages a storefront has, in parts, with their pictures and their addresses elsewhere."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, text
from sqlalchemy import select as core_select
from sqlmodel import Session, col

from core.hot import Hot, in_list
from shop.tables import Product, ProductListing, Storefront
from ugc.tables.photos import Photo, PhotoRendition, PhotoStatus
from ugc.tables.reviews import Review

# the rendition that a search engine is shown
_LARGEST = 1600


class PartRow(NamedTuple):
    """One part of a sitemap: the id of its first product, and the newest change in it in milliseconds."""

    first_id: int
    changed_ms: int


class PageRow(NamedTuple):
    """One product page of a storefront."""

    product_id: int
    family_id: int | None
    handle: str
    changed_ms: int
    image_url: str | None
    listed_url: str | None
    url_pattern: str

    @property
    def url(self) -> str:
        """The page's address: the listing's own, else by the storefront's pattern."""
        return self.listed_url or self.url_pattern.replace("{handle}", self.handle)


class PictureRow(NamedTuple):
    """A public photo of a product's review; siblings of one family share it."""

    product_id: int
    family_id: int | None
    digest: str


class AddressRow(NamedTuple):
    """Where another storefront shows a product, and in which language."""

    product_id: int
    locale: str
    handle: str
    listed_url: str | None
    url_pattern: str

    @property
    def url(self) -> str:
        """As PageRow has it."""
        return self.listed_url or self.url_pattern.replace("{handle}", self.handle)


_LISTED = and_(
    col(ProductListing.product_id) == col(Product.id),
    col(ProductListing.storefront_id) == bindparam("storefront_id"),
)
_NUMBERED = (
    core_select(
        col(Product.id).label("id"),
        col(Product.updated_at).label("changed"),
        (func.row_number().over(order_by=col(Product.id)) - 1).label("place"),
    )
    .join(ProductListing, _LISTED)
    .subquery()
)
_PARTS = Hot(
    core_select(func.min(_NUMBERED.c.id), func.max(_NUMBERED.c.changed))
    .group_by(_NUMBERED.c.place - _NUMBERED.c.place % bindparam("size"))
    .order_by(func.min(_NUMBERED.c.id)),
    PartRow._make,
)
_PAGE: tuple[Any, ...] = (
    Product.id,
    Product.family_id,
    Product.handle,
    Product.updated_at,
    Product.image_url,
    ProductListing.url,
    Storefront.product_url,
)
_PAGES = Hot(
    core_select(*_PAGE)
    .select_from(Product)
    .join(ProductListing, _LISTED)
    .join(Storefront, col(Storefront.id) == col(ProductListing.storefront_id))
    .where(col(Product.id) >= bindparam("start"))
    .order_by(col(Product.id))
    .limit(bindparam("limit")),
    PageRow._make,
)
_RANKED = (
    core_select(
        col(Review.product_id).label("product_id"),
        col(Product.family_id).label("family_id"),
        col(PhotoRendition.digest).label("digest"),
        col(Photo.id).label("photo_id"),
        func.row_number()
        .over(partition_by=func.coalesce(-col(Product.family_id), col(Product.id)), order_by=col(Photo.id).desc())
        .label("rank"),
    )
    .select_from(Photo)
    .join(Review, col(Review.id) == col(Photo.review_id))
    .join(Product, col(Product.id) == col(Review.product_id))
    .join(PhotoRendition, and_(col(PhotoRendition.photo_id) == col(Photo.id), col(PhotoRendition.size) == _LARGEST))
    .where(
        text("review.status = 'PUBLISHED' AND review.counted AND review.photo_count > 0"),
        col(Photo.status) == PhotoStatus.APPROVED,
        or_(in_list(Review.product_id, "product_ids"), in_list(Product.family_id, "family_ids")),
    )
    .subquery()
)
_PICTURES = Hot(
    core_select(_RANKED.c.product_id, _RANKED.c.family_id, _RANKED.c.digest)
    .where(_RANKED.c.rank <= bindparam("most"))
    .order_by(_RANKED.c.photo_id.desc()),
    PictureRow._make,
)
_ADDRESS: tuple[Any, ...] = (
    Product.id,
    Storefront.locale,
    Product.handle,
    ProductListing.url,
    Storefront.product_url,
)
_ADDRESSES = Hot(
    core_select(*_ADDRESS)
    .select_from(Product)
    .join(ProductListing, col(ProductListing.product_id) == col(Product.id))
    .join(Storefront, col(Storefront.id) == col(ProductListing.storefront_id))
    .where(in_list(Product.id, "ids"))
    .order_by(col(Product.id), col(Storefront.id)),
    AddressRow._make,
)


def parts(session: Session, storefront_id: int, *, size: int) -> list[PartRow]:
    """The storefront's pages cut into parts of `size`, oldest product first. One statement, linear in the products."""
    return _PARTS.all(session, storefront_id=storefront_id, size=size)


def pages(session: Session, storefront_id: int, *, start: int, limit: int) -> list[PageRow]:
    """The next pages from the product with id `start` on. One statement."""
    return _PAGES.all(session, storefront_id=storefront_id, start=start, limit=limit)


def pictures(session: Session, of: Sequence[PageRow], *, most: int) -> list[PictureRow]:
    """The newest public photos of these products and their families, `most` of each. One statement."""
    families = {page.family_id for page in of if page.family_id is not None}
    return _PICTURES.all(session, product_ids=[page.product_id for page in of], family_ids=sorted(families), most=most)


def addresses(session: Session, product_ids: Sequence[int]) -> list[AddressRow]:
    """Every storefront's page of these products. One statement."""
    return _ADDRESSES.all(session, ids=list(product_ids))
