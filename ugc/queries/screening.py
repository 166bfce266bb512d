"""What screens must know of other reviews: the author's public ones, and those with the same words."""

from typing import NamedTuple

from sqlalchemy import case, func, or_
from sqlmodel import Session, col, select

from shop.tables import Product
from ugc.states import ReviewStatus
from ugc.tables.reviews import Review, ReviewRevision

# one is enough to tell; some more show a moderator how far it spread
_MOST_WITNESSES = 20


class Witness(NamedTuple):
    """A review of the same words: whose, and of which product and family."""

    review_id: int
    author_key: str | None
    product_id: int
    family_id: int | None


def published_by(session: Session, author_key: str) -> int:
    """How many reviews of the author are public. One statement."""
    public = select(func.count()).where(Review.author_key == author_key, Review.status == ReviewStatus.PUBLISHED)
    return session.exec(public).one()


def witnesses(session: Session, body_hash: str, *, aside: int, author_key: str | None) -> list[Witness]:
    """Reviews whose newest or public body has this hash, those of `author_key` first. One statement.

    What its author withdrew, and sibling copies, are no witnesses.
    """
    found = session.exec(
        select(Review.id, Review.author_key, Review.product_id, Product.family_id)
        .join(ReviewRevision, col(ReviewRevision.review_id) == Review.id)
        .join(Product, col(Product.id) == Review.product_id)
        .where(
            ReviewRevision.body_hash == body_hash,
            or_(
                col(ReviewRevision.no) == Review.latest_revision_no,
                col(ReviewRevision.no) == Review.public_revision_no,
            ),
            Review.id != aside,
            Review.status != ReviewStatus.WITHDRAWN,
            col(Review.counted).is_(True),
        )
        .order_by(case((col(Review.author_key) == author_key, 0), else_=1), col(Review.id))
        .limit(_MOST_WITNESSES)
    )
    return [Witness(*row) for row in found]
