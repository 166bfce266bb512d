"""The product-review feed of Google's Merchant Center, schema 2.4. Which reviews it holds is publishing's to say.

The order of the elements is part of the format. Sources: the 2.2 schema, and for the elements that came since,
https://developers.google.com/product-review-feeds/schema (read 2026-11-22). Google's own 2.4 XSD was not at hand:
tests hold the feed to the order and the types that those two give.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from seo.feed_format import VERSION
from seo.markup.escaping import one_line, web_url
from seo.syndication.xml import DECLARATION, around, element

_NAMESPACES = (
    'xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    "xsi:noNamespaceSchemaLocation="
    f'"http://www.google.com/shopping/reviews/schema/product/{VERSION}/product_reviews.xsd"'
)
# the schema's own pattern
_GTIN = re.compile(r"[\d \-xX]{7,}")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the reviews: the shop's name, and its icon's address or nothing."""

    name: str
    favicon: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedProduct:
    """What the reviews are matched by: the identifiers that are known, and the product's own page."""

    name: str
    url: str
    gtin: str = ""
    mpn: str = ""
    sku: str = ""
    brand: str = ""


@dataclass(frozen=True, slots=True)
class FeedReview:
    """One published review. `author` is empty for a nameless one; `language` is its ISO 639 code, or empty.

    The country it was written in is not told: a locale is no proof of a place.
    """

    id: str
    author: str
    is_verified: bool
    is_incentivised: bool
    published_at: datetime
    title: str
    body: str
    language: str
    url: str
    photos: tuple[str, ...]
    rating: int
    product: ReviewedProduct


def written(publisher: Publisher, reviews: Iterable[FeedReview]) -> Iterator[str]:
    """The feed, piece by piece: memory does not grow with the reviews.

    It is always a full feed: a review that is missing from it is taken down.
    """
    yield f"{DECLARATION}<feed {_NAMESPACES}>\n"
    yield element("version", VERSION) + "\n"
    yield around("publisher", element("name", publisher.name), element("favicon", web_url(publisher.favicon))) + "\n"
    yield "<reviews>\n"
    for review in reviews:
        yield _review(review) + "\n"
    yield "</reviews>\n</feed>\n"


def _review(review: FeedReview) -> str:
    return around(
        "review",
        element("review_id", review.id),
        around("reviewer", _reviewer_name(review.author)),
        element("is_verified_purchase", _flag(review.is_verified)),
        element("is_incentivized_review", _flag(review.is_incentivised)),
        element("review_timestamp", review.published_at.isoformat(timespec="seconds")),
        element("title", one_line(review.title)),
        element("content", review.body),
        element("review_language", review.language),
        element("review_url", web_url(review.url), type="group"),
        around("reviewer_images", *(around("reviewer_image", element("url", web_url(url))) for url in review.photos)),
        around("ratings", element("overall", str(review.rating), min="1", max="5")),
        around("products", _product(review.product)),
    )


def _reviewer_name(author: str) -> str:
    name = one_line(author)
    return element("name", name) if name else element("name", "Anonymous", is_anonymous="true")


def _product(product: ReviewedProduct) -> str:
    gtin = one_line(product.gtin)
    return around(
        "product",
        around(
            "product_ids",
            around("gtins", element("gtin", gtin if _GTIN.fullmatch(gtin) else "")),
            around("mpns", element("mpn", one_line(product.mpn))),
            around("skus", element("sku", one_line(product.sku))),
            around("brands", element("brand", one_line(product.brand))),
        ),
        element("product_name", one_line(product.name)),
        element("product_url", web_url(product.url)),
    )


def _flag(value: bool) -> str:  # noqa: FBT001 - what is written is the flag itself
    return "true" if value else "false"
