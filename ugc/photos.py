"""Photos of reviews: attach them, decide about them, show them. How their files came in is ugc.uploads'.

A photo has a decision of its own: approving a review approves no photo, and rejecting a photo leaves the text alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from core import clock, ids, outbox
from core.paging import Page
from core.refusal import Refusal
from core.settings import settings
from core.signatures import sign, verify
from ugc import moves, ratings, waiting
from ugc.events import PhotoEvent
from ugc.photo_refusals import PhotoRefusal
from ugc.queries import photos as queries
from ugc.queries.photos import PhotoRow, ReviewOfPhoto
from ugc.queries.published import Scope
from ugc.reasons import ReasonCode
from ugc.tables.photos import Photo, PhotoDecision, PhotoStatus

MAX_PER_REVIEW = 10

PREVIEW_TIME = timedelta(minutes=10)

_PREVIEW = "preview"
_NO_ID_REACHES = (1 << 63) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A moderator's decision about the photo as they saw it (`version`); a rejection needs its reason."""

    photo_id: int
    version: int
    staff_id: int
    status: PhotoStatus
    reason: ReasonCode | None = None


def attach(session: Session, review_id: int, photo_ids: Sequence[int], *, customer_id: int) -> Refusal | None:
    """Give the customer's ready photos to their review, in this order; they wait for a decision of their own.

    Refuses more than ten a review, and any photo that is not there, not theirs, not ready or already given.
    """
    review = queries.review_of(session, review_id)
    if review is None or review.author_id != customer_id:
        return Refusal(PhotoRefusal.PHOTO_NOT_FOUND, ("photoIds",))
    position = queries.photos_of(session, review_id)
    if position + len(photo_ids) > MAX_PER_REVIEW:
        return Refusal(PhotoRefusal.TOO_MANY_PHOTOS, ("photoIds",), {"most": MAX_PER_REVIEW})
    for index, photo_id in enumerate(photo_ids):
        given = queries.attach(
            session, photo_id, customer_id=customer_id, review_id=review_id, position=position + index
        )
        if not given:
            return _unattachable(session, photo_id, customer_id, ("photoIds", str(index)))
        waiting.photo_entered(session, photo_id, review)
    return None


def decide(session: Session, decision: Decision) -> int | Refusal:
    """Approve or reject a photo; returns its id. The review's text, status and version stay as they are.

    - Who: a moderator, on the version they saw; else PHOTO_CHANGED.
    - A rejection needs a reason. The same decision again is refused, the other one is not: a slip can be mended.
    - In the same transaction: the review's number of photos, the rating counters, the product's version, log and event.
    """
    photo = queries.photo(session, decision.photo_id)
    review = queries.review_of(session, photo.review_id) if photo is not None else None
    if photo is None or review is None:
        return Refusal(PhotoRefusal.PHOTO_NOT_FOUND, ("photoId",))
    refused = _refusal(photo, decision)
    if refused is not None:
        return refused
    waited = photo.status is PhotoStatus.PENDING
    if not queries.decide(session, photo, status=decision.status):
        return Refusal(PhotoRefusal.PHOTO_CHANGED, ("version",))
    _log(session, photo, decision)
    _show(session, photo, review, decision.status)
    if waited:
        waiting.photo_left(session, photo.id, review)
    return photo.id


def page_of(session: Session, scope: Scope, *, first: int, after: int | None = None) -> Page[PhotoRow]:
    """Public photos of the product and its siblings, newest upload first; the key of one is (id,). One statement."""
    rows = queries.of_scope(session, scope, before=after or _NO_ID_REACHES, limit=first + 1)
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def waiting_page(session: Session, *, first: int, after: int | None = None) -> Page[PhotoRow]:
    """Attached photos that nobody has decided about, longest-waiting first; the key of one is (id,). One statement."""
    rows = queries.waiting(session, after=after or 0, limit=first + 1)
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def by_review(session: Session, review_ids: Sequence[int]) -> dict[int, list[PhotoRow]]:
    """The public photos of each of these reviews, in its order. One statement however many."""
    return _by_review(review_ids, queries.of_reviews(session, review_ids))


def all_by_review(session: Session, review_ids: Sequence[int]) -> dict[int, list[PhotoRow]]:
    """Every photo of each of these reviews, for those who may see them undecided. One statement however many."""
    return _by_review(review_ids, queries.all_of_reviews(session, review_ids))


def public_by_ids(session: Session, photo_ids: Sequence[int]) -> dict[int, PhotoRow]:
    """Those of the photos that are public, by id. One statement."""
    return {row.id: row for row in queries.public_by_ids(session, photo_ids)}


def by_ids(session: Session, photo_ids: Sequence[int], *, author_id: int | None) -> dict[int, PhotoRow]:
    """Attached photos in any state by id: the author's, or everybody's when None. One statement."""
    return {row.id: row for row in queries.by_ids(session, photo_ids, author_id=author_id)}


def is_public_file(session: Session, digest: str) -> bool:
    """Whether everybody may have this file: a public photo of a public review needs it. One statement."""
    return queries.is_public_file(session, digest)


def address(digest: str) -> str:
    """Where a rendition is served once it is public."""
    chosen = settings()
    base = chosen.public_url if chosen.media_url.startswith("/") else ""
    return f"{base}{chosen.media_url.rstrip('/')}/{digest}.webp"


def preview_address(secret: bytes, digest: str) -> str:
    """Where a rendition is served for ten minutes whatever was decided, to whoever has been given the address."""
    token = sign(secret, _PREVIEW, [digest], expires_at=clock.now() + PREVIEW_TIME)
    return f"{address(digest)}?preview={token}"


def is_preview(secret: bytes, digest: str, token: str) -> bool:
    """Whether the token lets its holder see this rendition."""
    return verify(secret, _PREVIEW, token) == (digest,)


def _by_review(review_ids: Sequence[int], rows: Sequence[PhotoRow]) -> dict[int, list[PhotoRow]]:
    found: dict[int, list[PhotoRow]] = {review_id: [] for review_id in review_ids}
    for row in rows:
        found[row.review_id].append(row)
    return found


def _unattachable(session: Session, photo_id: int, customer_id: int, field: tuple[str, ...]) -> Refusal:
    photo = queries.photo(session, photo_id)
    if photo is None or photo.customer_id != customer_id or photo.review_id is not None:
        return Refusal(PhotoRefusal.PHOTO_NOT_FOUND, field)
    return Refusal(PhotoRefusal.PHOTO_NOT_READY, field)


def _refusal(photo: Photo, decision: Decision) -> Refusal | None:
    if photo.version != decision.version:
        return Refusal(PhotoRefusal.PHOTO_CHANGED, ("version",))
    if photo.status is decision.status or decision.status is PhotoStatus.PENDING:
        return Refusal(PhotoRefusal.PHOTO_ALREADY_DECIDED, ("decision",))
    if decision.status is PhotoStatus.REJECTED and decision.reason is None:
        return Refusal(PhotoRefusal.PHOTO_REASON_REQUIRED, ("reason",))
    return None


def _log(session: Session, photo: Photo, decision: Decision) -> None:
    session.add(
        PhotoDecision(
            id=ids.new_id(),
            photo_id=photo.id,
            staff_id=decision.staff_id,
            from_status=photo.status,
            to_status=decision.status,
            reason=decision.reason if decision.status is PhotoStatus.REJECTED else None,
            version_before=photo.version,
            at=clock.now(),
        )
    )


def _show(session: Session, photo: Photo, review: ReviewOfPhoto, status: PhotoStatus) -> None:
    by = (status is PhotoStatus.APPROVED) - (photo.status is PhotoStatus.APPROVED)
    if by:
        ratings.shift_photo_count(session, review.id, by=by)
        moves.renew_pages(session, review.product_id)
    event = PhotoEvent.APPROVED if status is PhotoStatus.APPROVED else PhotoEvent.REJECTED
    payload = {"photoId": photo.id, "reviewId": review.id, "productId": review.product_id, "authorId": review.author_id}
    outbox.record(session, event, aggregate=("Photo", photo.id), payload=payload)
