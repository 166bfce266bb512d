"""What a merchant asks for when setting up a program. Whether it can be had is loyalty.programs' to say."""

from dataclasses import dataclass

from loyalty.amounts import ONCE
from loyalty.plan_drafts import NewPlan
from loyalty.tables import (
    ClawbackPolicy,
    ProgramKind,
    RefundMethod,
    RewardIssue,
    RewardKind,
    Rounding,
    RoundUp,
    RuleKind,
    TierBasis,
    TierFall,
    TierTerm,
    TierWindow,
)


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
    """A level reached with `threshold` of the program's basis; what the rest means stands with loyalty.tables.Tier."""

    name: str
    threshold: int
    or_threshold: int | None = None
    multiplier_basis_points: int = ONCE
    never_downgrade: bool = False
    benefits: tuple[str, ...] = ()
    early_access_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardDraft:
    """A reward; `tier` is the name of the lowest tier that may have it, the rest stands with loyalty.tables.Reward."""

    name: str
    kind: RewardKind
    cost: int
    amount_minor: int | None = None
    percent: int | None = None
    product_id: int | None = None
    stock: int | None = None
    member_limit: int | None = None
    tier: str | None = None
    issue: RewardIssue = RewardIssue.ON_REQUEST
    issue_day: int | None = None
    valid_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDraft:
    """One million minor units of `currency` are worth `micros` of the program's."""

    currency: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramDraft:
    """A program with its first rules, tiers, rewards, rates and plans; what the settings mean stands with Program.

    `preset`: the key of the preset that it was made from, if any.
    """

    handle: str
    name: str
    currency: str
    zone: str
    terms_version: str
    is_draft: bool = False
    kind: ProgramKind = ProgramKind.POINTS
    minimum_age: int | None = None
    rounding: Rounding = Rounding.FLOOR
    clawback: ClawbackPolicy = ClawbackPolicy.WITHIN_BALANCE
    pending_days: int = 0
    lot_days: int | None = None
    lot_round_up: RoundUp | None = None
    lot_round_up_month: int | None = None
    expiry_dates: tuple[str, ...] = ()
    refund_method: RefundMethod = RefundMethod.RECOMPUTE
    returned_days: int = 30
    reinstate_days: int = 90
    lot_months: int | None = None
    tier_window_months: int = 12
    tier_term_months: int = 12
    tier_grace_days: int = 0
    tier_fall: TierFall = TierFall.TO_EARNED
    tier_basis: TierBasis = TierBasis.POINTS
    tier_or_basis: TierBasis | None = None
    tier_window: TierWindow = TierWindow.ROLLING
    tier_term: TierTerm = TierTerm.MONTHS
    tier_term_years: int = 1
    tier_term_month: int = 12
    tier_term_day: int = 31
    tier_warning_days: tuple[int, ...] = (30, 7)
    rules: tuple[RuleDraft, ...] = ()
    tiers: tuple[TierDraft, ...] = ()
    rewards: tuple[RewardDraft, ...] = ()
    rates: tuple[RateDraft, ...] = ()
    plans: tuple[NewPlan, ...] = ()
    preset: str | None = None
