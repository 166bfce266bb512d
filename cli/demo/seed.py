"""The demo shop's files as typed records. What each field means stands in examples/seed/README.md."""

import json
import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from core import clock
from loyalty.tables import ClawbackPolicy, RewardKind
from shop.tables import Availability
from ugc.reasons import ReasonCode

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "seed"

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


class Rate(Record):
    """What another currency is worth in the program's."""

    currency: Annotated[str, Field(alias="from")]
    rate: str
    since_days_ago: int


class Terms(Record):
    """The program's own settings."""

    handle: str
    name: Words
    currency: str
    time_zone: str
    points_last_months: int
    qualifying_window_months: int
    clawback: str
    rates: tuple[Rate, ...]

    @property
    def claws(self) -> ClawbackPolicy:
        """How far a return reaches."""
        return ClawbackPolicy(self.clawback.upper())


class Earning(Record):
    """What earns how much."""

    points_per_unit: int
    review_published: int
    referral_advocate: int
    referral_friend: int


class Level(Record):
    """A tier."""

    name: Words
    from_points: int


class Offer(Record):
    """A reward."""

    handle: str
    kind: str
    name: Words
    points: int
    amount_minor: int | None = None
    product: str | None = None
    stock: int | None = None

    @property
    def gives(self) -> RewardKind:
        """What it gives."""
        return RewardKind(self.kind.upper())


class Member(Record):
    """Someone who joined."""

    customer: str
    joined_days_ago: int
    joined_time: time


class Use(Dated):
    """A reward that a member took."""

    member: str
    reward: str


class Introduction(Record):
    """A friend brought by a member."""

    advocate: str
    friend: str
    invited_days_ago: int
    accepted_days_ago: int


class Circle(Record):
    """loyalty.toml."""

    program: Terms
    earning: Earning
    tiers: tuple[Level, ...]
    rewards: tuple[Offer, ...]
    members: tuple[Member, ...]
    redemptions: tuple[Use, ...]
    referrals: tuple[Introduction, ...]


R = TypeVar("R", bound=Record)


def days_back(days: int, at: time, zone: str) -> datetime:
    """The instant of `at` on the clock of `zone`, whole days before its present day."""
    here = ZoneInfo(zone)
    day = clock.now().astimezone(here).date() - timedelta(days=days)
    return datetime.combine(day, at, here)


def opening(terms: Terms) -> datetime:
    """When the program and its first rates started, before anything else that the files tell of."""
    return days_back(max(rate.since_days_ago for rate in terms.rates), time(6), terms.time_zone)


def shop() -> Shop:
    """Storefronts, categories, families, products."""
    return _toml(Shop, "shop.toml")


def people() -> tuple[Person, ...]:
    """The customers."""
    return _toml(People, "customers.toml").customers


def circle() -> Circle:
    """The program, its members and what they did."""
    return _toml(Circle, "loyalty.toml")


def orders() -> list[Bought]:
    """The orders, oldest first."""
    return _lines(Bought, "orders.jsonl")


def reviews() -> list[Opinion]:
    """The reviews, oldest first."""
    return _lines(Opinion, "reviews.jsonl")


def photo(name: str) -> bytes:
    """A customer's snapshot."""
    return (FOLDER / "photos" / name).read_bytes()


def _toml(record: type[R], name: str) -> R:
    return record.model_validate(tomllib.loads((FOLDER / name).read_text(encoding="utf-8")))


def _lines(record: type[R], name: str) -> list[R]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [record.model_validate(json.loads(line)) for line in lines]
