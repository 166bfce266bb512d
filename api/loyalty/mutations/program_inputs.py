"""A program as a merchant writes it, in the contract's names. The act is create_program's."""

import strawberry

from api.loyalty.mutations.tier_inputs import TierInput
from api.nodes import id_or_none_such
from api.scalars import CurrencyCode
from loyalty.drafts import ProgramDraft, RateDraft, RewardDraft, RuleDraft
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


@strawberry.input(description="An earning rule. Fields that mean nothing for its kind are left out.")
class EarningRuleInput:
    """As loyalty.drafts.RuleDraft."""

    kind: RuleKind = strawberry.field(description="What it gives points for.")
    points: int = strawberry.field(description="Points for each `perMinor`, an order, a review or a referral.")
    per_minor: int | None = strawberry.field(
        default=None, description="ORDER_SPEND: minor units that earn `points`; without it, `points` once an order."
    )
    friend_points: int = strawberry.field(default=0, description="REFERRAL: what the friend gets.")
    min_order_minor: int = strawberry.field(default=0, description="Orders below it count for nothing.")
    member_limit: int | None = strawberry.field(
        default=None, description="How often one member is rewarded (reviews, referrals)."
    )

    def draft(self) -> RuleDraft:
        """As the room takes it."""
        return RuleDraft(
            kind=self.kind,
            points=self.points,
            per_minor=self.per_minor,
            friend_points=self.friend_points,
            min_order_minor=self.min_order_minor,
            member_limit=self.member_limit,
        )


@strawberry.input(description="A reward. Only its kind's own field is given: amountMinor, percent or productId.")
class RewardInput:
    """As loyalty.drafts.RewardDraft."""

    name: str = strawberry.field(description="Its name.")
    kind: RewardKind = strawberry.field(description="What it gives.")
    cost: int = strawberry.field(description="Its price in points.")
    amount_minor: int | None = strawberry.field(default=None, description="FIXED_AMOUNT: in the program's minor units.")
    percent: int | None = strawberry.field(default=None, description="PERCENT: 1 to 100.")
    product_id: strawberry.ID | None = strawberry.field(default=None, description="FREE_PRODUCT: which.")
    stock: int | None = strawberry.field(default=None, description="How many there are; left out: without end.")
    member_limit: int | None = strawberry.field(default=None, description="How many one member may take.")
    tier: str | None = strawberry.field(default=None, description="The name of the lowest tier that may have it.")
    issue: RewardIssue = strawberry.field(default=RewardIssue.ON_REQUEST, description="When it is taken.")
    issue_day: int | None = strawberry.field(default=None, description="MONTHLY: the local day, 1 to 28.")
    valid_days: int | None = strawberry.field(
        default=None, description="How many local days a taken one's code serves, from the next on; left out: no end."
    )

    def draft(self) -> RewardDraft:
        """As the room takes it."""
        return RewardDraft(
            name=self.name,
            kind=self.kind,
            cost=self.cost,
            amount_minor=self.amount_minor,
            percent=self.percent,
            product_id=None if self.product_id is None else id_or_none_such("Product", self.product_id),
            stock=self.stock,
            member_limit=self.member_limit,
            tier=self.tier,
            issue=self.issue,
            issue_day=self.issue_day,
            valid_days=self.valid_days,
        )


@strawberry.input(description="A currency that the program takes besides its own.")
class ExchangeRateInput:
    """As loyalty.drafts.RateDraft."""

    currency: CurrencyCode = strawberry.field(description="Which.")
    micros: int = strawberry.field(
        description="What one million of its minor units are worth in the program's minor units."
    )


@strawberry.input(description="A program with its first rules, tiers, rewards and exchange rates.")
class CreateProgramInput:
    """As loyalty.drafts.ProgramDraft."""

    handle: str = strawberry.field(description="Small letters, digits and hyphens; unique.")
    name: str = strawberry.field(description="Its name for people.")
    currency: CurrencyCode = strawberry.field(description="The currency of its amounts.")
    zone: str = strawberry.field(description="The IANA time zone of its days and months.")
    terms_version: str = strawberry.field(description="The version of the terms that joining agrees to.")
    rules: list[EarningRuleInput] = strawberry.field(
        description="How points are earned; at least one, save for a PAID program."
    )
    tiers: list[TierInput] = strawberry.field(default_factory=list, description="Its tiers, lowest first.")
    rewards: list[RewardInput] = strawberry.field(default_factory=list, description="What points buy.")
    rates: list[ExchangeRateInput] = strawberry.field(default_factory=list, description="Other currencies it takes.")
    minimum_age: int | None = strawberry.field(
        default=None, description="Whole years that a customer must have to join; left out: none is asked for."
    )
    is_draft: bool = strawberry.field(
        default=False, description="Whether only staff see it until it is published; else it is live at once."
    )
    kind: ProgramKind = strawberry.field(default=ProgramKind.POINTS, description="What a member collects.")
    rounding: Rounding = strawberry.field(
        default=Rounding.FLOOR, description="How an order's exact points become whole."
    )
    clawback: ClawbackPolicy = strawberry.field(
        default=ClawbackPolicy.WITHIN_BALANCE, description="How far a return reaches for points."
    )
    lot_days: int | None = strawberry.field(default=None, description="Days that points last, instead of months.")
    lot_round_up: RoundUp | None = strawberry.field(
        default=None, description="The period to whose end the life of points is rounded up."
    )
    lot_round_up_month: int | None = strawberry.field(default=None, description="NAMED_MONTH: which, 1 to 12.")
    expiry_dates: list[str] = strawberry.field(
        default_factory=list,
        description="Days of the year, as in 06-30, through the next of which points last; at most 20.",
    )
    refund_method: RefundMethod = strawberry.field(
        default=RefundMethod.RECOMPUTE, description="What an order should have earned once a part of it came back."
    )
    returned_days: int = strawberry.field(
        default=30, description="Days that points last which a return brings home after their expiry; 0: none."
    )
    reinstate_days: int = strawberry.field(
        default=90, description="Days after their expiry in which staff may give points back."
    )
    pending_days: int = strawberry.field(default=0, description="Days before earned points can be spent.")
    lot_months: int | None = strawberry.field(
        default=None, description="Months that points last; left out: they never expire."
    )
    tier_window_months: int = strawberry.field(default=12, description="Months whose points count toward tiers.")
    tier_term_months: int = strawberry.field(default=12, description="Months that a tier lasts once reached.")
    tier_grace_days: int = strawberry.field(default=0, description="Days added before a tier is lost.")
    tier_fall: TierFall = strawberry.field(
        default=TierFall.TO_EARNED, description="Where a member lands whose tier has lapsed."
    )
    tier_basis: TierBasis = strawberry.field(default=TierBasis.POINTS, description="What counts toward its tiers.")
    tier_or_basis: TierBasis | None = strawberry.field(
        default=None, description="What may reach a tier as well, by its `orThreshold`."
    )
    tier_window: TierWindow = strawberry.field(default=TierWindow.ROLLING, description="The days that count.")
    tier_term: TierTerm = strawberry.field(
        default=TierTerm.MONTHS,
        description="How long a tier lasts once reached; the ends of periods need a window of years.",
    )
    tier_term_years: int = strawberry.field(
        default=1, description="YEARLY_DATE: how many years after the one of reaching it."
    )
    tier_term_month: int = strawberry.field(default=12, description="YEARLY_DATE: the month, 1 to 12.")
    tier_term_day: int = strawberry.field(
        default=31, description="YEARLY_DATE: the day; the month's last where it is shorter."
    )
    tier_warning_days: list[int] = strawberry.field(
        default_factory=lambda: [30, 7],
        description="How many days before a tier's end its member is warned who would not keep it; at most 5.",
    )

    def draft(self) -> ProgramDraft:
        """As the room takes it."""
        return ProgramDraft(
            handle=self.handle,
            name=self.name,
            currency=self.currency,
            zone=self.zone,
            terms_version=self.terms_version,
            is_draft=self.is_draft,
            kind=self.kind,
            minimum_age=self.minimum_age,
            rounding=self.rounding,
            clawback=self.clawback,
            lot_days=self.lot_days,
            lot_round_up=self.lot_round_up,
            lot_round_up_month=self.lot_round_up_month,
            expiry_dates=tuple(self.expiry_dates),
            refund_method=self.refund_method,
            returned_days=self.returned_days,
            reinstate_days=self.reinstate_days,
            pending_days=self.pending_days,
            lot_months=self.lot_months,
            tier_window_months=self.tier_window_months,
            tier_term_months=self.tier_term_months,
            tier_grace_days=self.tier_grace_days,
            tier_fall=self.tier_fall,
            tier_basis=self.tier_basis,
            tier_or_basis=self.tier_or_basis,
            tier_window=self.tier_window,
            tier_term=self.tier_term,
            tier_term_years=self.tier_term_years,
            tier_term_month=self.tier_term_month,
            tier_term_day=self.tier_term_day,
            tier_warning_days=tuple(self.tier_warning_days),
            rules=tuple(rule.draft() for rule in self.rules),
            tiers=tuple(tier.draft() for tier in self.tiers),
            rewards=tuple(reward.draft() for reward in self.rewards),
            rates=tuple(RateDraft(currency=rate.currency, micros=rate.micros) for rate in self.rates),
        )
