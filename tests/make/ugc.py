"""Builders of reviews: only what a test is about needs passing. Photos are tests.make.photos'."""

import itertools

from sqlmodel import Session

from core import clock, ids
from tests.make import shop as make
from tests.make.shop import accepted
from ugc import moderation, ratings, reviews
from ugc.drafts import EditDraft, ReviewDraft, Words
from ugc.moderation import Decision, Undo
from ugc.queries import reviews as queries
from ugc.reasons import ReasonCode
from ugc.screening.wording import body_hash
from ugc.states import ReviewStatus
from ugc.tables.reviews import Origin, Review, ReviewRevision

MODERATOR = 71
OTHER_MODERATOR = 72

_numbers = itertools.count(1)


def words(
    rating: int = 5, *, title: str | None = "Très bon thé", body: str | None = None, locale: str = "fr-FR"
) -> Words:
    """Words that no screen minds; without a `body`, ones that nobody has used before."""
    unused = f"Un thé doux et parfumé, le numéro {next(_numbers)} de ma collection."
    return Words(rating=rating, title=title, body=unused if body is None else body, locale=locale)


def draft(
    session: Session,
    *,
    product_id: int | None = None,
    author_id: int | None = None,
    rating: int = 5,
    title: str | None = "Très bon thé",
    body: str | None = None,
    locale: str = "fr-FR",
    display_name: str | None = None,
    promised: bool = False,
) -> ReviewDraft:
    """A review by someone new of something new."""
    return ReviewDraft(
        product_id=product_id or make.product(session),
        author_id=author_id or make.customer(session),
        storefront_id=make.storefront(session),
        words=words(rating, title=title, body=body, locale=locale),
        display_name=display_name,
        promised=promised,
    )


def review(
    session: Session,
    *,
    product_id: int | None = None,
    author_id: int | None = None,
    rating: int = 5,
    body: str | None = None,
    promised: bool = False,
) -> int:
    """A submitted review; it is the author's first without an order, so it is QUEUED, unless they are given."""
    submitted = draft(session, product_id=product_id, author_id=author_id, rating=rating, body=body, promised=promised)
    return accepted(reviews.submit(session, submitted))


def published_review(
    session: Session, *, product_id: int | None = None, author_id: int | None = None, rating: int = 5
) -> int:
    """A review that a moderator has approved."""
    review_id = review(session, product_id=product_id, author_id=author_id, rating=rating)
    approve(session, review_id)
    return review_id


def approve(session: Session, review_id: int) -> None:
    """A moderator approves it as it is."""
    accepted(moderation.approve(session, decision(session, review_id)))


def rejected_review(session: Session, *, reason: ReasonCode = ReasonCode.OFF_TOPIC) -> int:
    """A review that a moderator has rejected."""
    review_id = review(session)
    accepted(moderation.reject(session, decision(session, review_id), reason=reason))
    return review_id


def buyer(session: Session, product_handle: str, external_id: str) -> int:
    """A customer who has paid for the product of this handle."""
    customer_id = make.customer(session, external_id)
    make.order(session, make.line(product=product_handle), customer=external_id)
    return customer_id


def stored(session: Session, review_id: int) -> Review:
    """The review as the database has it."""
    found = queries.review(session, review_id)
    assert found is not None
    return found


def decision(session: Session, review_id: int, *, staff_id: int = MODERATOR) -> Decision:
    """A decision about the review as it is now."""
    now = stored(session, review_id)
    return Decision(review_id=review_id, revision_no=now.latest_revision_no, version=now.version, staff_id=staff_id)


def undo(session: Session, review_id: int, *, staff_id: int = MODERATOR) -> Undo:
    """Taking back the last decision about the review as it is now."""
    return Undo(review_id=review_id, version=stored(session, review_id).version, staff_id=staff_id)


def edit(session: Session, review_id: int, *, rating: int = 5, body: str | None = None) -> EditDraft:
    """New words by the review's author, who sees it as it is now."""
    now = stored(session, review_id)
    assert now.author_id is not None
    return EditDraft(review_id=review_id, author_id=now.author_id, version=now.version, words=words(rating, body=body))


def imported(
    session: Session,
    *,
    product_id: int | None = None,
    rating: int = 5,
    body: str | None = None,
    origin: Origin = Origin.OWN_SITE,
    dated: bool = True,
) -> int:
    """A review of nobody we know, public and counted as an import leaves it."""
    said, now = words(rating, body=body), clock.now()
    review_id = ids.new_id()
    session.add(
        Review(
            id=review_id,
            product_id=product_id or make.product(session),
            source="elsewhere",
            external_id=str(review_id),
            status=ReviewStatus.PUBLISHED,
            latest_status=ReviewStatus.PUBLISHED,
            public_revision_no=1,
            rating=rating,
            locale=said.locale,
            origin=origin,
            dated=dated,
            submitted_at=now,
            published_at=now,
        )
    )
    session.flush()
    session.add(
        ReviewRevision(
            review_id=review_id,
            no=1,
            rating=rating,
            title=said.title,
            body=said.body,
            locale=said.locale,
            body_hash=body_hash(said.body),
            licence="imported",
            created_at=now,
        )
    )
    ratings.settle(session, review_id)
    return review_id
