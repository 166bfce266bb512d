"""Statements on photos: their uploads, the files they hold, decisions, and the hot reads of pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, and_, bindparam, cast, func, or_, text, update
from sqlalchemy import delete as sql_delete
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core import db, ids
from core.hot import Hot, in_list
from shop.tables import Product
from ugc.queries.published import Scope
from ugc.states import ReviewStatus
from ugc.tables.photos import Photo, PhotoRendition, PhotoStatus, StoredFile, UploadState
from ugc.tables.reviews import Review


class RenditionRow(NamedTuple):
    """One file of a photo and its size in pixels."""

    size: int
    width: int
    height: int
    digest: str


class ReviewOfPhoto(NamedTuple):
    """The review that a photo belongs to; `author_id` is empty for imports."""

    id: int
    product_id: int
    author_id: int | None


class PhotoRow(NamedTuple):
    """A photo with its files, smallest first. `width` and `height` are of the picture as sent, set upright.

    `is_public`: read as everybody may read it, so that its files are served to everybody.
    """

    id: int
    review_id: int
    position: int
    status: str
    version: int
    width: int
    height: int
    renditions: tuple[RenditionRow, ...]
    is_public: bool

    @property
    def type_name(self) -> str:
        """The contract's name for it."""
        return "Photo"

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public("Photo", self.id)


def photo(session: Session, photo_id: int) -> Photo | None:
    """The photo as the database has it now. One statement."""
    return session.get(Photo, photo_id, populate_existing=True)


def uploads_since(session: Session, customer_id: int, since: datetime) -> int:
    """How many uploads the customer has requested since. One statement."""
    asked = select(func.count()).where(Photo.customer_id == customer_id, Photo.created_at >= since)
    return session.exec(asked).one()


def photos_of(session: Session, review_id: int) -> int:
    """How many photos the review has, whatever was decided about them. One statement."""
    return session.exec(select(func.count()).where(Photo.review_id == review_id)).one()


def advance(session: Session, photo_id: int, *, before: UploadState, values: Mapping[str, object]) -> bool:
    """Change the upload if it is still in this state; False when it is not. One statement."""
    return _changed(session, col(Photo.id) == photo_id, col(Photo.state) == before, values=values)


def attach(session: Session, photo_id: int, *, customer_id: int, review_id: int, position: int) -> bool:
    """Give the customer's ready and free photo to the review; False when it is not all that. One statement."""
    return _changed(
        session,
        col(Photo.id) == photo_id,
        col(Photo.customer_id) == customer_id,
        col(Photo.state) == UploadState.READY,
        col(Photo.review_id).is_(None),
        values={"review_id": review_id, "position": position},
    )


def orphan(session: Session, photo_id: int) -> bool:
    """Give the upload up unless it was attached meanwhile. One statement."""
    free = (col(Photo.id) == photo_id, col(Photo.review_id).is_(None), col(Photo.state) != UploadState.REFUSED)
    return _changed(session, *free, values={"state": UploadState.ORPHAN})


def decide(session: Session, before: Photo, *, status: PhotoStatus) -> bool:
    """Set the photo's status if it is still as `before` was read; False when another decision came first."""
    return _changed(
        session,
        col(Photo.id) == before.id,
        col(Photo.version) == before.version,
        values={"status": status, "version": before.version + 1},
    )


def _changed(session: Session, *conditions: Any, values: Mapping[str, object]) -> bool:  # noqa: ANN401 - SQL expressions
    statement = update(Photo).where(*conditions).values(**values).execution_options(synchronize_session=False)
    return db.changed_rows(session, statement) == 1


def unattached(session: Session, *, before: datetime, limit: int) -> list[int]:
    """Uploads requested before this instant that belong to no review and may hold files. One statement."""
    free = (
        select(Photo.id)
        .where(
            col(Photo.state).in_([UploadState.REQUESTED, UploadState.RECEIVED, UploadState.READY]),
            col(Photo.created_at) < before,
            col(Photo.review_id).is_(None),
        )
        .order_by(col(Photo.created_at))
        .limit(limit)
    )
    return list(session.exec(free))


def orphans_with_files(session: Session, *, limit: int) -> list[int]:
    """Orphaned uploads whose files are not yet removed. One statement."""
    left = (
        select(Photo.id)
        .join(PhotoRendition, col(PhotoRendition.photo_id) == Photo.id)
        .where(Photo.state == UploadState.ORPHAN)
        .distinct()
        .limit(limit)
    )
    return list(session.exec(left))


def hold_file(session: Session, digest: str) -> None:
    """One more rendition needs this blob. One statement.

    The row is locked until the end of the transaction: whoever gives the blob up at this moment waits or is waited for.
    """
    insert = db.insert_into(session, StoredFile).values(digest=digest, holders=1)
    session.connection().execute(
        insert.on_conflict_do_update(index_elements=["digest"], set_={"holders": StoredFile.holders + 1})
    )


def release_files(session: Session, photo_id: int) -> list[str]:
    """Drop the photo's renditions; returns the digests that no other rendition needs. Their rows stay locked."""
    digests = session.exec(select(PhotoRendition.digest).where(PhotoRendition.photo_id == photo_id)).all()
    session.connection().execute(sql_delete(PhotoRendition).where(col(PhotoRendition.photo_id) == photo_id))
    for digest in sorted(digests):
        fewer = update(StoredFile).where(col(StoredFile.digest) == digest).values(holders=StoredFile.holders - 1)
        session.connection().execute(fewer)
    unneeded = (col(StoredFile.digest).in_(digests), col(StoredFile.holders) == 0)
    gone = session.connection().execute(sql_delete(StoredFile).where(*unneeded).returning(col(StoredFile.digest)))
    return list(gone.scalars())


def review_of(session: Session, review_id: int | None) -> ReviewOfPhoto | None:
    """Whose review it is, and of what; None when there is no such review. One statement."""
    row = session.exec(select(Review.id, Review.product_id, Review.author_id).where(Review.id == review_id)).first()
    return None if row is None else ReviewOfPhoto(*row)


_PUBLIC_PHOTO = and_(col(Photo.state) == UploadState.READY, col(Photo.status) == PhotoStatus.APPROVED)
_PUBLIC_REVIEW = and_(col(Review.status) == ReviewStatus.PUBLISHED, col(Review.counted).is_(True))
_COLUMNS = (
    Photo.id, Photo.review_id, Photo.position, Photo.status, Photo.version, Photo.width, Photo.height,
    PhotoRendition.size, PhotoRendition.width, PhotoRendition.height, PhotoRendition.digest,
)  # fmt: skip


def _with_files() -> Any:  # noqa: ANN401 - a Select of _COLUMNS
    return core_select(*_COLUMNS).join(PhotoRendition, col(PhotoRendition.photo_id) == Photo.id)  # type: ignore[call-overload]


_IN_REVIEW_ORDER = (col(Photo.review_id), col(Photo.position), col(Photo.id), col(PhotoRendition.size))
_OF_REVIEWS = Hot(
    _with_files()
    .join(Review, col(Review.id) == Photo.review_id)
    .where(in_list(Photo.review_id, "review_ids"), _PUBLIC_PHOTO, _PUBLIC_REVIEW)
    .order_by(*_IN_REVIEW_ORDER),
    tuple,
)
_ALL_OF_REVIEWS = Hot(
    _with_files()
    .where(in_list(Photo.review_id, "review_ids"), col(Photo.state) == UploadState.READY)
    .order_by(*_IN_REVIEW_ORDER),
    tuple,
)
# cast: PostgreSQL cannot tell the type of a bare NULL
_AUTHOR = cast(bindparam("author_id"), BigInteger)
_BY_IDS = Hot(
    _with_files()
    .join(Review, col(Review.id) == Photo.review_id)
    .where(in_list(Photo.id, "ids"), col(Photo.state) == UploadState.READY)
    .where(or_(_AUTHOR.is_(None), col(Review.author_id) == _AUTHOR))
    .order_by(col(Photo.id), col(PhotoRendition.size)),
    tuple,
)
_PUBLIC_BY_IDS = Hot(
    _with_files()
    .join(Review, col(Review.id) == Photo.review_id)
    .where(in_list(Photo.id, "ids"), _PUBLIC_PHOTO, _PUBLIC_REVIEW)
    .order_by(col(Photo.id), col(PhotoRendition.size)),
    tuple,
)


def _page(*, of_family: bool) -> Any:  # noqa: ANN401 - a Select of _COLUMNS
    members = select(Product.id).where(Product.family_id == bindparam("scope"))
    whose = col(Review.product_id).in_(members) if of_family else col(Review.product_id) == bindparam("scope")
    page = (
        core_select(col(Photo.id))
        .join(Review, col(Review.id) == Photo.review_id)
        .where(
            whose,
            _PUBLIC_PHOTO,
            # written as the partial index has it, so that both planners see that it serves
            text("review.status = 'PUBLISHED' AND review.counted AND review.photo_count > 0"),
            col(Photo.id) < bindparam("before"),
        )
        .order_by(col(Photo.id).desc())
        .limit(bindparam("limit"))
    )
    return (
        _with_files()
        .where(col(Photo.id).in_(page.scalar_subquery()))
        .order_by(col(Photo.id).desc(), col(PhotoRendition.size))
    )


_OF_PRODUCT = Hot(_page(of_family=False), tuple)
_OF_FAMILY = Hot(_page(of_family=True), tuple)
_WAITING_IDS = (
    core_select(col(Photo.id))
    .where(
        # written as the partial index has it, so that both planners see that it serves
        text("photo.status = 'PENDING' AND photo.state = 'READY' AND photo.review_id IS NOT NULL"),
        col(Photo.id) > bindparam("after"),
    )
    .order_by(col(Photo.id))
    .limit(bindparam("limit"))
)
_WAITING = Hot(
    _with_files()
    .where(col(Photo.id).in_(_WAITING_IDS.scalar_subquery()))
    .order_by(col(Photo.id), col(PhotoRendition.size)),
    tuple,
)
_PUBLIC_FILE = Hot(
    core_select(col(Photo.id))
    .join(PhotoRendition, col(PhotoRendition.photo_id) == Photo.id)
    .join(Review, col(Review.id) == Photo.review_id)
    .where(col(PhotoRendition.digest) == bindparam("digest"), _PUBLIC_PHOTO, _PUBLIC_REVIEW)
    .limit(1),
    tuple,
)


def of_reviews(session: Session, review_ids: Sequence[int]) -> list[PhotoRow]:
    """The public photos of these reviews, in each review's order. One statement however many."""
    return _grouped(_OF_REVIEWS.all(session, review_ids=list(review_ids)), is_public=True)


def all_of_reviews(session: Session, review_ids: Sequence[int]) -> list[PhotoRow]:
    """Every photo of these reviews whatever was decided, for their authors and for staff. One statement."""
    return _grouped(_ALL_OF_REVIEWS.all(session, review_ids=list(review_ids)), is_public=False)


def by_ids(session: Session, photo_ids: Sequence[int], *, author_id: int | None) -> list[PhotoRow]:
    """These photos whatever was decided: the author's, or everybody's when None. One statement."""
    return _grouped(_BY_IDS.all(session, ids=list(photo_ids), author_id=author_id), is_public=False)


def public_by_ids(session: Session, photo_ids: Sequence[int]) -> list[PhotoRow]:
    """Those of the photos that are public. One statement."""
    return _grouped(_PUBLIC_BY_IDS.all(session, ids=list(photo_ids)), is_public=True)


def of_scope(session: Session, scope: Scope, *, before: int, limit: int) -> list[PhotoRow]:
    """Public photos of a product and its siblings, newest upload first, below id `before`. One statement."""
    page = _OF_PRODUCT if scope.family_id is None else _OF_FAMILY
    rows = page.all(session, scope=scope.family_id or scope.product_id, before=before, limit=limit)
    return _grouped(rows, is_public=True)


def waiting(session: Session, *, after: int, limit: int) -> list[PhotoRow]:
    """Attached photos without a decision, oldest upload first, above id `after`. One statement."""
    return _grouped(_WAITING.all(session, after=after, limit=limit), is_public=False)


def is_public_file(session: Session, digest: str) -> bool:
    """Whether a public photo of a public review has this file. One statement."""
    return _PUBLIC_FILE.first(session, digest=digest) is not None


def _grouped(rows: list[Any], *, is_public: bool) -> list[PhotoRow]:
    return [
        PhotoRow._make((*head, tuple(RenditionRow(*row[7:]) for row in group), is_public))
        for head, group in groupby(rows, key=lambda row: tuple(row[:7]))
    ]
