"""One page of a product's reviews as HTML, and its addresses. How it is written is seo.markup.review_list's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session

from publishing.facts import Site, product_facts
from seo.markup import review_list
from seo.markup.review_list import ListPage
from shop import products
from shop.queries.products import ProductRow
from ugc import listing, photos, ratings
from ugc.listing import Scope

MOST_PAGES = 1_000


class Place(Site, Protocol):
    """What a list needs of its storefront beyond the words: which one it is."""

    @property
    def id(self) -> int:
        """Its number."""


@dataclass(frozen=True, slots=True)
class ListAsked:
    """Which page, from 1, of how many reviews, and the query parameter that names pages in the shop's addresses."""

    number: int = 1
    size: int = 10
    parameter: str = "reviews"


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The page's HTML, its own canonical address, and those of its neighbours; no HTML when nobody has reviewed yet."""

    html: str
    canonical_url: str
    page: int
    page_count: int
    previous_url: str | None
    next_url: str | None


def page_of(session: Session, product: ProductRow, site: Place, asked: ListAsked) -> ReviewList | None:
    """The page; None when there is no such page, which the shop's own page then answers with 404.

    At most four statements: totals, reviews, photos, variants.
    """
    scope = Scope(product.id, product.family_id)
    summary = ratings.summary(session, product.id)
    page = ListPage(asked.number, max(1, -(-summary.count // asked.size)), asked.parameter)
    if not 1 <= page.number <= page.count:
        return None
    shown = listing.own_page(session, scope, number=page.number, size=asked.size)
    facts = product_facts(
        product,
        site,
        summary=summary,
        reviews=shown,
        photos=photos.by_review(session, [review.id for review in shown if review.photo_count]),
        variants=_variants(session, product, site),
    )
    return ReviewList(
        html=review_list.fragment(facts, page),
        canonical_url=page.address(facts.url),
        page=page.number,
        page_count=page.count,
        previous_url=page.address(facts.url, page.number - 1) if page.number > 1 else None,
        next_url=page.address(facts.url, page.number + 1) if page.number < page.count else None,
    )


def _variants(session: Session, product: ProductRow, site: Place) -> Sequence[ProductRow]:
    if product.family_id is None:
        return ()
    return products.shown_by_families(session, [product.family_id], storefront_id=site.id).get(product.family_id, ())
