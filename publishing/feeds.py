"""The review feed of a storefront: which reviews it holds, and what each tells. Its format is seo.syndication's."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel import Session

from core import clock, ids
from publishing.queries import feeds as queries
from publishing.queries.feeds import FeedRow
from seo.syndication import google_reviews
from seo.syndication.google_reviews import FeedReview, Publisher, ReviewedProduct
from shop.tables import Storefront
from ugc import photos
from ugc.queries.photos import PhotoRow
from ugc.tables.reviews import Verification

_BATCH = 500


class LeftOut(StrEnum):
    """Why a published review is not in the feed: the format asks for a time and a text, and we make up neither."""

    UNDATED = "UNDATED"
    NO_TEXT = "NO_TEXT"


@dataclass(slots=True)
class Tally:
    """What has been written so far, and what was left out and why."""

    written: int = 0
    left_out: Counter[LeftOut] = field(default_factory=Counter)


def google_feed(session: Session, storefront: Storefront, tally: Tally) -> Iterator[str]:
    """The full feed in pieces, counting into `tally`: two statements for every 500 reviews, and memory for those alone.

    - every published review collected by this shop, low stars too; other sites' reviews and siblings' copies stay out;
    - of products that the storefront lists, with its names and addresses.
    """
    publisher = Publisher(storefront.name, f"{storefront.origin}/favicon.ico")
    return google_reviews.written(publisher, _reviews(session, storefront.id, tally))


def _reviews(session: Session, storefront_id: int, tally: Tally) -> Iterator[FeedReview]:
    after = 0
    while rows := queries.batch(session, storefront_id=storefront_id, after=after, limit=_BATCH):
        after = rows[-1].id
        pictured = photos.by_review(session, [row.id for row in rows if row.photo_count])
        for row in rows:
            missing = _missing(row)
            if missing is not None:
                tally.left_out[missing] += 1
                continue
            tally.written += 1
            yield _review(row, pictured.get(row.id, []))


def _missing(row: FeedRow) -> LeftOut | None:
    if not row.dated:
        return LeftOut.UNDATED
    return None if row.body.strip() else LeftOut.NO_TEXT


def _review(row: FeedRow, pictures: list[PhotoRow]) -> FeedReview:
    url = row.listed_url or row.url_pattern.replace("{handle}", row.product_handle)
    return FeedReview(
        id=ids.to_public("Review", row.id),
        author=row.display_name or "",
        is_verified=row.verification == Verification.ORDER,
        is_incentivised=bool(row.incentivised),
        published_at=clock.from_milliseconds(row.published_ms),
        title=row.title or "",
        body=row.body,
        language=row.locale.partition("-")[0],
        url=url,
        photos=tuple(photos.address(picture.renditions[-1].digest) for picture in pictures),
        rating=row.rating,
        product=ReviewedProduct(
            name=row.product_name,
            url=url,
            gtin=row.gtin or "",
            mpn=row.mpn or "",
            sku=row.sku or "",
            brand=row.brand or "",
        ),
    )
