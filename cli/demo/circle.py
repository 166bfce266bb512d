"""Records of the demo's points program and its members. The other records are cli.demo.records'."""

from datetime import datetime, time
from typing import Annotated

from pydantic import Field

from cli.demo.dates import days_back
from cli.demo.records import Dated, Record, Words
from loyalty.tables import ClawbackPolicy, RewardKind


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
    def opens_at(self) -> datetime:
        """When the program and its first rates started, before anything else that the files tell of."""
        return days_back(max(rate.since_days_ago for rate in self.rates), time(6), self.time_zone)

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
