"""Hot reads of what the public may see: published reviews, sibling copies aside. Summaries are queries.ratings'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, text, tuple_
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core.hot import Hot, in_list
from core.ids import to_public
from core.paging import Key
from shop.tables import Product
from ugc.tables.reviews import Review, ReviewRevision


class ReviewOrder(StrEnum):
    """How a page is sorted; among equal stars, HIGHEST starts with the newest and LOWEST with the oldest."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    HIGHEST = "HIGHEST"
    LOWEST = "LOWEST"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFilter:
    """Which reviews a page holds: with one number of stars, with photos, by verified buyers. The default: all."""

    rating: int | None = None
    with_photos: bool = False
    verified: bool = False


class PublishedReview(NamedTuple):
    """A review as the public reads it; instants in milliseconds.

    `published_ms` is the first publication, or the day an import tells; it means nothing unless `dated`.
    `written_ms` is when the shown revision was written.
    """

    id: int
    product_id: int
    rating: int
    title: str | None
    body: str
    locale: str
    display_name: str | None
    verification: str
    incentivised: bool
    origin: str
    source: str | None
    photo_count: int
    dated: bool
    published_ms: int
    revision_no: int
    written_ms: int
    experienced: date | str | None

    @property
    def experienced_on(self) -> date | None:
        """The day of the experience, which SQLite's driver gives as text."""
        return date.fromisoformat(self.experienced) if isinstance(self.experienced, str) else self.experienced

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return to_public(self.type_name, self.id)

    @property
    def type_name(self) -> str:
        """What `node` calls such a row."""
        return "Review"

    @property
    def author(self) -> "PublishedReview":
        """What the public may know of the author is on the same row: a name, and no path to the customer."""
        return self

    @property
    def public_since_ms(self) -> int | None:
        """The day to show; None when nobody knows it, or before the first publication."""
        return self.published_ms if self.dated else None

    @property
    def updated_ms(self) -> int | None:
        """When the shown text replaced an earlier one."""
        return self.written_ms if self.revision_no > 1 else None


COLUMNS: tuple[Any, ...] = (
    Review.id,
    Review.product_id,
    Review.rating,
    ReviewRevision.title,
    ReviewRevision.body,
    Review.locale,
    Review.display_name,
    Review.verification,
    Review.incentivised,
    Review.origin,
    Review.source,
    Review.photo_count,
    Review.dated,
    Review.published_at,
    ReviewRevision.no,
    ReviewRevision.created_at,
    Review.experienced_on,
)
# written as the partial indexes have it, so that both planners see that they serve
SHOWN = text("review.status = 'PUBLISHED' AND review.counted")
_BY_STARS = frozenset({ReviewOrder.HIGHEST, ReviewOrder.LOWEST})
_FALLING = frozenset({ReviewOrder.NEWEST, ReviewOrder.HIGHEST})


def key_shape(order: ReviewOrder) -> tuple[type, ...]:
    """The shape of a page's cursor in this order."""
    return (int, int, int) if order in _BY_STARS else (int, int)


def key(review: PublishedReview, order: ReviewOrder) -> Key:
    """Where a review stands in this order."""
    place = (review.published_ms, review.id)
    return (review.rating, *place) if order in _BY_STARS else place


def published_rows() -> Select[Any]:
    """What the public may see, as COLUMNS; whose reviews, and in which order, is still to be said."""
    shown = and_(col(ReviewRevision.review_id) == Review.id, col(ReviewRevision.no) == col(Review.public_revision_no))
    return core_select(*COLUMNS).select_from(Review).join(ReviewRevision, shown).where(SHOWN)


@lru_cache(maxsize=128)
def _page(order: ReviewOrder, kept: ReviewFilter, *, of_family: bool, continued: bool) -> Hot[PublishedReview]:
    """One statement per shape of question; the numbers in it are bound. `kept.rating` only says whether one is."""
    statement = published_rows().where(within_family() if of_family else col(Review.product_id) == bindparam("scope"))
    if kept.rating is not None:
        statement = statement.where(col(Review.rating) == bindparam("rating"))
    if kept.with_photos:
        statement = statement.where(text("review.photo_count > 0"))
    if kept.verified:
        statement = statement.where(text("review.verification = 'ORDER'"))
    place: list[Any] = [Review.published_at, Review.id]
    columns = [col(Review.rating), *place] if order in _BY_STARS else place
    if continued:
        statement = statement.where(_beyond(columns, falling=order in _FALLING))
    ordered = [column.desc() if order in _FALLING else column.asc() for column in map(col, columns)]
    return Hot(statement.order_by(*ordered).limit(bindparam("limit")), PublishedReview._make)


def within_family() -> ColumnElement[bool]:
    """Reviews of the family bound as `scope`."""
    members = select(Product.id).where(Product.family_id == bindparam("scope"))
    return col(Review.product_id).in_(members)


def _beyond(columns: list[Any], *, falling: bool) -> ColumnElement[bool]:
    names = ("after_0", "after_1", "after_2")
    after = tuple_(*[bindparam(name) for name in names[: len(columns)]])
    return tuple_(*columns) < after if falling else tuple_(*columns) > after


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose reviews: a product's, or, where it has siblings, the family's."""

    product_id: int
    family_id: int | None = None


def page_rows(
    session: Session,
    scope: Scope,
    *,
    order: ReviewOrder,
    kept: ReviewFilter,
    after: Key | None,
    limit: int,
) -> list[PublishedReview]:
    """Up to `limit` reviews beyond `after`. One statement: flat in the product's reviews, linear in a family's."""
    shape = ReviewFilter(rating=kept.rating and 1, with_photos=kept.with_photos, verified=kept.verified)
    statement = _page(order, shape, of_family=scope.family_id is not None, continued=after is not None)
    values: dict[str, Any] = {"scope": scope.family_id or scope.product_id, "limit": limit}
    if kept.rating is not None:
        values["rating"] = kept.rating
    values |= {f"after_{index}": part for index, part in enumerate(after or ())}
    return statement.all(session, **values)


_BY_IDS = Hot(published_rows().where(in_list(Review.id, "ids")), PublishedReview._make)


def by_ids(session: Session, review_ids: Sequence[int]) -> list[PublishedReview]:
    """Those of the reviews that are public, in any order. One statement."""
    return _BY_IDS.all(session, ids=list(review_ids))
