"""Statements behind the moderators' queue, one review's whole story, and the decision log."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Text, and_, bindparam, func, text, tuple_, type_coerce
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core.hot import Hot
from core.ids import to_public
from core.paging import Key
from shop.tables import Product
from ugc.states import ReviewStatus
from ugc.tables.reviews import Actor, ModerationDecision, Review, ReviewRevision, ScreenOutcome, ScreenVerdict


class QueueRow(NamedTuple):
    """A revision that waits for a decision; `waiting_ms` is since when. `public_revision_no`: it is an edit of that."""

    review_id: int
    revision_no: int
    version: int
    status: str
    product_id: int
    product_name: str
    rating: int
    title: str | None
    body: str
    locale: str
    display_name: str | None
    verification: str
    photo_count: int
    public_revision_no: int | None
    waiting_ms: int

    @property
    def public_id(self) -> str:
        """The review's opaque id."""
        return to_public("Review", self.review_id)


_NEWEST = and_(col(ReviewRevision.review_id) == Review.id, col(ReviewRevision.no) == Review.latest_revision_no)
# "%" lets everything through; the hyphen keeps "fr" from meaning "frr"
_KEPT = and_(
    type_coerce(Review.latest_status, Text).like(bindparam("status")),
    (col(ReviewRevision.locale) + "-").like(bindparam("language")),
)
_QUEUE = (
    core_select(
        Review.id,
        Review.latest_revision_no,
        Review.version,
        Review.latest_status,
        Product.id,
        Product.name,
        ReviewRevision.rating,
        ReviewRevision.title,
        ReviewRevision.body,
        ReviewRevision.locale,
        Review.display_name,
        Review.verification,
        Review.photo_count,
        Review.public_revision_no,
        Review.waiting_since,
    )  # type: ignore[call-overload]
    .select_from(Review)
    .join(ReviewRevision, _NEWEST)
    .join(Product, col(Product.id) == Review.product_id)
    .where(text("review.waiting_since IS NOT NULL"), _KEPT)
    .order_by(col(Review.waiting_since), col(Review.id))
    .limit(bindparam("limit"))
)
_AFTER = tuple_(col(Review.waiting_since), col(Review.id)) > tuple_(bindparam("after_0"), bindparam("after_1"))
_QUEUE_START = Hot(_QUEUE, QueueRow._make)
_QUEUE_REST = Hot(_QUEUE.where(_AFTER), QueueRow._make)
_QUEUED = Hot(_QUEUE.where(Review.id == bindparam("review_id")), QueueRow._make)


def queue(
    session: Session, *, after: Key | None, limit: int, status: ReviewStatus | None, language: str | None
) -> list[QueueRow]:
    """What waits, the longest-waiting first, beyond `after`, of one state or language if asked. One statement."""
    kept = {"status": status or "%", "language": f"{language}-%" if language else "%"}
    if after is None:
        return _QUEUE_START.all(session, limit=limit, **kept)
    return _QUEUE_REST.all(session, limit=limit, after_0=after[0], after_1=after[1], **kept)


def queued(session: Session, review_id: int) -> QueueRow | None:
    """The review's place in the queue; None when it does not wait. One statement."""
    return _QUEUED.first(session, review_id=review_id, limit=1, status="%", language="%")


def waiting(session: Session, *, at_most: int) -> int:
    """How many reviews wait, counted no further than `at_most`. One statement."""
    some = select(Review.id).where(text("review.waiting_since IS NOT NULL")).limit(at_most).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def objections(session: Session, revisions: Sequence[tuple[int, int]]) -> dict[int, list[str]]:
    """The codes of what screens had to say, by review, for (review, revision) pairs. One statement."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.exec(
        select(ScreenVerdict.review_id, ScreenVerdict.code)
        .where(
            tuple_(col(ScreenVerdict.review_id), col(ScreenVerdict.revision_no)).in_(list(revisions)),
            ScreenVerdict.outcome != ScreenOutcome.PASS,
        )
        .order_by(col(ScreenVerdict.id))
    )
    for review_id, code in rows:
        found[review_id].append(code or "")
    return found


def review_with_product(session: Session, review_id: int) -> tuple[Review, str] | None:
    """The review and its product's name. One statement."""
    found = session.exec(
        select(Review, Product.name)
        .join(Product, col(Product.id) == Review.product_id)
        .where(Review.id == review_id)
        .execution_options(populate_existing=True)
    ).first()
    return None if found is None else (found[0], found[1])


def revisions(session: Session, review_id: int) -> list[ReviewRevision]:
    """Every revision, newest first. One statement."""
    written = select(ReviewRevision).where(ReviewRevision.review_id == review_id)
    return list(session.exec(written.order_by(col(ReviewRevision.no).desc())))


def verdicts(session: Session, review_id: int) -> list[ScreenVerdict]:
    """Every verdict on every revision, newest revision first, in the order of the screens. One statement."""
    said = select(ScreenVerdict).where(ScreenVerdict.review_id == review_id)
    return list(session.exec(said.order_by(col(ScreenVerdict.revision_no).desc(), col(ScreenVerdict.id))))


def decisions(session: Session, review_id: int) -> list[ModerationDecision]:
    """Every act on the review, newest first. One statement."""
    made = select(ModerationDecision).where(ModerationDecision.review_id == review_id)
    return list(session.exec(made.order_by(col(ModerationDecision.version_before).desc())))


def statuses_of(session: Session, author_key: str) -> Counter[ReviewStatus]:
    """How many reviews of the author stand in each state. One statement."""
    counted = select(Review.status, func.count()).where(Review.author_key == author_key).group_by(col(Review.status))
    return Counter({ReviewStatus(status): number for status, number in session.exec(counted)})


class LogRow(NamedTuple):
    """One act of the log, with the product whose review it moved."""

    decision: ModerationDecision
    product_id: int
    product_name: str


def log(session: Session, *, before: Key | None, limit: int) -> list[LogRow]:
    """Acts of staff, newest first, those before the key (id,). One statement."""
    made = (
        select(ModerationDecision, Product.id, Product.name)
        .join(Review, col(Review.id) == ModerationDecision.review_id)
        .join(Product, col(Product.id) == Review.product_id)
        .where(ModerationDecision.actor == Actor.STAFF)
        .order_by(col(ModerationDecision.id).desc())
        .limit(limit)
    )
    if before is not None:
        made = made.where(col(ModerationDecision.id) < before[0])
    return [LogRow(*row) for row in session.exec(made)]
