"""Statements on rating counters and their deltas, and the hot read of rating summaries."""

from collections.abc import Sequence
from operator import add
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, union_all, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from core import db
from core.hot import Hot, in_list
from shop.tables import Product
from ugc.states import ReviewStatus
from ugc.tables.reviews import Origin, RatingCounter, RatingDelta, Review, ReviewRevision

STARS = (1, 2, 3, 4, 5)


class Contribution(NamedTuple):
    """What one review adds to its product's counter. A rating of 0: nothing."""

    rating: int
    text: int
    photo: int


NOTHING = Contribution(0, 0, 0)


class Standing(NamedTuple):
    """A review's product, the revision that stands for it, and what it ought to contribute now."""

    product_id: int
    revision_no: int
    due: Contribution


class Counts(NamedTuple):
    """A product's counters, or a recount of them."""

    r1: int = 0
    r2: int = 0
    r3: int = 0
    r4: int = 0
    r5: int = 0
    n_text: int = 0
    n_photo: int = 0


_COUNTERS = [getattr(RatingCounter, name) for name in Counts._fields]


def standing(session: Session, review_id: int) -> Standing:
    """What the review ought to contribute, its row held until the end of the transaction. One statement."""
    # the row lock parts a decision from a photo's appearing at the same moment
    review, length = session.exec(
        select(Review, func.length(ReviewRevision.body))
        .join(ReviewRevision, col(ReviewRevision.review_id) == Review.id)
        .where(
            Review.id == review_id,
            ReviewRevision.no == func.coalesce(Review.public_revision_no, Review.latest_revision_no),
        )
        .with_for_update(of=Review)
        .execution_options(populate_existing=True)
    ).one()
    is_due = review.public_revision_no is not None and review.counted and review.origin is Origin.OWN_SITE
    due = Contribution(review.rating, int(length > 0), int(review.photo_count > 0)) if is_due else NOTHING
    return Standing(review.product_id, review.public_revision_no or review.latest_revision_no, due)


def last_delta(session: Session, review_id: int) -> RatingDelta | None:
    """The newest move of the review's contribution. One statement."""
    newest = (
        select(RatingDelta)
        .where(RatingDelta.review_id == review_id)
        .order_by(col(RatingDelta.sequence).desc())
        .limit(1)
    )
    return session.exec(newest).first()


def shift_counter(session: Session, product_id: int, before: Contribution, after: Contribution) -> None:
    """Move the product's counters from one contribution to another. Two statements, integers only."""
    db.insert_once(session, RatingCounter, {"product_id": product_id, **Counts()._asdict()})
    shifts = {f"r{star}": (after.rating == star) - (before.rating == star) for star in STARS}
    shifts |= {"n_text": after.text - before.text, "n_photo": after.photo - before.photo}
    # one UPDATE, not read-then-write: two approvals in the same second must both count
    values = {name: getattr(RatingCounter, name) + by for name, by in shifts.items() if by}
    db.changed_rows(
        session,
        update(RatingCounter)
        .where(col(RatingCounter.product_id) == product_id)
        .values(**values)
        .execution_options(synchronize_session=False),
    )


def _summaries() -> Any:  # noqa: ANN401 - a product's id and counters, its own and each sibling's
    asked, sibling = aliased(Product), aliased(Product)
    own = select(RatingCounter.product_id, *_COUNTERS).where(in_list(RatingCounter.product_id, "product_ids"))
    siblings = (
        select(asked.id, *_COUNTERS)
        .join(sibling, and_(col(sibling.family_id) == asked.family_id, col(sibling.id) != asked.id))
        .join(RatingCounter, col(RatingCounter.product_id) == sibling.id)
        .where(in_list(asked.id, "product_ids"))
    )
    # two searches by key, which an OR would make a walk through all products
    return union_all(own, siblings)


_SUMMARIES = Hot(_summaries(), tuple[int, ...])


def summaries(session: Session, product_ids: Sequence[int]) -> dict[int, Counts]:
    """Counters summed over each product and its siblings; products without any are left out. One statement."""
    found: dict[int, Counts] = {}
    # summed here: a GROUP BY makes SQLite walk through all products
    for product_id, *numbers in _SUMMARIES.all(session, product_ids=list(product_ids)):
        found[product_id] = Counts(*map(add, found.get(product_id, Counts()), numbers))
    return found


def counters(session: Session, *, hold: int | None = None) -> dict[int, Counts]:
    """The stored counters by product; of one product, its row held, when `hold` names it. One statement."""
    stored = select(RatingCounter.product_id, *_COUNTERS)
    if hold is not None:
        stored = stored.where(RatingCounter.product_id == hold).with_for_update()
    return {product_id: Counts(*numbers) for product_id, *numbers in session.exec(stored)}


def recount(session: Session, *, product_id: int | None = None) -> dict[int, Counts]:
    """What the counters ought to be, counted from the reviews themselves. One statement, linear in the reviews."""

    def how_many(condition: Any) -> Any:  # noqa: ANN401 - SQL expressions
        return func.sum(case((condition, 1), else_=0))

    counted = (
        select(  # type: ignore[call-overload]
            Review.product_id,
            *[how_many(ReviewRevision.rating == star) for star in STARS],
            how_many(func.length(ReviewRevision.body) > 0),
            how_many(col(Review.photo_count) > 0),
        )
        .join(
            ReviewRevision,
            and_(
                col(ReviewRevision.review_id) == Review.id,
                col(ReviewRevision.no) == Review.public_revision_no,
            ),
        )
        .where(
            Review.status == ReviewStatus.PUBLISHED,
            col(Review.counted).is_(True),
            Review.origin == Origin.OWN_SITE,
        )
        .group_by(Review.product_id)
    )
    if product_id is not None:
        counted = counted.where(Review.product_id == product_id)
    return {product: Counts(*map(int, numbers)) for product, *numbers in session.exec(counted)}


def review_ids(session: Session, product_id: int) -> list[int]:
    """Every review of the product, whatever its state. One statement."""
    return list(session.exec(select(Review.id).where(Review.product_id == product_id).order_by(col(Review.id))))


def overwrite_counter(session: Session, product_id: int, counts: Counts) -> None:
    """Set the product's counters to a recount. Two statements."""
    db.insert_once(session, RatingCounter, {"product_id": product_id, **Counts()._asdict()})
    db.changed_rows(
        session,
        update(RatingCounter)
        .where(col(RatingCounter.product_id) == product_id)
        .values(**counts._asdict())
        .execution_options(synchronize_session=False),
    )
