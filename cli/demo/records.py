"""Records of the demo's shop, orders and reviews. Their fields are explained in examples/seed/README.md.

The program's are cli.demo.circle's; reading the files is cli.demo.seed's.
"""

from datetime import datetime, time

from pydantic import BaseModel, ConfigDict

from cli.demo.dates import days_back
from shop.tables import Availability
from ugc.reasons import ReasonCode

# language -> words
Words = dict[str, str]


class Record(BaseModel):
    """One record of a file; fields that the loader has no use for are left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Dated(Record):
    """A record with its day, counted back from the loading, and the time on its storefront's clock."""

    days_ago: int
    time: time

    def instant(self, zone: str) -> datetime:
        """When it happened."""
        return days_back(self.days_ago, self.time, zone)


class Merchant(Record):
    """The merchant's zone, in which its staff works."""

    time_zone: str


class Front(Record):
    """A storefront."""

    handle: str
    name: str
    locale: str
    locale_segment: str
    currency: str
    time_zone: str
    product_url: str

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.locale.partition("-")[0]


class Category(Record):
    """A kind of product."""

    handle: str
    name: Words


class Variants(Record):
    """A family."""

    id: str
    name: Words


class Ware(Record):
    """A product."""

    id: str
    handle: str
    category: str
    brand: str
    sku: str
    gtin: str
    availability: str
    price_minor: dict[str, int]
    name: Words
    description: Words
    family: str | None = None

    @property
    def is_available(self) -> Availability:
        """Whether it can be bought."""
        return Availability(self.availability.upper())


class Shop(Record):
    """shop.toml."""

    merchant: Merchant
    storefronts: tuple[Front, ...]
    categories: tuple[Category, ...]
    families: tuple[Variants, ...]
    products: tuple[Ware, ...]


class Person(Record):
    """A customer."""

    id: str
    email: str
    first_name: str
    last_initial: str
    locale: str
    storefront: str


class People(Record):
    """customers.toml."""

    customers: tuple[Person, ...]


class Line(Record):
    """An order's line."""

    id: str
    product: str
    quantity: int
    unit_price_minor: int


class Return(Record):
    """What a refund gives back for a line."""

    line: str
    quantity: int
    amount_minor: int


class Refunded(Dated):
    """A refund."""

    id: str
    lines: tuple[Return, ...]


class Bought(Dated):
    """A paid order."""

    id: str
    storefront: str
    customer: str
    currency: str
    lines: tuple[Line, ...]
    shipping_minor: int
    refunds: tuple[Refunded, ...]


class Wording(Dated):
    """A version of a review."""

    rating: int
    title: str
    body: str


class Fair(Record):
    """The decision that we would take."""

    decision: str
    reason: ReasonCode | None = None


class Opinion(Wording):
    """A review, worded as it is today; `earlier` are its former versions, oldest first."""

    id: str
    customer: str
    product: str
    storefront: str
    locale: str
    photos: tuple[str, ...]
    earlier: tuple[Wording, ...]
    expected: str
    fair: Fair | None = None

    @property
    def versions(self) -> tuple[Wording, ...]:
        """Every version, oldest first."""
        return (*self.earlier, self)
