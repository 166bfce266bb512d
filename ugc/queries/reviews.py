"""Statements on single reviews and their revisions, for those who change them. Public reads are queries.published."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from core import db
from ugc.states import ReviewAct
from ugc.tables.reviews import ModerationDecision, Review, ReviewRevision


def review(session: Session, review_id: int) -> Review | None:
    """The review as the database has it now. One statement."""
    return session.get(Review, review_id, populate_existing=True)


def of_author(session: Session, author_id: int, product_id: int) -> int | None:
    """The id of the person's review of the product, whatever its state. One statement."""
    own = select(Review.id).where(Review.author_id == author_id, Review.product_id == product_id)
    return session.exec(own).first()


def revision(session: Session, review_id: int, no: int) -> ReviewRevision:
    """One revision, which is known to exist. One statement unless the session holds it."""
    return session.get_one(ReviewRevision, (review_id, no))


def public_revision(session: Session, of: Review) -> ReviewRevision | None:
    """The revision that the public reads. At most one statement."""
    return revision(session, of.id, of.public_revision_no) if of.public_revision_no is not None else None


def move(session: Session, before: Review, values: dict[str, object]) -> bool:
    """Change the review if it is still as `before` was read; False when another act came first. One statement."""
    return (
        db.changed_rows(
            session,
            update(Review)
            .where(
                col(Review.id) == before.id,
                col(Review.version) == before.version,
                col(Review.latest_revision_no) == before.latest_revision_no,
            )
            .values(version=before.version + 1, **values)
            .execution_options(synchronize_session=False),
        )
        == 1
    )


def act_before(session: Session, review_id: int, version: int) -> ModerationDecision | None:
    """The act that led to this version of the review. One statement."""
    led = select(ModerationDecision).where(
        ModerationDecision.review_id == review_id, ModerationDecision.version_before == version - 1
    )
    return session.exec(led).first()


def standing_act(session: Session, review_id: int) -> ModerationDecision | None:
    """The newest act that was not a withdrawal: what still stands on a withdrawn review as well. One statement."""
    newest = (
        select(ModerationDecision)
        .where(ModerationDecision.review_id == review_id, ModerationDecision.act != ReviewAct.WITHDRAW)
        .order_by(col(ModerationDecision.version_before).desc())
        .limit(1)
    )
    return session.exec(newest).first()


def shift_photos(session: Session, review_id: int, by: int) -> None:
    """Add to the number of the review's published photos. One statement."""
    db.changed_rows(
        session,
        update(Review)
        .where(col(Review.id) == review_id)
        .values(photo_count=Review.photo_count + by)
        .execution_options(synchronize_session=False),
    )
