"""Submit, edit and withdraw: what becomes public, what is refused, what is told."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from core import outbox
from core.outbox import OutboxEvent
from core.refusal import Refusal
from shop import products
from tests.make import shop as make
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import moderation, ratings, reviews
from ugc.drafts import Words
from ugc.queries import cases
from ugc.reasons import ReasonCode
from ugc.refusals import ReviewRefusal
from ugc.states import ReviewStatus
from ugc.tables.reviews import Verification

FOREIGN = 987654321


def told(session: Session) -> list[str]:
    """The names of what was told of reviews, in order."""
    events = session.exec(select(OutboxEvent).order_by(col(OutboxEvent.id)))
    return [event.name for event in events if event.aggregate.startswith("Review:")]


def test_a_buyers_review_is_public_at_once_and_undecided(session: Session) -> None:
    product_id = make.product(session, "sencha")
    author_id = make_ugc.buyer(session, "sencha", "camille")
    before = accepted_version(session, product_id)

    review_id = make_ugc.review(session, product_id=product_id, author_id=author_id, rating=4)

    review = make_ugc.stored(session, review_id)
    assert review.status is ReviewStatus.PUBLISHED
    assert not review.decided
    assert review.verification is Verification.ORDER
    assert review.display_name == "Camille R."
    assert ratings.summary(session, product_id).histogram == (0, 0, 0, 1, 0)
    assert told(session) == ["ReviewSubmitted", "ReviewPublished"]
    assert accepted_version(session, product_id) == before + 1


def accepted_version(session: Session, product_id: int) -> int:
    """How often the product's pages have changed."""
    product = products.get(session, product_id)
    assert product is not None
    session.refresh(product)
    return product.version


def test_having_bought_a_sibling_verifies(session: Session) -> None:
    small, large = make.product(session, "sencha-50"), make.product(session, "sencha-100")
    make.family(session, small, large)
    author_id = make_ugc.buyer(session, "sencha-50", "camille")

    review_id = make_ugc.review(session, product_id=large, author_id=author_id)

    assert make_ugc.stored(session, review_id).verification is Verification.ORDER


def test_the_first_review_of_a_stranger_waits(session: Session) -> None:
    product_id = make.product(session)

    review_id = make_ugc.review(session, product_id=product_id)

    review = make_ugc.stored(session, review_id)
    assert (review.status, review.public_revision_no) == (ReviewStatus.QUEUED, None)
    assert ratings.summary(session, product_id).count == 0
    assert told(session) == ["ReviewSubmitted", "ModerationQueueEntered"]


def test_the_next_review_of_a_known_author_does_not(session: Session) -> None:
    author_id = make.customer(session)
    make_ugc.published_review(session, author_id=author_id)

    review_id = make_ugc.review(session, author_id=author_id)

    assert make_ugc.stored(session, review_id).status is ReviewStatus.PUBLISHED


def test_what_was_promised_is_kept_with_the_revision(session: Session) -> None:
    review_id = make_ugc.review(session, promised=True)

    assert make_ugc.stored(session, review_id).incentivised
    assert cases.revisions(session, review_id)[0].incentivised


def test_new_words_do_not_undo_a_promise(session: Session) -> None:
    review_id = make_ugc.review(session, promised=True)

    accepted(reviews.edit(session, make_ugc.edit(session, review_id)))

    assert make_ugc.stored(session, review_id).incentivised
    assert [revision.incentivised for revision in cases.revisions(session, review_id)] == [True, True]


def test_one_review_a_person_and_product(session: Session) -> None:
    review_id = make_ugc.review(session)
    first = make_ugc.stored(session, review_id)

    again = make_ugc.draft(session, product_id=first.product_id, author_id=first.author_id)
    refused = reviews.submit(session, again)

    assert refused == Refusal(ReviewRefusal.ALREADY_REVIEWED, ("productId",))
    assert told(session) == ["ReviewSubmitted", "ModerationQueueEntered"]


def test_a_product_must_be_known_and_open(session: Session) -> None:
    closed = make.product(session, open_for_reviews=False)

    unknown = reviews.submit(session, make_ugc.draft(session, product_id=FOREIGN))
    refused = reviews.submit(session, make_ugc.draft(session, product_id=closed))

    assert unknown == Refusal(ReviewRefusal.PRODUCT_NOT_FOUND, ("productId",))
    assert refused == Refusal(ReviewRefusal.PRODUCT_CLOSED, ("productId",))
    assert told(session) == []


def test_a_hard_limit_writes_nothing(session: Session) -> None:
    refused = reviews.submit(session, make_ugc.draft(session, rating=6))

    assert refused == Refusal(ReviewRefusal.RATING_OUT_OF_RANGE, ("rating",))
    assert told(session) == []


def test_an_edit_that_waits_leaves_the_last_good_text_public(session: Session) -> None:
    review_id = make_ugc.published_review(session, rating=5)
    product_id = make_ugc.stored(session, review_id).product_id

    accepted(reviews.edit(session, make_ugc.edit(session, review_id, rating=1, body="Voyez www.exemple.fr, merci !")))

    review = make_ugc.stored(session, review_id)
    assert (review.status, review.latest_status) == (ReviewStatus.PUBLISHED, ReviewStatus.WITHHELD)
    assert (review.public_revision_no, review.latest_revision_no, review.rating) == (1, 2, 5)
    assert ratings.summary(session, product_id).histogram == (0, 0, 0, 0, 1)
    assert told(session)[-2:] == ["ReviewSubmitted", "ModerationQueueEntered"]


def test_an_edit_that_clears_takes_the_place_of_the_text_and_the_stars(session: Session) -> None:
    review_id = make_ugc.published_review(session, rating=5)
    first = make_ugc.stored(session, review_id)
    product_id, published_at = first.product_id, first.published_at

    accepted(reviews.edit(session, make_ugc.edit(session, review_id, rating=2)))

    review = make_ugc.stored(session, review_id)
    assert (review.public_revision_no, review.rating, review.decided) == (2, 2, False)
    assert review.published_at == published_at
    assert ratings.summary(session, product_id).histogram == (0, 1, 0, 0, 0)
    assert "ReviewRevised" in told(session)


def test_approving_an_edit_publishes_it(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    accepted(reviews.edit(session, make_ugc.edit(session, review_id, rating=3, body="Court mais bon")))

    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))

    review = make_ugc.stored(session, review_id)
    assert (review.public_revision_no, review.rating, review.decided) == (2, 3, True)


def test_nobody_but_the_author_edits(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    foreign = replace(make_ugc.edit(session, review_id), author_id=make.customer(session))
    before = make_ugc.stored(session, review_id).version

    refused = reviews.edit(session, foreign)

    assert refused == Refusal(ReviewRefusal.REVIEW_NOT_FOUND, ("reviewId",))
    assert reviews.withdraw(session, review_id, author_id=foreign.author_id) == refused
    assert make_ugc.stored(session, review_id).version == before


def test_an_edit_of_an_outdated_review_is_a_conflict(session: Session) -> None:
    review_id = make_ugc.review(session)
    outdated = make_ugc.edit(session, review_id)
    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))

    refused = reviews.edit(session, outdated)

    assert refused == Refusal(ReviewRefusal.CONFLICT, ("version",), {"status": "PUBLISHED", "version": 2})
    assert make_ugc.stored(session, review_id).latest_revision_no == 1


def test_a_rejection_of_the_editable_family_may_be_mended(session: Session) -> None:
    review_id = make_ugc.rejected_review(session, reason=ReasonCode.LINK)

    accepted(reviews.edit(session, make_ugc.edit(session, review_id)))

    assert make_ugc.stored(session, review_id).status is ReviewStatus.QUEUED


@pytest.mark.parametrize("withdrawn_between", [False, True])
def test_a_rejection_of_the_final_family_may_not(session: Session, withdrawn_between: bool) -> None:
    review_id = make_ugc.rejected_review(session, reason=ReasonCode.SPAM)
    author_id = make_ugc.stored(session, review_id).author_id
    assert author_id is not None
    if withdrawn_between:
        accepted(reviews.withdraw(session, review_id, author_id=author_id))

    refused = reviews.edit(session, make_ugc.edit(session, review_id))

    assert refused == Refusal(ReviewRefusal.REJECTED_FOR_GOOD, ("reviewId",))
    assert make_ugc.stored(session, review_id).latest_revision_no == 1


def test_a_withdrawn_review_is_public_nowhere_and_can_come_back(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    review = make_ugc.stored(session, review_id)
    product_id, author_id = review.product_id, review.author_id
    assert author_id is not None

    accepted(reviews.withdraw(session, review_id, author_id=author_id))

    assert make_ugc.stored(session, review_id).status is ReviewStatus.WITHDRAWN
    assert ratings.summary(session, product_id).count == 0
    assert told(session)[-2:] == ["ReviewWithdrawn", "ReviewUnpublished"]

    again = reviews.withdraw(session, review_id, author_id=author_id)

    assert again == Refusal(ReviewRefusal.ILLEGAL_TRANSITION, (), {"from": "WITHDRAWN", "act": "WITHDRAW"})

    accepted(reviews.edit(session, make_ugc.edit(session, review_id)))

    assert make_ugc.stored(session, review_id).status is ReviewStatus.QUEUED


def test_what_is_told_holds_ids_and_codes_alone(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    review = make_ugc.stored(session, review_id)

    [submitted] = [event for event in outbox.due(session, limit=100) if event.aggregate == f"Review:{review_id}"]

    assert submitted.payload == {
        "reviewId": review_id,
        "productId": review.product_id,
        "authorId": review.author_id,
        "storefrontId": review.storefront_id,
        "revisionNo": 1,
        "status": "QUEUED",
    }


def test_the_words_are_kept_cleaned(session: Session) -> None:
    draft = make_ugc.draft(session)
    untidy = Words(rating=5, title=" Bon\u200b ", body="Un thé\r\n\r\n\r\n\r\nvraiment   très bon.", locale="fr-FR")

    review_id = accepted(reviews.submit(session, replace(draft, words=untidy)))

    revision = cases.revisions(session, review_id)[0]
    assert (revision.title, revision.body) == ("Bon", "Un thé\n\nvraiment très bon.")
