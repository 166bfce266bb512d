"""What the public reads: pages by keyset, sorts, filters, families; never a copy, never what is not published."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from core.paging import Key
from tests.conftest import FrozenClock
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc import listing, ratings
from ugc.listing import ReviewFilter, ReviewOrder, Scope
from ugc.states import ReviewStatus


def read_through(session: Session, scope: Scope, order: ReviewOrder, *, first: int) -> list[int]:
    """The ids of all pages in a row."""
    found: list[int] = []
    after: Key | None = None
    while True:
        page = listing.approved_page(session, scope, first=first, after=after, order=order)
        found += [row.id for row in page.items]
        if not page.has_next:
            return found
        after = page.keys[-1]


@pytest.mark.parametrize(
    "order, expected",
    [
        (ReviewOrder.NEWEST, [4, 3, 2, 1, 0]),
        (ReviewOrder.OLDEST, [0, 1, 2, 3, 4]),
        (ReviewOrder.HIGHEST, [3, 0, 4, 1, 2]),
        (ReviewOrder.LOWEST, [2, 1, 4, 0, 3]),
    ],
)
def test_pages_in_every_order_hold_each_review_once(
    session: Session, frozen_clock: FrozenClock, order: ReviewOrder, expected: list[int]
) -> None:
    product_id = make.product(session)
    made = []
    for rating in (5, 3, 1, 5, 3):
        made.append(make_ugc.published_review(session, product_id=product_id, rating=rating))
        frozen_clock.advance(hours=1)

    for first in (1, 2, 5, 50):
        found = read_through(session, Scope(product_id), order, first=first)
        assert found == [made[index] for index in expected]


def test_a_family_shares_its_reviews(session: Session) -> None:
    small, large = make.product(session), make.product(session)
    family_id = make.family(session, small, large)
    one = make_ugc.published_review(session, product_id=small)
    two = make_ugc.published_review(session, product_id=large)

    found = read_through(session, Scope(small, family_id), ReviewOrder.OLDEST, first=1)

    assert found == [one, two]


def test_filters(session: Session) -> None:
    product_id = make.product(session, "sencha")
    plain = make_ugc.published_review(session, product_id=product_id, rating=2)
    photographed = make_ugc.published_review(session, product_id=product_id, rating=4)
    ratings.shift_photo_count(session, photographed, by=1)
    bought = make_ugc.review(
        session, product_id=product_id, author_id=make_ugc.buyer(session, "sencha", "camille"), rating=4
    )

    def kept(**wanted: object) -> set[int]:
        page = listing.approved_page(session, Scope(product_id), first=10, kept=ReviewFilter(**wanted))  # type: ignore[arg-type]
        return {row.id for row in page.items}

    assert kept() == {plain, photographed, bought}
    assert kept(rating=2) == {plain}
    assert kept(with_photos=True) == {photographed}
    assert kept(verified=True) == {bought}
    assert kept(rating=4, verified=True) == {bought}
    assert kept(rating=5) == set()


def test_only_what_is_published_is_read(session: Session) -> None:
    product_id = make.product(session)
    waiting = make_ugc.review(session, product_id=product_id)
    public = make_ugc.published_review(session, product_id=product_id)

    assert read_through(session, Scope(product_id), ReviewOrder.NEWEST, first=10) == [public]
    assert set(listing.by_ids(session, [waiting, public])) == {public}


def test_a_row_is_what_the_public_may_know(session: Session, frozen_clock: FrozenClock) -> None:
    review_id = make_ugc.published_review(session, rating=4)

    row = listing.by_ids(session, [review_id])[review_id]

    assert (row.rating, row.title, row.locale, row.display_name) == (4, "Très bon thé", "fr-FR", "Camille R.")
    assert (row.verification, row.origin, row.photo_count, row.updated_ms) == ("NONE", "OWN_SITE", 0, None)
    assert row.published_ms == row.written_ms
    assert not any("author_id" in name or "customer" in name for name in row._fields)


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_is_one_statement(
    session: Session, statements: Callable[[], AbstractContextManager[list[str]]], number: int
) -> None:
    product_id = make.product(session)
    for _ in range(number):
        make_ugc.published_review(session, product_id=product_id)
    session.flush()

    with statements() as seen:
        page = listing.approved_page(session, Scope(product_id), first=50)

    assert len(page.items) == number
    assert len(seen) == 1
    # what SQLAlchemy writes for any LIMIT on SQLite, always bound to 0
    assert "OFFSET" not in seen[0].upper().replace("LIMIT ? OFFSET ?", "")


def test_a_persons_copy_on_a_sibling_is_neither_shown_nor_counted(session: Session) -> None:
    small, large = make.product(session), make.product(session)
    family_id = make.family(session, small, large)
    known = make_ugc.stored(session, make_ugc.published_review(session)).author_id
    body = "Un thé doux et parfumé que je bois tous les matins depuis un an."

    original = make_ugc.review(session, product_id=small, author_id=known, body=body)
    copy = make_ugc.review(session, product_id=large, author_id=known, body=body.upper())

    assert make_ugc.stored(session, copy).status is ReviewStatus.PUBLISHED
    assert read_through(session, Scope(small, family_id), ReviewOrder.NEWEST, first=10) == [original]
    assert set(listing.by_ids(session, [original, copy])) == {original}
    assert ratings.summary(session, large).count == 1
    assert ratings.drifts(session) == []


def test_an_undated_import_shows_no_day(session: Session) -> None:
    undated = make_ugc.imported(session, dated=False)

    assert listing.by_ids(session, [undated])[undated].public_since_ms is None
