"""A storefront's pages for search engines: true dates, review photos, other languages, in bounded statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from publishing import sitemaps
from seo.syndication.sitemap import Alternate, SitemapPage
from shop.products import ListingDraft
from tests.conftest import FrozenClock
from tests.make import photos as make_photos
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc.tables.photos import PhotoStatus

Statements = Callable[[], AbstractContextManager[list[str]]]


def listed(session: Session, handle: str | None = None, *storefronts: int) -> int:
    sites = storefronts or (make.storefront(session),)
    return make.product(session, handle, listings=tuple(ListingDraft(storefront_id=site) for site in sites))


def pages(session: Session, storefront: int) -> list[SitemapPage]:
    found = sitemaps.parts(session, storefront)
    return [page for part in found for page in sitemaps.part(session, storefront, start=part.first_id)]


def test_a_published_review_moves_the_date_of_its_product_and_of_its_siblings_alone(
    session: Session, frozen_clock: FrozenClock
) -> None:
    site = make.storefront(session)
    small, large, other = (listed(session, handle) for handle in ("small", "large", "other"))
    make.family(session, small, large)
    before = {page.url: page.changed_at for page in pages(session, site)}
    frozen_clock.advance(days=1)

    make_ugc.published_review(session, product_id=small)

    moved = {page.url for page in pages(session, site) if page.changed_at != before[page.url]}
    assert moved == {"https://paris.example/products/small", "https://paris.example/products/large"}
    assert other


def test_siblings_show_the_pictures_of_each_others_reviews_and_only_approved_ones(session: Session) -> None:
    site = make.storefront(session)
    small, large, other = (listed(session, handle) for handle in ("small", "large", "other"))
    make.family(session, small, large)
    author = make.customer(session)
    review_id = make_ugc.published_review(session, product_id=small, author_id=author)
    make_photos.photo(session, customer_id=author, review_id=review_id, status=PhotoStatus.APPROVED)
    make_photos.photo(session, customer_id=author, review_id=review_id)

    shown = {page.url.rpartition("/")[2]: len(page.images) for page in pages(session, site)}

    assert shown == {"small": 1, "large": 1, "other": 0}
    assert other


def test_a_page_names_its_other_languages_and_itself(session: Session) -> None:
    paris, london = make.storefront(session), make.storefront(session, "london", locale="en-GB")
    listed(session, "galet", paris, london)
    listed(session, "lin", paris)

    galet, lin = pages(session, paris)

    assert galet.alternates == (
        Alternate("fr-FR", "https://paris.example/products/galet"),
        Alternate("en-GB", "https://london.example/products/galet"),
    )
    assert lin.alternates == ()
    assert [page.url for page in pages(session, london)] == ["https://london.example/products/galet"]


def test_parts_hold_every_page_once_and_are_dated_by_their_newest(
    session: Session, monkeypatch: pytest.MonkeyPatch, frozen_clock: FrozenClock
) -> None:
    monkeypatch.setattr(sitemaps, "PART", 2)
    site = make.storefront(session)
    for _ in range(4):
        listed(session)
    frozen_clock.move_to(datetime(2026, 5, 1, tzinfo=UTC))
    last = listed(session)

    found = sitemaps.parts(session, site)

    assert len(found) == 3
    assert found[2].first_id == last
    assert [part.changed_ms == max(each.changed_ms for each in found) for part in found] == [False, False, True]
    assert len(pages(session, site)) == len({page.url for page in pages(session, site)}) == 5


@pytest.mark.parametrize("number", [1, 12])
def test_a_part_costs_three_statements_whatever_is_on_its_pages(
    session: Session, statements: Statements, number: int
) -> None:
    site = make.storefront(session)
    first, *_ = [listed(session) for _ in range(number)]

    with statements() as seen:
        told = list(sitemaps.part(session, site, start=first))

    assert len(told) == number
    # the last statement finds that nothing follows
    assert len(seen) == 4
