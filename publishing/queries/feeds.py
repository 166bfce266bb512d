"""Every published review of a storefront's listed products, a batch at a time, as a review feed tells them."""

from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, text
from sqlalchemy import select as core_select
from sqlmodel import Session, col

from core.hot import Hot
from shop.tables import Product, ProductListing, Storefront
from ugc.tables.reviews import Origin, Review, ReviewRevision


class FeedRow(NamedTuple):
    """One review with its product, as the storefront lists it; instants in milliseconds."""

    id: int
    display_name: str | None
    verification: str
    incentivised: bool
    published_ms: int
    dated: bool
    title: str | None
    body: str
    locale: str
    photo_count: int
    rating: int
    product_handle: str
    product_name: str
    brand: str | None
    gtin: str | None
    mpn: str | None
    sku: str | None
    listed_url: str | None
    url_pattern: str


_COLUMNS: tuple[Any, ...] = (
    Review.id,
    Review.display_name,
    Review.verification,
    Review.incentivised,
    Review.published_at,
    Review.dated,
    ReviewRevision.title,
    ReviewRevision.body,
    Review.locale,
    Review.photo_count,
    Review.rating,
    Product.handle,
    func.coalesce(ProductListing.name, Product.name),
    Product.brand,
    Product.gtin,
    Product.mpn,
    Product.sku,
    ProductListing.url,
    Storefront.product_url,
)
_BATCH = Hot(
    core_select(*_COLUMNS)
    .select_from(Review)
    .join(
        ReviewRevision,
        and_(col(ReviewRevision.review_id) == Review.id, col(ReviewRevision.no) == col(Review.public_revision_no)),
    )
    .join(Product, col(Product.id) == col(Review.product_id))
    .join(
        ProductListing,
        and_(
            col(ProductListing.product_id) == col(Product.id),
            col(ProductListing.storefront_id) == bindparam("storefront_id"),
        ),
    )
    .join(Storefront, col(Storefront.id) == col(ProductListing.storefront_id))
    .where(
        text("review.status = 'PUBLISHED' AND review.counted"),
        col(Review.origin) == Origin.OWN_SITE,
        col(Review.id) > bindparam("after"),
    )
    .order_by(col(Review.id))
    .limit(bindparam("limit")),
    FeedRow._make,
)


def batch(session: Session, *, storefront_id: int, after: int, limit: int) -> list[FeedRow]:
    """The next reviews beyond the one with id `after`, oldest first. One statement."""
    return _BATCH.all(session, storefront_id=storefront_id, after=after, limit=limit)
