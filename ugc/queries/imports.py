"""Statements of imports: what is known of a file's rows, writing them in bulk, and publishing a confirmed batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, update
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel, col, select

from core import db
from shop.tables import Product
from ugc.queries.ratings import Counts
from ugc.queries.screening import Witness
from ugc.states import ReviewStatus
from ugc.tables.imports import ImportBatch, ImportRow
from ugc.tables.photos import Photo
from ugc.tables.reviews import Origin, RatingCounter, Review, ReviewRevision

# SQLite binds a few thousand values at most in older builds
_CHUNK = 500


class KnownText(NamedTuple):
    """What an author has said before, and of which product and family."""

    author_key: str
    product_id: int
    family_id: int | None
    title: str | None
    body: str


class Staged(NamedTuple):
    """An imported review that waits for its batch to be confirmed."""

    id: int
    product_id: int
    family_id: int | None
    author_key: str | None
    rating: int
    origin: Origin
    title: str | None
    body: str
    counted: bool


class RowWithPhotos(NamedTuple):
    """An imported review and the addresses of the photos that its source shows."""

    review_id: int
    photo_urls: list[str]


def places(session: Session, product_keys: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """(product, family) of the products that exist, by the shop's own ids. One statement per 500."""
    found: dict[str, tuple[int, int | None]] = {}
    for start in range(0, len(product_keys), _CHUNK):
        keys = product_keys[start : start + _CHUNK]
        named = select(Product.external_id, Product.id, Product.family_id).where(col(Product.external_id).in_(keys))
        found |= {key: (product_id, family_id) for key, product_id, family_id in session.exec(named)}
    return found


def stored_keys(session: Session, source: str, keys: Sequence[str]) -> set[str]:
    """Those of the rows that this source has brought before. One statement."""
    known = select(Review.external_id).where(Review.source == source, col(Review.external_id).in_(keys))
    return {key for key in session.exec(known) if key is not None}


def texts_of(session: Session, author_keys: Sequence[str], *, public: bool) -> list[KnownText]:
    """What these authors have said, copies aside; only what is public when `public`. One statement."""
    said = (
        core_select(Review.author_key, Review.product_id, Product.family_id, ReviewRevision.title, ReviewRevision.body)  # type: ignore[call-overload]  # more columns than its overloads count
        .join(ReviewRevision, col(ReviewRevision.review_id) == Review.id)
        .join(Product, col(Product.id) == Review.product_id)
        .where(
            col(Review.author_key).in_(author_keys),
            ReviewRevision.no == func.coalesce(Review.public_revision_no, Review.latest_revision_no),
            col(Review.counted).is_(True),
            Review.status != ReviewStatus.WITHDRAWN,
        )
    )
    if public:
        said = said.where(Review.status == ReviewStatus.PUBLISHED)
    return [KnownText(*row) for row in session.connection().execute(said)]


def published_by(session: Session, author_keys: Sequence[str]) -> Counter[str]:
    """How many public reviews each of these authors has. One statement."""
    counted = (
        select(Review.author_key, func.count())
        .where(col(Review.author_key).in_(author_keys), Review.status == ReviewStatus.PUBLISHED)
        .group_by(col(Review.author_key))
    )
    return Counter({key: number for key, number in session.exec(counted) if key is not None})


def same_words(session: Session, body_hashes: Sequence[str]) -> list[tuple[str, Witness]]:
    """Reviews with these words, sibling copies and withdrawn ones aside. One statement."""
    found = (
        core_select(ReviewRevision.body_hash, Review.id, Review.author_key, Review.product_id, Product.family_id)  # type: ignore[call-overload]
        .join(Review, col(Review.id) == ReviewRevision.review_id)
        .join(Product, col(Product.id) == Review.product_id)
        .where(
            col(ReviewRevision.body_hash).in_(body_hashes),
            col(Review.counted).is_(True),
            Review.status != ReviewStatus.WITHDRAWN,
        )
    )
    return [(words_hash, Witness(*row)) for words_hash, *row in session.connection().execute(found)]


def write(session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows of one table in one go."""
    if rows:
        session.flush()
        session.connection().execute(insert(model), rows)


def open_batch(session: Session, source: str) -> ImportBatch | None:
    """The source's batch that is not confirmed yet. One statement."""
    waiting = select(ImportBatch).where(ImportBatch.source == source, col(ImportBatch.confirmed_at).is_(None))
    return session.exec(waiting.order_by(col(ImportBatch.id)).limit(1)).first()


def staged(session: Session, batch_id: int, *, after: int, limit: int) -> list[Staged]:
    """Reviews of the batch that nobody has decided about, above id `after`. One statement."""
    rows = session.connection().execute(
        core_select(
            Review.id,
            Review.product_id,
            Product.family_id,
            Review.author_key,
            Review.rating,
            Review.origin,
            ReviewRevision.title,
            ReviewRevision.body,
            Review.counted,
        )  # type: ignore[call-overload]  # more columns than its overloads count
        .join(ImportRow, col(ImportRow.review_id) == Review.id)
        .join(ReviewRevision, col(ReviewRevision.review_id) == Review.id)
        .join(Product, col(Product.id) == Review.product_id)
        .where(
            ImportRow.batch_id == batch_id,
            Review.status == ReviewStatus.QUEUED,
            col(Review.waiting_since).is_(None),
            Review.latest_revision_no == 1,
            Review.version == 1,
            Review.id > after,
        )
        .order_by(col(Review.id))
        .limit(limit)
    )
    return [Staged(*row) for row in rows]


def mark_copies(session: Session, review_ids: Sequence[int]) -> None:
    """These staged reviews say what their author has said of a sibling: neither shown nor counted. Two statements."""
    _update(session, update(Review).where(col(Review.id).in_(review_ids)).values(counted=False))
    _update(
        session,
        update(ReviewRevision).where(col(ReviewRevision.review_id).in_(review_ids)).values(sibling_copy=True),
    )


def publish(session: Session, review_ids: Sequence[int]) -> None:
    """Make staged reviews public, as of the day that their source tells. One statement."""
    _update(
        session,
        update(Review)
        .where(col(Review.id).in_(review_ids))
        .values(
            status=ReviewStatus.PUBLISHED,
            latest_status=ReviewStatus.PUBLISHED,
            public_revision_no=1,
            published_at=Review.submitted_at,
        ),
    )


def add_to_counter(session: Session, product_id: int, more: Counts) -> None:
    """Add to the product's rating counter. Two statements, integers only."""
    db.insert_once(session, RatingCounter, {"product_id": product_id, **Counts()._asdict()})
    # one UPDATE, not read-then-write: an approval in the same second must count too
    values = {name: getattr(RatingCounter, name) + number for name, number in more._asdict().items() if number}
    _update(session, update(RatingCounter).where(col(RatingCounter.product_id) == product_id).values(**values))


def confirm(session: Session, batch_id: int, now: datetime) -> None:
    """Close the batch. One statement."""
    _update(session, update(ImportBatch).where(col(ImportBatch.id) == batch_id).values(confirmed_at=now))


def rows_with_photos(session: Session, source: str, *, after: int, limit: int) -> list[RowWithPhotos]:
    """Imported reviews, copies aside, whose row named photos; above review id `after`. One statement."""
    rows = session.exec(
        select(ImportRow.review_id, ImportRow.photo_urls)
        .join(Review, col(Review.id) == ImportRow.review_id)
        .where(
            Review.source == source,
            col(Review.counted).is_(True),
            col(ImportRow.has_photos).is_(True),
            ImportRow.review_id > after,
        )
        .order_by(col(ImportRow.review_id))
        .limit(limit)
    )
    return [RowWithPhotos(review_id, list(urls)) for review_id, urls in rows]


def photo_of_address(session: Session, review_id: int, url: str) -> Photo | None:
    """The photo that was made of this address for this review. One statement."""
    made = select(Photo).where(Photo.review_id == review_id, Photo.source_url == url)
    return session.exec(made).first()


def _update(session: Session, statement: Any) -> None:  # noqa: ANN401 - an UPDATE
    db.changed_rows(session, statement.execution_options(synchronize_session=False))
