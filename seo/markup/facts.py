"""What a product page may claim: plain frozen values. How they are written is the business of the emitters
beside.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.money import Money
from seo.ratable_types import is_organization


class Availability(StrEnum):
    """schema.org ItemAvailability, the members a shop needs."""

    IN_STOCK = "InStock"
    OUT_OF_STOCK = "OutOfStock"
    PREORDER = "PreOrder"
    BACKORDER = "BackOrder"
    DISCONTINUED = "Discontinued"


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """One picture: absolute URL, size in pixels when known, and the words that stand for it."""

    url: str
    width: int | None = None
    height: int | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What the product costs on this storefront, and whether it can be bought."""

    price: Money
    availability: Availability
    url: str


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """The aggregate of the published reviews.

    `count` is the number of ratings, `review_count` of people who reviewed; both at least 1. `mean_tenths` is
    the mean in tenths of a star (46 = 4.6), made once by core.rounding. `histogram` counts the ratings of 1,
    2, 3, 4 and 5 stars.
    """

    count: int
    review_count: int
    mean_tenths: int
    histogram: tuple[int, int, int, int, int]

    def __post_init__(self) -> None:
        if self.count < 1 or self.review_count < 1:
            raise ValueError("a rating of nobody is no rating: pass None")
        if not 10 <= self.mean_tenths <= 50:
            raise ValueError(f"a mean of 1 to 5 stars lies in 10..50 tenths, not {self.mean_tenths}")

    @property
    def mean(self) -> str:
        """The mean with a dot and one decimal: `4.6`."""
        return f"{self.mean_tenths // 10}.{self.mean_tenths % 10}"


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """One published review.

    - `published_at` is aware, or None when an import told no day; `experienced_on` is the author's own word, or None.
    - `locale` is a BCP 47 tag; `url` the review's own address, or empty.
    - `is_verified`: an order proves the purchase; `is_incentivised`: something was promised for it, whatever the stars.
    """

    id: str
    author_name: str
    rating: int
    title: str
    body: str
    published_at: datetime | None
    locale: str
    url: str = ""
    experienced_on: date | None = None
    is_verified: bool = False
    is_incentivised: bool = False
    photos: tuple[ImageFacts, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.rating <= 5:
            raise ValueError(f"a review has 1 to 5 stars, not {self.rating}")
        if self.published_at is not None and self.published_at.tzinfo is None:
            raise ValueError("published_at needs its time zone")


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """One member of a family (a size, a colour). It carries no rating: that stands on the family."""

    name: str
    url: str
    sku: str = ""
    gtin: str = ""
    mpn: str = ""
    images: tuple[ImageFacts, ...] = ()
    offer: OfferFacts | None = None


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """All that a product page tells machines.

    - `url` is the page's canonical, absolute address; `locale` the storefront's BCP 47 tag; `site_name` the
      shop's name.
    - A family has `is_group` and its `variants`; then `sku` is the family's id, and rating and reviews are
      the family's.
    - `reviews` are exactly those shown on the page, in the order shown.
    - `extra_types` joins further schema.org types to Product (`Car`); a shop's own Organization is refused
      (ValueError).
    """

    name: str
    url: str
    locale: str
    site_name: str
    description: str = ""
    images: tuple[ImageFacts, ...] = ()
    brand: str = ""
    sku: str = ""
    gtin: str = ""
    mpn: str = ""
    offer: OfferFacts | None = None
    rating: RatingFacts | None = None
    reviews: tuple[ReviewFacts, ...] = ()
    is_group: bool = False
    variants: tuple[VariantFacts, ...] = ()
    extra_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # https://developers.google.com/search/docs/appearance/structured-data/review-snippet (self-serving reviews)
        if refused := [name for name in self.extra_types if name == "Brand" or is_organization(name)]:
            raise ValueError(f"a shop's own rating earns no stars and risks the others: {', '.join(sorted(refused))}")
        if self.reviews and self.rating is None:
            raise ValueError("reviews need their aggregate beside them")
        if self.variants and not self.is_group:
            raise ValueError("only a family has variants")
