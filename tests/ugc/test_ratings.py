"""Rating counters: the summary of a family, and that nothing makes them drift, not even eight writers at once."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from core.db import Database
from core.refusal import Refusal
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc import moderation, ratings, reviews
from ugc.queries import ratings as queries
from ugc.queries.ratings import Counts
from ugc.ratings import NO_RATINGS, RatingSummary
from ugc.reasons import ReasonCode
from ugc.tables.reviews import Origin

MOVES = ("approve", "reject", "undo", "edit", "edit_short", "withdraw", "photo", "no_photo")


def test_a_family_is_summed_over_its_members(session: Session) -> None:
    small, large, other = (make.product(session) for _ in range(3))
    make.family(session, small, large)
    make_ugc.published_review(session, product_id=small, rating=5)
    make_ugc.published_review(session, product_id=large, rating=4)
    make_ugc.published_review(session, product_id=other, rating=1)

    of_family = RatingSummary(histogram=(0, 0, 0, 1, 1), review_count=2, photo_review_count=0)

    assert ratings.summaries(session, [small, large]) == {small: of_family, large: of_family}
    assert ratings.summary(session, other).histogram == (1, 0, 0, 0, 0)


def test_the_mean_is_half_up_and_none_without_ratings() -> None:
    assert RatingSummary(histogram=(0, 0, 0, 3, 1), review_count=4, photo_review_count=0).mean_tenths == 43
    assert NO_RATINGS.mean_tenths is None
    assert NO_RATINGS.count == 0


def test_summaries_take_one_statement_however_many(
    session: Session, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    products = [make.product(session) for _ in range(5)]
    make_ugc.published_review(session, product_id=products[0])
    session.flush()

    with statements() as seen:
        found = ratings.summaries(session, products)

    assert len(seen) == 1
    assert [found[product].count for product in products] == [1, 0, 0, 0, 0]


def test_what_is_counted(session: Session) -> None:
    product_id = make.product(session)
    make_ugc.imported(session, product_id=product_id, rating=3, body="")
    make_ugc.imported(session, product_id=product_id, rating=1, origin=Origin.ELSEWHERE)
    make_ugc.review(session, product_id=product_id, rating=1)
    with_photo = make_ugc.published_review(session, product_id=product_id, rating=5)

    ratings.shift_photo_count(session, with_photo, by=1)
    ratings.shift_photo_count(session, with_photo, by=1)

    # a rating without words is no review; what was collected elsewhere, or waits, is not counted
    assert ratings.summary(session, product_id) == RatingSummary((0, 0, 1, 0, 1), review_count=1, photo_review_count=1)


def test_a_drift_is_found_and_repaired(session: Session) -> None:
    product_id = make.product(session)
    make_ugc.published_review(session, product_id=product_id, rating=5)
    queries.overwrite_counter(session, product_id, Counts(r1=7))

    found = ratings.reconcile(session)
    repaired = ratings.reconcile(session, repairing=True)

    assert found == repaired
    assert [(drift.product_id, drift.stored, drift.recounted) for drift in found] == [
        (product_id, Counts(r1=7), Counts(r5=1, n_text=1))
    ]
    assert ratings.drifts(session) == []
    assert ratings.summary(session, product_id).histogram == (0, 0, 0, 0, 1)


def move(session: Session, review_id: int, name: str, rating: int) -> int | Refusal:
    """One act on the review as it is now, legal or not."""
    review = make_ugc.stored(session, review_id)
    match name:
        case "approve":
            return moderation.approve(session, make_ugc.decision(session, review_id))
        case "reject":
            return moderation.reject(session, make_ugc.decision(session, review_id), reason=ReasonCode.LINK)
        case "undo":
            return moderation.undo(session, make_ugc.undo(session, review_id))
        case "edit":
            return reviews.edit(session, make_ugc.edit(session, review_id, rating=rating))
        case "edit_short":
            return reviews.edit(session, make_ugc.edit(session, review_id, rating=rating, body="Trop court"))
        case "withdraw":
            return reviews.withdraw(session, review_id, author_id=review.author_id or 0)
        case _:
            by = 1 if name == "photo" else -review.photo_count
            ratings.shift_photo_count(session, review_id, by=by)
            return review_id


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(walk=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(MOVES), st.integers(1, 5)), min_size=30, max_size=60))
def test_counters_equal_a_recount_after_every_move(session: Session, walk: list[tuple[int, str, int]]) -> None:
    author_id = make.customer(session)
    written = [make_ugc.review(session, author_id=author_id) for _ in range(5)]

    for which, name, rating in walk:
        move(session, written[which], name, rating)
        assert ratings.drifts(session) == []


def test_eight_writers_at_once_make_no_drift(database: Database) -> None:
    def start(session: Session) -> list[int]:
        product_id = make.product(session)
        return [make_ugc.review(session, product_id=product_id) for _ in range(6)]

    written = database.writing(start)

    def write(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
        for _ in range(25):
            which, name, rating = chance.choice(written), chance.choice(MOVES), chance.randint(1, 5)
            database.writing(lambda session: move(session, which, name, rating))  # noqa: B023 - run at once

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    with database.reading() as session:
        assert ratings.drifts(session) == []
        assert sum(sum(counts) for counts in queries.recount(session).values()) >= 0
