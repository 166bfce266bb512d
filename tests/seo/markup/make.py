"""Product facts for the markup tests; only what a test cares about is named."""

from datetime import UTC, datetime

from core.money import Money
from seo.markup.facts import Availability, ImageFacts, OfferFacts, ProductFacts, RatingFacts, ReviewFacts

URL = "https://shop.example/products/teapot"


BODY = "It pours without a drop beside the cup and keeps warm for an hour."


def review(
    *,
    author_name: str = "Anne D.",
    rating: int = 5,
    title: str = "Lovely",
    body: str = BODY,
    photos: tuple[ImageFacts, ...] = (),
) -> ReviewFacts:
    """A published review in English."""
    return ReviewFacts(
        id="r1",
        author_name=author_name,
        rating=rating,
        title=title,
        body=body,
        published_at=datetime(2026, 3, 3, 9, 30, tzinfo=UTC),
        locale="en-US",
        is_verified=True,
        photos=photos,
    )


def rating(*, count: int = 12, mean_tenths: int = 46) -> RatingFacts:
    """An aggregate; its histogram need not fit the mean."""
    return RatingFacts(count=count, review_count=count, mean_tenths=mean_tenths, histogram=(0, 1, 0, 2, 9))


def offer(*, amount_minor: int = 4990) -> OfferFacts:
    """In stock, in euros."""
    return OfferFacts(Money(amount_minor, "EUR"), Availability.IN_STOCK, URL)


def product(
    *,
    name: str = "Brume teapot",
    description: str = "A teapot for two, of white stoneware.",
    locale: str = "en-US",
    reviews: tuple[ReviewFacts, ...] = (),
    with_rating: bool = True,
    with_offer: bool = True,
) -> ProductFacts:
    """A product with one picture."""
    return ProductFacts(
        name=name,
        url=URL,
        locale=locale,
        site_name="Atelier Brume",
        description=description,
        images=(ImageFacts("https://shop.example/teapot.jpg", 1200, 630, "The teapot"),),
        brand="Brume",
        sku="TEAPOT-1",
        offer=offer() if with_offer else None,
        rating=rating() if with_rating else None,
        reviews=reviews,
    )
