"""What authors and staff may read beyond the public: their own in any state, and why one was rejected."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from tests.make import shop as make
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import moderation, own_reviews, reviews
from ugc.reasons import ReasonCode
from ugc.states import ReviewStatus


def test_a_person_sees_their_own_in_any_state(session: Session) -> None:
    author_id, other_id = make.customer(session), make.customer(session)
    own = make_ugc.review(session, author_id=author_id)
    foreign = make_ugc.review(session, author_id=other_id)

    assert set(own_reviews.by_ids(session, [own, foreign], author_id=author_id)) == {own}
    assert set(own_reviews.by_ids(session, [own, foreign], author_id=None)) == {own, foreign}
    assert set(own_reviews.standings(session, [own, foreign], author_id=author_id)) == {own}


def test_own_reviews_are_paged_newest_first(session: Session) -> None:
    author_id = make.customer(session)
    made = [make_ugc.review(session, author_id=author_id) for _ in range(3)]
    make_ugc.review(session)

    first = own_reviews.own_page(session, author_id, first=2)
    rest = own_reviews.own_page(session, author_id, first=2, after=(made[1],))

    assert [row.id for row in first.items] == [made[2], made[1]]
    assert [row.id for row in rest.items] == [made[0]]
    assert first.keys[-1] == (made[1],)


def test_a_standing_tells_why_the_newest_was_rejected(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    accepted(reviews.edit(session, make_ugc.edit(session, review_id, body="Trop court")))
    accepted(moderation.reject(session, make_ugc.decision(session, review_id), reason=ReasonCode.PRICE))

    standing = own_reviews.standings(session, [review_id], author_id=None)[review_id]

    assert (standing.review.status, standing.review.latest_status) == (ReviewStatus.PUBLISHED, ReviewStatus.REJECTED)
    assert (standing.newest.body, standing.reason) == ("Trop court", ReasonCode.PRICE)
    assert own_reviews.by_ids(session, [review_id], author_id=None)[review_id].revision_no == 1


def test_an_undone_rejection_is_no_reason(session: Session) -> None:
    review_id = make_ugc.rejected_review(session)
    accepted(moderation.undo(session, make_ugc.undo(session, review_id)))

    assert own_reviews.standings(session, [review_id], author_id=None)[review_id].reason is None


def test_the_day_of_the_experience_is_a_day_on_both_databases(session: Session) -> None:
    draft = replace(make_ugc.draft(session), experienced_on=date(2026, 2, 1))
    review_id = accepted(reviews.submit(session, draft))

    assert own_reviews.by_ids(session, [review_id], author_id=None)[review_id].experienced_on == date(2026, 2, 1)
