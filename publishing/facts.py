"""What a product page may claim, put together from rows of one answer. Writing it down is seo.markup's."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from core import clock, texts
from core.money import Money
from seo.markup.facts import (
    Availability,
    ImageFacts,
    OfferFacts,
    ProductFacts,
    RatingFacts,
    ReviewFacts,
    VariantFacts,
)
from shop.queries.products import ProductRow
from ugc import photos as public_photos
from ugc.listing import PublishedReview
from ugc.queries.photos import PhotoRow
from ugc.ratings import RatingSummary
from ugc.tables.reviews import Origin, Verification

_AVAILABILITY = {
    "IN_STOCK": Availability.IN_STOCK,
    "OUT_OF_STOCK": Availability.OUT_OF_STOCK,
    "PREORDER": Availability.PREORDER,
    "DISCONTINUED": Availability.DISCONTINUED,
}


class Site(Protocol):
    """What the facts need of a storefront."""

    @property
    def name(self) -> str:
        """The shop's name."""

    @property
    def locale(self) -> str:
        """BCP 47."""


def product_facts(
    product: ProductRow,
    site: Site,
    *,
    summary: RatingSummary,
    reviews: Sequence[PublishedReview],
    photos: Mapping[int, Sequence[PhotoRow]],
    variants: Sequence[ProductRow] = (),
) -> ProductFacts:
    """The page's facts.

    `reviews` are exactly those shown; the ones collected elsewhere are left out, since a shop may not mark up another
    site's reviews. `photos` are the public ones, by review. `variants` are the family's members: with any, the rating
    is the family's.
    """
    rating = _rating(summary)
    shown = [review for review in reviews if review.origin == Origin.OWN_SITE] if rating else []
    return ProductFacts(
        name=product.name,
        url=product.url or "",
        locale=site.locale,
        site_name=site.name,
        description=product.description,
        images=_images(product),
        brand=product.brand or "",
        sku=_family_sku(product) if variants else product.sku or "",
        gtin=product.gtin or "",
        mpn=product.mpn or "",
        offer=_offer(product),
        rating=rating,
        reviews=tuple(review_facts(review, site.locale, photos=photos.get(review.id, ())) for review in shown),
        is_group=bool(variants),
        variants=tuple(_variant(variant) for variant in variants),
    )


def _family_sku(product: ProductRow) -> str:
    return f"family-{product.family_id}"


def _rating(summary: RatingSummary) -> RatingFacts | None:
    tenths = summary.mean_tenths
    if tenths is None or summary.review_count < 1:
        return None
    return RatingFacts(
        count=summary.count, review_count=summary.review_count, mean_tenths=tenths, histogram=summary.histogram
    )


def review_facts(review: PublishedReview, locale: str, *, photos: Sequence[PhotoRow]) -> ReviewFacts:
    """One review's facts, for readers of this locale; `photos` are its public ones."""
    author = review.display_name or texts.say("seo", "markup.nameless", locale)
    return ReviewFacts(
        id=str(review.id),
        author_name=author,
        rating=review.rating,
        title=review.title or "",
        body=review.body,
        published_at=clock.from_milliseconds(review.published_ms) if review.dated else None,
        locale=review.locale,
        experienced_on=review.experienced_on,
        is_verified=review.verification == Verification.ORDER,
        is_incentivised=bool(review.incentivised),
        photos=tuple(_photo(photo, texts.say("seo", "markup.photo", locale, author=author)) for photo in photos),
    )


def _photo(photo: PhotoRow, words: str) -> ImageFacts:
    file = photo.renditions[-1]
    return ImageFacts(public_photos.address(file.digest), file.width, file.height, words)


def _variant(product: ProductRow) -> VariantFacts:
    return VariantFacts(
        name=product.name,
        url=product.url or "",
        sku=product.sku or "",
        gtin=product.gtin or "",
        mpn=product.mpn or "",
        images=_images(product),
        offer=_offer(product),
    )


def _images(product: ProductRow) -> tuple[ImageFacts, ...]:
    if product.image_url is None:
        return ()
    return (ImageFacts(product.image_url, product.image_width, product.image_height, product.name),)


def _offer(product: ProductRow) -> OfferFacts | None:
    if product.price_minor is None or product.currency is None or product.url is None:
        return None
    price = Money(product.price_minor, product.currency)
    return OfferFacts(price, _AVAILABILITY[product.availability or "IN_STOCK"], product.url)
