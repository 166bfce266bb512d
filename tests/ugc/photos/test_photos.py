"""Photos of reviews: whose they are, what a decision changes and what it leaves, and what the public sees."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from threading import Barrier

import pytest
from sqlmodel import Session, select

from core.db import Database
from core.outbox import OutboxEvent
from core.refusal import Refusal
from tests.make import photos as make
from tests.make import shop as make_shop
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import moderation, photos, ratings, reviews
from ugc.listing import Scope
from ugc.photo_refusals import PhotoRefusal
from ugc.queries import photos as queries
from ugc.reasons import ReasonCode
from ugc.tables.photos import Photo, PhotoDecision, PhotoStatus, UploadState

APPROVED, REJECTED = PhotoStatus.APPROVED, PhotoStatus.REJECTED


def decision(
    photo_id: int, status: PhotoStatus, *, version: int = 1, reason: ReasonCode | None = None
) -> photos.Decision:
    return photos.Decision(photo_id=photo_id, version=version, staff_id=1, status=status, reason=reason)


def public_review(session: Session, **given: int) -> tuple[int, int]:
    """(review, author) of a published review."""
    author_id = make_shop.customer(session)
    return make_ugc.published_review(session, author_id=author_id, **given), author_id


def test_a_ready_photo_is_attached_in_order_and_waits(session: Session) -> None:
    review_id, author_id = public_review(session)
    first, second = make.photo(session, customer_id=author_id), make.photo(session, customer_id=author_id)

    assert photos.attach(session, review_id, [second, first], customer_id=author_id) is None

    waiting = queries.all_of_reviews(session, [review_id])
    assert [(row.id, row.position, row.status) for row in waiting] == [(second, 0, "PENDING"), (first, 1, "PENDING")]
    assert [row.id for row in photos.waiting_page(session, first=10).items] == [first, second]
    assert photos.by_review(session, [review_id]) == {review_id: []}


def test_only_ones_own_free_ready_photo_can_be_attached(session: Session) -> None:
    review_id, author_id = public_review(session)
    others = make.photo(session, customer_id=make_shop.customer(session))
    given = make.photo(session, customer_id=author_id, review_id=public_review_of(session, author_id))
    unfinished = make.photo(session, customer_id=author_id)
    session.get_one(Photo, unfinished).state = UploadState.RECEIVED

    def attaching(photo_id: int) -> Refusal | None:
        return photos.attach(session, review_id, [photo_id], customer_id=author_id)

    assert attaching(others) == Refusal(PhotoRefusal.PHOTO_NOT_FOUND, ("photoIds", "0"))
    assert attaching(given) == Refusal(PhotoRefusal.PHOTO_NOT_FOUND, ("photoIds", "0"))
    assert attaching(12345) == Refusal(PhotoRefusal.PHOTO_NOT_FOUND, ("photoIds", "0"))
    assert attaching(unfinished) == Refusal(PhotoRefusal.PHOTO_NOT_READY, ("photoIds", "0"))
    assert queries.photos_of(session, review_id) == 0


def public_review_of(session: Session, author_id: int) -> int:
    return make_ugc.published_review(session, author_id=author_id)


def test_nobody_attaches_to_another_persons_review(session: Session) -> None:
    review_id, _ = public_review(session)
    stranger = make_shop.customer(session)
    photo_id = make.photo(session, customer_id=stranger)

    outcome = photos.attach(session, review_id, [photo_id], customer_id=stranger)

    assert outcome == Refusal(PhotoRefusal.PHOTO_NOT_FOUND, ("photoIds",))


def test_a_review_has_ten_photos_at_most(session: Session) -> None:
    review_id, author_id = public_review(session)
    made = [make.photo(session, customer_id=author_id) for _ in range(11)]
    assert photos.attach(session, review_id, made[:9], customer_id=author_id) is None

    outcome = photos.attach(session, review_id, made[9:], customer_id=author_id)

    assert outcome == Refusal(PhotoRefusal.TOO_MANY_PHOTOS, ("photoIds",), {"most": 10})
    assert queries.photos_of(session, review_id) == 9


def test_approving_a_review_approves_none_of_its_photos(session: Session) -> None:
    author_id = make_shop.customer(session)
    review_id = make_ugc.review(session, author_id=author_id)
    photo_id = make.photo(session, customer_id=author_id, review_id=review_id)

    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))

    assert session.get_one(Photo, photo_id).status is PhotoStatus.PENDING
    assert make_ugc.stored(session, review_id).photo_count == 0
    assert photos.by_review(session, [review_id]) == {review_id: []}


def test_an_approved_photo_is_shown_and_counted(session: Session) -> None:
    review_id, author_id = public_review(session)
    photo_id = make.photo(session, customer_id=author_id, review_id=review_id)
    before = make_ugc.stored(session, review_id)

    accepted(photos.decide(session, decision(photo_id, APPROVED)))

    review = make_ugc.stored(session, review_id)
    assert (review.photo_count, review.version) == (1, before.version)
    assert ratings.summary(session, review.product_id).photo_review_count == 1
    assert [row.id for row in photos.by_review(session, [review_id])[review_id]] == [photo_id]
    assert [row.id for row in photos.page_of(session, Scope(review.product_id), first=5).items] == [photo_id]
    assert [file.size for file in photos.by_review(session, [review_id])[review_id][0].renditions] == [320, 800, 1600]
    event = session.exec(select(OutboxEvent).where(OutboxEvent.name == "PhotoApproved")).one()
    assert event.payload == {
        "photoId": photo_id, "reviewId": review_id, "productId": review.product_id, "authorId": author_id,
    }  # fmt: skip
    assert ratings.drifts(session) == []


def test_rejecting_a_photo_leaves_the_text_alone(session: Session) -> None:
    review_id, author_id = public_review(session)
    photo_id = make.photo(session, customer_id=author_id, review_id=review_id, status=APPROVED)
    before = make_ugc.stored(session, review_id).model_dump()

    accepted(photos.decide(session, decision(photo_id, REJECTED, version=2, reason=ReasonCode.PICTURE)))

    assert make_ugc.stored(session, review_id).model_dump() == before | {"photo_count": 0}
    assert photos.by_review(session, [review_id]) == {review_id: []}
    assert ratings.drifts(session) == []
    log = session.exec(select(PhotoDecision).order_by(PhotoDecision.id)).all()  # type: ignore[arg-type]
    assert [(row.from_status, row.to_status, row.reason) for row in log] == [
        (PhotoStatus.PENDING, APPROVED, None),
        (APPROVED, REJECTED, ReasonCode.PICTURE),
    ]


def test_a_slip_can_be_mended(session: Session) -> None:
    review_id, author_id = public_review(session)
    photo_id = make.photo(session, customer_id=author_id, review_id=review_id, status=REJECTED)

    accepted(photos.decide(session, decision(photo_id, APPROVED, version=2)))

    assert make_ugc.stored(session, review_id).photo_count == 1


@pytest.mark.parametrize(
    "given, code",
    [
        (decision(0, REJECTED), PhotoRefusal.PHOTO_REASON_REQUIRED),
        (decision(0, APPROVED, version=7), PhotoRefusal.PHOTO_CHANGED),
        (decision(0, PhotoStatus.PENDING), PhotoRefusal.PHOTO_ALREADY_DECIDED),
    ],
)
def test_a_decision_has_its_conditions(session: Session, given: photos.Decision, code: PhotoRefusal) -> None:
    review_id, author_id = public_review(session)
    photo_id = make.photo(session, customer_id=author_id, review_id=review_id)
    before = session.get_one(Photo, photo_id).model_dump()

    outcome = photos.decide(session, decision(photo_id, given.status, version=given.version, reason=given.reason))

    assert isinstance(outcome, Refusal)
    assert outcome.code is code
    assert session.get_one(Photo, photo_id).model_dump() == before
    assert session.exec(select(PhotoDecision)).all() == []


def test_an_upload_without_a_review_cannot_be_decided(session: Session) -> None:
    photo_id = make.photo(session, customer_id=make_shop.customer(session))

    outcome = photos.decide(session, decision(photo_id, APPROVED))

    assert outcome == Refusal(PhotoRefusal.PHOTO_NOT_FOUND, ("photoId",))


def test_a_withdrawn_reviews_photos_are_public_no_more(session: Session) -> None:
    review_id, author_id = public_review(session)
    make.photo(session, customer_id=author_id, review_id=review_id, status=APPROVED)
    digest = queries.all_of_reviews(session, [review_id])[0].renditions[0].digest
    assert queries.is_public_file(session, digest)

    accepted(reviews.withdraw(session, review_id, author_id=author_id))

    product_id = make_ugc.stored(session, review_id).product_id
    assert not queries.is_public_file(session, digest)
    assert photos.by_review(session, [review_id]) == {review_id: []}
    assert photos.page_of(session, Scope(product_id), first=5).items == []
    assert ratings.drifts(session) == []


def test_a_products_photos_are_its_siblings_too_in_pages(session: Session) -> None:
    tea, variant = make_shop.product(session), make_shop.product(session)
    scope = Scope(tea, make_shop.family(session, tea, variant))
    made = []
    for product_id in (tea, variant, tea):
        review_id, author_id = public_review(session, product_id=product_id)
        made.append(make.photo(session, customer_id=author_id, review_id=review_id, status=APPROVED))

    first = photos.page_of(session, scope, first=2)
    (after,) = first.keys[-1]
    rest = photos.page_of(session, scope, first=2, after=int(after))

    assert [row.id for row in first.items] == [made[2], made[1]]
    assert ([row.id for row in rest.items], first.has_next, rest.has_next) == ([made[0]], True, False)


def test_reading_photos_takes_one_statement_for_one_and_for_many(
    session: Session, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    made = []
    for _ in range(5):
        review_id, author_id = public_review(session)
        make.photo(session, customer_id=author_id, review_id=review_id, status=APPROVED)
        made.append(review_id)

    for review_ids in (made[:1], made):
        with statements() as seen:
            found = photos.by_review(session, review_ids)
        assert len(seen) == 1
        assert [len(rows) for rows in found.values()] == [1] * len(review_ids)


def test_of_two_moderators_at_once_one_wins(database: Database) -> None:
    def prepare(session: Session) -> int:
        review_id, author_id = public_review(session)
        return make.photo(session, customer_id=author_id, review_id=review_id)

    photo_id = database.writing(prepare)
    barrier = Barrier(2)

    def decide(status: PhotoStatus) -> int | Refusal:
        given = decision(photo_id, status, reason=ReasonCode.PICTURE)
        barrier.wait()
        return database.writing(lambda session: photos.decide(session, given))

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(decide, [APPROVED, REJECTED]))

    assert sorted(map(str, outcomes)) == sorted(map(str, [photo_id, Refusal(PhotoRefusal.PHOTO_CHANGED, ("version",))]))
    with database.reading() as session:
        assert len(session.exec(select(PhotoDecision)).all()) == 1
        assert ratings.drifts(session) == []
