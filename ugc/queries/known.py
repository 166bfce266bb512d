"""Reads of reviews for those who may know more than the public: authors and staff. Public reads are published's."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core.hot import Hot, in_list
from ugc.queries.published import COLUMNS, PublishedReview
from ugc.reasons import ReasonCode
from ugc.states import ReviewAct, ReviewStatus
from ugc.tables.reviews import ModerationDecision, Review, ReviewRevision


class Standing(NamedTuple):
    """Where a review stands. `reason` is why its newest revision was rejected; None when it was not."""

    review: Review
    newest: ReviewRevision
    reason: ReasonCode | None


def _known() -> Select[Any]:
    shown = and_(
        col(ReviewRevision.review_id) == Review.id,
        col(ReviewRevision.no) == func.coalesce(Review.public_revision_no, Review.latest_revision_no),
    )
    return core_select(*COLUMNS).select_from(Review).join(ReviewRevision, shown)


_EVERYBODY = 0
_OWN_OR_ANY = or_(bindparam("author_id") == _EVERYBODY, col(Review.author_id) == bindparam("author_id"))
_BY_IDS = Hot(_known().where(in_list(Review.id, "ids"), _OWN_OR_ANY), PublishedReview._make)
_OWN_PAGE = Hot(
    _known()
    .where(col(Review.author_id) == bindparam("author_id"), col(Review.id) < bindparam("before"))
    .order_by(col(Review.id).desc())
    .limit(bindparam("limit")),
    PublishedReview._make,
)
_NO_ID_REACHES = (1 << 63) - 1


def by_ids(session: Session, review_ids: Sequence[int], *, author_id: int | None) -> list[PublishedReview]:
    """The reviews of `author_id`, or everybody's when None, in any state: in their public words, else in their newest.

    One statement.
    """
    return _BY_IDS.all(session, ids=list(review_ids), author_id=_EVERYBODY if author_id is None else author_id)


def own_page(session: Session, author_id: int, *, before: int | None, limit: int) -> list[PublishedReview]:
    """A person's own reviews, newest first. One statement."""
    return _OWN_PAGE.all(session, author_id=author_id, before=before or _NO_ID_REACHES, limit=limit)


def standings(session: Session, review_ids: Sequence[int], *, author_id: int | None) -> dict[int, Standing]:
    """Where the reviews of `author_id`, or everybody's when None, stand. Two statements."""
    newest = and_(col(ReviewRevision.review_id) == Review.id, col(ReviewRevision.no) == col(Review.latest_revision_no))
    asked = select(Review, ReviewRevision).join(ReviewRevision, newest).where(col(Review.id).in_(review_ids))
    if author_id is not None:
        asked = asked.where(Review.author_id == author_id)
    found = session.exec(asked).all()
    reasons = _reasons(session, [review for review, _ in found if review.latest_status is ReviewStatus.REJECTED])
    return {review.id: Standing(review, revision, reasons.get(review.id)) for review, revision in found}


def _reasons(session: Session, rejected: Sequence[Review]) -> dict[int, ReasonCode]:
    if not rejected:
        return {}
    rows = session.exec(
        select(ModerationDecision.review_id, ModerationDecision.reason, ModerationDecision.revision_no)
        .where(
            col(ModerationDecision.review_id).in_([review.id for review in rejected]),
            ModerationDecision.act == ReviewAct.REJECT,
        )
        .order_by(col(ModerationDecision.version_before))
    )
    newest = {review.id: review.latest_revision_no for review in rejected}
    # the last one counts: an earlier one may have been undone
    return {
        review_id: ReasonCode(reason)
        for review_id, reason, revision_no in rows
        if reason is not None and newest[review_id] == revision_no
    }
