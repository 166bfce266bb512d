"""Taking in foreign reviews: once, published with what the screens said, copies out of sight, nothing verified."""

from datetime import UTC, datetime

from sqlmodel import Session

from core.refusal import Refusal
from tests.conftest import NOON, FrozenClock
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc import intake, listing, ratings
from ugc.intake import ImportedReview
from ugc.listing import ReviewOrder, Scope
from ugc.queries import cases
from ugc.refusals import ReviewRefusal
from ugc.tables.reviews import Verification

LONG_AGO = datetime(2014, 5, 1, tzinfo=UTC)
BODY = "Un thé doux et parfumé que je bois tous les matins depuis un an."


def test_an_import_is_public_on_its_own_day(session: Session, frozen_clock: FrozenClock) -> None:
    taken = make_ugc.imported(session, written_at=LONG_AGO)

    review = make_ugc.stored(session, taken.review_id)
    assert (review.published_at, review.submitted_at, review.dated) == (LONG_AGO, LONG_AGO, True)
    assert (review.author_id, review.verification) == (None, Verification.NONE)
    assert next(verdict.screen for verdict in cases.verdicts(session, taken.review_id)) == "length"


def test_an_undated_import_says_so(session: Session, frozen_clock: FrozenClock) -> None:
    taken = make_ugc.imported(session)

    review = make_ugc.stored(session, taken.review_id)
    assert (review.published_at, review.dated) == (NOON, False)


def test_what_screens_find_holds_no_import_back(session: Session) -> None:
    taken = make_ugc.imported(session, body="Voyez www.exemple.fr, tout y est.")

    assert set(listing.by_ids(session, [taken.review_id])) == {taken.review_id}
    assert [verdict.code for verdict in cases.verdicts(session, taken.review_id) if verdict.code] == [
        "LINK",
        "FIRST_CONTRIBUTION",
    ]


def test_a_source_tells_of_a_review_once(session: Session) -> None:
    first = make_ugc.imported(session, external_id="7", rating=5)
    again = make_ugc.imported(session, external_id="7", rating=1)

    assert again == intake.TakenIn(first.review_id, is_new=False, is_sibling_copy=False)
    assert make_ugc.stored(session, first.review_id).rating == 5


def test_a_persons_copy_on_a_sibling_is_neither_shown_nor_counted(session: Session) -> None:
    small, large = make.product(session), make.product(session)
    family_id = make.family(session, small, large)

    original = make_ugc.imported(session, product_id=small, author_key="a", body=BODY)
    copy = make_ugc.imported(session, product_id=large, author_key="a", body=BODY.upper())
    another = make_ugc.imported(session, product_id=large, author_key="b", body=BODY)

    assert (original.is_sibling_copy, copy.is_sibling_copy, another.is_sibling_copy) == (False, True, False)
    page = listing.approved_page(session, Scope(small, family_id), first=10, order=ReviewOrder.OLDEST)
    assert {row.id for row in page.items} == {original.review_id, another.review_id}
    assert ratings.summary(session, small).count == 2
    assert ratings.drifts(session) == []


def test_an_import_obeys_the_hard_limits(session: Session) -> None:
    product_id = make.product(session)
    twelve_stars = ImportedReview(product_id=product_id, source="elsewhere", external_id="1", words=make_ugc.words(12))

    assert intake.take_in(session, twelve_stars) == Refusal(ReviewRefusal.RATING_OUT_OF_RANGE, ("rating",))
    assert ratings.summary(session, product_id).count == 0
