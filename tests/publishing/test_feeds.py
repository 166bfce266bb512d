"""Which reviews a storefront's feed holds, and what reading them costs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from xml.etree import ElementTree as ET

import pytest
from sqlmodel import Session

from core.ids import to_public
from publishing import feeds
from publishing.feeds import LeftOut, Tally
from shop import storefronts
from shop.products import ListingDraft
from tests.make import photos as make_photos
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc.tables.photos import PhotoStatus
from ugc.tables.reviews import Origin

Statements = Callable[[], AbstractContextManager[list[str]]]


def listed(session: Session, handle: str = "galet", *, storefront: str = "paris") -> int:
    site = make.storefront(session, storefront)
    return make.product(
        session, handle, brand="Rive", listings=(ListingDraft(storefront_id=site, name="Théière Galet"),)
    )


def read(session: Session, storefront: str = "paris") -> tuple[list[ET.Element], Tally]:
    site, tally = storefronts.by_handle(session, storefront), Tally()
    assert site is not None
    text = "".join(feeds.google_feed(session, site, tally))
    return ET.fromstring(text.encode()).findall("reviews/review"), tally  # noqa: S314 - our own output


def test_a_published_review_is_told_with_its_product_and_its_approved_photos(session: Session) -> None:
    product_id = listed(session)
    author = make.customer(session)
    review_id = make_ugc.published_review(session, product_id=product_id, author_id=author, rating=2)
    for status in (PhotoStatus.APPROVED, PhotoStatus.REJECTED):
        make_photos.photo(session, customer_id=author, review_id=review_id, status=status)

    (told,), tally = read(session)

    assert told.findtext("review_id") == to_public("Review", review_id)
    assert told.findtext("ratings/overall") == "2"
    assert told.findtext("reviewer/name") == "Camille R."
    assert told.findtext("review_language") == "fr"
    assert told.findtext("review_url") == "https://paris.example/products/galet"
    assert told.findtext("products/product/product_name") == "Théière Galet"
    assert len(told.findall("reviewer_images/reviewer_image")) == 1
    assert (tally.written, tally.left_out) == (1, {})


def test_only_what_this_shop_has_published_and_lists_is_in_the_feed(session: Session) -> None:
    product_id = listed(session)
    make.storefront(session, "lyon")
    make_ugc.review(session, product_id=product_id)
    make_ugc.imported(session, product_id=product_id, origin=Origin.ELSEWHERE)
    make_ugc.published_review(session, product_id=make.product(session))

    assert read(session) == ([], Tally())
    assert read(session, "lyon") == ([], Tally())


def test_a_time_or_a_text_that_is_not_there_is_not_made_up(session: Session) -> None:
    product_id = listed(session)
    make_ugc.imported(session, product_id=product_id, dated=False)
    make_ugc.imported(session, product_id=product_id, body=" ")

    reviews, tally = read(session)

    assert reviews == []
    assert tally.left_out == {LeftOut.UNDATED: 1, LeftOut.NO_TEXT: 1}


@pytest.mark.parametrize("number", [1, 20])
def test_a_batch_costs_two_statements_whatever_is_in_it(
    session: Session, statements: Statements, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(feeds, "_BATCH", 10)
    product_id = listed(session)
    for _ in range(number):
        author = make.customer(session)
        review_id = make_ugc.published_review(session, product_id=product_id, author_id=author)
        make_photos.photo(session, customer_id=author, review_id=review_id, status=PhotoStatus.APPROVED)
    site = storefronts.by_handle(session, "paris")
    assert site is not None

    with statements() as seen:
        told = "".join(feeds.google_feed(session, site, Tally()))

    assert told.count("<review_id>") == number
    # the last statement finds that nothing follows
    assert len(seen) == 2 * (1 + (number - 1) // 10) + 1
