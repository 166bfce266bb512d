"""The batches and shared reads of reviews and photos, for context.load and read_once. Statements are the room's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core.paging import Key, Page
from ugc import cases, listing, own_reviews, photos, ratings, uploads
from ugc.cases import ReviewCase
from ugc.listing import PublishedReview, ReviewFilter, ReviewOrder, Scope
from ugc.own_reviews import Standing
from ugc.queries.photos import PhotoRow
from ugc.ratings import RatingSummary
from ugc.tables.photos import Photo


@dataclass(frozen=True, slots=True)
class PageAsked:
    """A page of a product's reviews, as its arguments name it."""

    scope: Scope
    first: int
    after: Key | None
    order: ReviewOrder
    kept: ReviewFilter


def reviews_page(session: Session, asked: PageAsked) -> Page[PublishedReview]:
    """One statement."""
    return listing.approved_page(
        session, asked.scope, first=asked.first, after=asked.after, order=asked.order, kept=asked.kept
    )


def rating_summaries(session: Session, product_ids: Sequence[int]) -> Mapping[int, RatingSummary]:
    """Ratings of products with their siblings. One statement."""
    return ratings.summaries(session, product_ids)


def public_reviews(session: Session, review_ids: Sequence[int]) -> Mapping[int, PublishedReview]:
    """Reviews that everybody may read. One statement."""
    return listing.by_ids(session, review_ids)


def known_reviews(session: Session, review_ids: Sequence[int], author_id: int | None) -> Mapping[int, PublishedReview]:
    """Reviews in any state: the author's, or everybody's when None. One statement."""
    return own_reviews.by_ids(session, review_ids, author_id=author_id)


def standings(session: Session, review_ids: Sequence[int], author_id: int | None) -> Mapping[int, Standing]:
    """Where reviews stand: the author's, or everybody's when None. Two statements."""
    return own_reviews.standings(session, review_ids, author_id=author_id)


def review_case(session: Session, review_id: int) -> ReviewCase | None:
    """A review's whole story. Five statements."""
    return cases.review_for_decision(session, review_id)


def photos_page(session: Session, scope: Scope, first: int, after: int | None) -> Page[PhotoRow]:
    """A page of a product's public photos. One statement."""
    return photos.page_of(session, scope, first=first, after=after)


def photos_of_reviews(session: Session, review_ids: Sequence[int]) -> Mapping[int, list[PhotoRow]]:
    """The public photos of reviews. One statement."""
    return photos.by_review(session, review_ids)


def sent_photos(session: Session, review_ids: Sequence[int]) -> Mapping[int, list[PhotoRow]]:
    """The photos of reviews in any state, for those who may know these reviews. One statement."""
    return photos.all_by_review(session, review_ids)


def public_photos(session: Session, photo_ids: Sequence[int]) -> Mapping[int, PhotoRow]:
    """Photos that everybody may see. One statement."""
    return photos.public_by_ids(session, photo_ids)


def known_photos(session: Session, photo_ids: Sequence[int], author_id: int | None) -> Mapping[int, PhotoRow]:
    """Photos in any state: the author's, or everybody's when None. One statement."""
    return photos.by_ids(session, photo_ids, author_id=author_id)


def upload(session: Session, photo_id: int) -> Photo:
    """An upload, which is known to exist. One statement."""
    return uploads.opened(session, photo_id)
