"""What a merchant asks for when setting up a program. Whether it can be had is loyalty.programs' to say."""

from dataclasses import dataclass

from loyalty.amounts import ONCE
from loyalty.tables import ClawbackPolicy, RewardKind, Rounding, RuleKind, TierFall


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """An earning rule; what its fields mean by kind stands with loyalty.tables.EarningRule."""

    kind: RuleKind
    points: int
    per_minor: int | None = None
    friend_points: int = 0
    min_order_minor: int = 0
    member_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierDraft:
    """A level reached with `threshold` qualifying points."""

    name: str
    threshold: int
    multiplier_basis_points: int = ONCE


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardDraft:
    """A reward; `tier` is the name of the lowest tier that may have it."""

    name: str
    kind: RewardKind
    cost: int
    amount_minor: int | None = None
    percent: int | None = None
    product_id: int | None = None
    stock: int | None = None
    member_limit: int | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDraft:
    """One million minor units of `currency` are worth `micros` of the program's."""

    currency: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramDraft:
    """A program with its first rules, tiers, rewards and rates; what the settings mean stands with Program.

    `preset`: the key of the preset that it was made from, if any.
    """

    handle: str
    name: str
    currency: str
    zone: str
    terms_version: str
    rounding: Rounding = Rounding.FLOOR
    clawback: ClawbackPolicy = ClawbackPolicy.WITHIN_BALANCE
    pending_days: int = 0
    lot_months: int | None = None
    tier_window_months: int = 12
    tier_term_months: int = 12
    tier_grace_days: int = 0
    tier_fall: TierFall = TierFall.TO_EARNED
    rules: tuple[RuleDraft, ...] = ()
    tiers: tuple[TierDraft, ...] = ()
    rewards: tuple[RewardDraft, ...] = ()
    rates: tuple[RateDraft, ...] = ()
    preset: str | None = None
