"""Programs, rules, tiers and rewards as the API shows them, to everybody. Members' points are api.loyalty.types'."""

from datetime import date
from typing import TypeVar, cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.enums import described
from api.fields import field
from api.loyalty import loaders, paid_loaders
from api.loyalty.explainer_types import ProgramExplainer
from api.loyalty.plan_types import MembershipPlan
from api.loyalty.preset_types import ProgramPreset
from api.loyalty.seeing import may_know
from api.loyalty.tier_types import Tier
from api.nodes import Node
from api.root import node_type
from api.scalars import CurrencyCode, DateTime, Money
from api.seo.program_fields import MarkedUpProgram
from api.sharing import shared
from api.shop.loaders import products_by_ids
from api.shop.types import Product
from core import money
from core.identity import Permission
from loyalty import explainer, lifecycle, presets, tables
from loyalty.tables import (
    ClawbackPolicy,
    ProgramKind,
    ProgramState,
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

described(
    ProgramKind,
    name="ProgramKind",
    description="What a member collects.",
    values={
        "POINTS": "Points, on a ledger.",
        "PAID": "Nothing: they pay for a plan and get what it gives, points if it has rules.",
    },
)
described(
    ProgramState,
    name="ProgramState",
    description="Where a program stands: who may see it, and whether members join, earn and spend.",
    values={
        "DRAFT": "Only staff see it.",
        "PILOT": "Staff and invited customers see it; they join, earn and spend.",
        "LIVE": "Members join, earn and spend.",
        "ENDED": "Nobody joins or earns; what was earned can be spent.",
        "CLOSING": "As ENDED, through `lastDay`.",
        "CLOSED": "That day has passed: no points are left.",
    },
)
described(
    Rounding,
    name="PointsRounding",
    description="How an order's exact points become whole, once an order.",
    values={
        "FLOOR": "Down to the whole point.",
        "HALF_UP": "To the nearest point, halves up.",
        "CEIL": "Up to the whole point.",
    },
)
described(
    RoundUp,
    name="PointsRoundUp",
    description="To the end of which calendar period the life of points is rounded up.",
    values={
        "MONTH": "The month.",
        "QUARTER": "The quarter.",
        "HALF_YEAR": "The half-year.",
        "YEAR": "The year.",
        "NAMED_MONTH": "The next end of the month that `lotRoundUpMonth` names.",
    },
)
described(
    RefundMethod,
    name="RefundMethod",
    description="What an order should have earned once a part of it came back.",
    values={
        "RECOMPUTE": "What the rules give for what is left.",
        "PROPORTIONAL": "What it earned, less the share of the money that came back.",
    },
)
described(
    ClawbackPolicy,
    name="ClawbackPolicy",
    description="How far a return reaches for points.",
    values={
        "ONLY_PENDING": "Only the order's own points that are not spendable yet.",
        "WITHIN_BALANCE": "Then the order's other points and the member's spendable ones; the rest is written off.",
        "UNLIMITED": "The rest becomes a deficit that the next points repay.",
    },
)
described(
    RuleKind,
    name="EarningRuleKind",
    description="What a rule gives points for. Never for stars.",
    values={
        "ORDER_SPEND": "A paid order.",
        "REVIEW_PUBLISHED": "A published review, whatever its stars.",
        "REFERRAL": "A friend who buys.",
    },
)
described(
    RewardIssue,
    name="RewardIssue",
    description="When a reward is taken.",
    values={
        "ON_REQUEST": "When a member asks.",
        "AS_REACHED": "By itself, at the night that the points are there; as many as they pay for.",
        "MONTHLY": "By itself, on one day of the month; as many as the points pay for.",
    },
)
described(
    RewardKind,
    name="RewardKind",
    description="What a reward gives.",
    values={
        "FIXED_AMOUNT": "An amount off.",
        "PERCENT": "A part of the price off, in percent.",
        "FREE_PRODUCT": "A product for nothing.",
        "FREE_SHIPPING": "Shipping for nothing.",
    },
)


Part = TypeVar("Part", tables.EarningRule, tables.Tier, tables.Reward)


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="How points are earned. A change makes a new version; orders keep the one they earned by.")
class EarningRule(Node):
    """A loyalty.tables.EarningRule."""

    kind: RuleKind = strawberry.field(description="What it gives points for.")
    version: int = strawberry.field(description="1, then one more with each change.")
    points: int = strawberry.field(
        description="Points for each `per` of an order, once an order without it, or for a review or a referral."
    )
    per_minor: int | None = strawberry.field(
        description="ORDER_SPEND: the amount, in the program's minor units, that earns `points`."
    )
    friend_points: int = strawberry.field(description="REFERRAL: what the friend gets.")
    min_order_minor: int = strawberry.field(
        description="Orders below it count for nothing, in the program's minor units."
    )
    member_limit: int | None = strawberry.field(description="How often one member is rewarded; null: without limit.")
    starts_at: DateTime = strawberry.field(description="When this version began.")
    ends_at: DateTime | None = strawberry.field(description="When it ended; null while it is live.")


@seen_by(Permission.READ_PUBLIC)
@strawberry.type(description="Something to be had for points.")
class Reward(Node):
    """A loyalty.tables.Reward."""

    name: str = strawberry.field(description="Its name.")
    kind: RewardKind = strawberry.field(description="What it gives.")
    cost: int = strawberry.field(description="Its price in points.")
    percent: int | None = strawberry.field(description="PERCENT: how much off.")
    stock: int | None = strawberry.field(description="How many are left; null: without end.")
    member_limit: int | None = strawberry.field(description="How many one member may take; null: without limit.")
    issue: RewardIssue = strawberry.field(description="When it is taken.")
    issue_day: int | None = strawberry.field(description="MONTHLY: the local day of the month.")
    valid_days: int | None = strawberry.field(
        description="How many local days a taken one's code serves, from the next on; null: without end."
    )

    @field()
    async def amount(self, info: Info) -> Money | None:
        """FIXED_AMOUNT: how much, in the program's currency."""
        reward = cast("tables.Reward", self)
        program = await info.context.load(loaders.programs_by_ids, reward.program_id)
        if reward.amount_minor is None or program is None:
            return None
        return Money.of(money.Money(reward.amount_minor, program.currency))

    @field()
    async def product(self, info: Info) -> Product | None:
        """FREE_PRODUCT: which."""
        product_id = cast("tables.Reward", self).product_id
        if product_id is None:
            return None
        found = await info.context.load(products_by_ids, product_id, info.context.caller.storefront_id)
        return cast("Product | None", found)

    @field()
    async def tier(self, info: Info) -> Tier | None:
        """The lowest tier that may have it; null: every member may."""
        tier_id = cast("tables.Reward", self).tier_id
        if tier_id is None:
            return None
        return cast("Tier | None", await info.context.load(loaders.tiers_by_ids, tier_id))


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="A loyalty program with its terms.")
class Program(MarkedUpProgram, Node):
    """A loyalty.tables.Program."""

    handle: str = strawberry.field(description="Its name in addresses; unique.")
    name: str = strawberry.field(description="Its name for people.")
    kind: ProgramKind = strawberry.field(description="What a member collects.")
    state: ProgramState = strawberry.field(description="Whether members join and earn.")
    currency: CurrencyCode = strawberry.field(description="The currency of its amounts.")
    zone: str = strawberry.field(description="The IANA time zone of its days and months.")
    rounding: Rounding = strawberry.field(description="How an order's exact points become whole.")
    clawback: ClawbackPolicy = strawberry.field(description="How far a return reaches for points.")
    lot_days: int | None = strawberry.field(description="Days that points last, instead of months.")
    lot_round_up: RoundUp | None = strawberry.field(
        description="The period to whose end the life of points is rounded up."
    )
    lot_round_up_month: int | None = strawberry.field(description="NAMED_MONTH: which, 1 to 12.")
    expiry_dates: list[str] = strawberry.field(
        description="Days of the year, as in 06-30, through the next of which points last; at most 20."
    )
    refund_method: RefundMethod = strawberry.field(
        description="What an order should have earned once a part of it came back."
    )
    returned_days: int = strawberry.field(
        description="Days that points last which a return brings home after their expiry; 0: those are forfeited."
    )
    reinstate_days: int = strawberry.field(
        description="Days after their expiry in which staff may give points back; 0: never later than that day."
    )
    pending_days: int = strawberry.field(description="Days before earned points can be spent.")
    lot_months: int | None = strawberry.field(
        description="Months that points last once they can be spent; null: they never expire."
    )
    tier_window_months: int = strawberry.field(description="ROLLING: the months whose credits count toward tiers.")
    tier_term_months: int = strawberry.field(description="MONTHS: how many a tier lasts once reached.")
    tier_grace_days: int = strawberry.field(description="Days added before a tier is lost.")
    tier_fall: TierFall = strawberry.field(description="Where a member lands whose tier has lapsed.")
    tier_basis: TierBasis = strawberry.field(description="What counts toward its tiers.")
    tier_or_basis: TierBasis | None = strawberry.field(description="What may reach a tier as well.")
    tier_window: TierWindow = strawberry.field(description="The days that count.")
    tier_term: TierTerm = strawberry.field(description="How long a tier lasts once reached.")
    tier_term_years: int = strawberry.field(description="YEARLY_DATE: how many years after the one of reaching it.")
    tier_term_month: int = strawberry.field(description="YEARLY_DATE: the month, 1 to 12.")
    tier_term_day: int = strawberry.field(description="YEARLY_DATE: the day; the month's last where it is shorter.")
    tier_warning_days: list[int] = strawberry.field(
        description="How many days before a tier's end its member is warned who would not keep it."
    )
    terms_version: str = strawberry.field(description="The version of the terms that joining agrees to.")

    @field(only_for=(Permission.MANAGE_LOYALTY,))
    async def preset(self) -> ProgramPreset | None:
        """The preset that it was made from; staff only."""
        key = cast("tables.Program", self).preset
        found = presets.find(key) if key else None
        return None if found is None else ProgramPreset.of(found)

    minimum_age: int | None = strawberry.field(
        description="In whole years, on the day of joining; joining then asks for a birthday. Null: none."
    )

    @field(shared=True)
    def revision(self) -> int:
        """One more with each change of its state, terms or tiers; changeTiers asks for it."""
        return cast("tables.Program", self).version

    @field(shared=True)
    def last_day(self) -> date | None:
        """CLOSING: the last day on which points can be spent, in its zone."""
        return lifecycle.last_day(cast("tables.Program", self))

    @field(shared=True)
    async def rules(self, info: Info) -> list[EarningRule]:
        """How points are earned now."""
        rows = await info.context.load(loaders.rules_by_program, cast("tables.Program", self).id)
        return cast("list[EarningRule]", rows or [])

    @field(shared=True)
    async def tiers(self, info: Info) -> list[Tier]:
        """Its tiers, lowest first."""
        rows = await info.context.load(loaders.tiers_by_program, cast("tables.Program", self).id)
        return cast("list[Tier]", rows or [])

    @field(shared=True)
    async def plans(self, info: Info) -> list[MembershipPlan]:
        """PAID: what a membership can be bought as now, cheapest first."""
        rows = await info.context.load(paid_loaders.plans_by_program, cast("tables.Program", self).id)
        return cast("list[MembershipPlan]", rows or [])

    @field()
    async def rewards(self, info: Info) -> list[Reward]:
        """What points buy now, cheapest first."""
        rows = await info.context.load(loaders.rewards_by_program, cast("tables.Program", self).id)
        return cast("list[Reward]", rows or [])

    @field()
    async def explainer(self, info: Info) -> ProgramExplainer:
        """How to earn, how to spend, the tiers and when points end, in sentences in the reader's language."""
        program = cast("tables.Program", self)
        rules = await info.context.load(loaders.rules_by_program, program.id) or ()
        tiers = await info.context.load(loaders.tiers_by_program, program.id) or ()
        rewards = await info.context.load(loaders.rewards_by_program, program.id) or ()
        return ProgramExplainer(found=explainer.explain(program, rules, tiers, rewards), name=program.name)


@node_type("Program")
async def find_program(info: Info, number: int) -> object | None:
    """Programs are public once they are live; drafts are staff's, pilots also those of whom was invited."""
    program = await info.context.load(loaders.programs_by_ids, number)
    return program if program is not None and await may_know(info, program) else None


@node_type("EarningRule")
async def find_rule(info: Info, number: int) -> object | None:
    """Rules are as public as their program, past versions too."""
    return await _part_of_known(info, await info.context.load(loaders.rules_by_ids, number))


@node_type("Tier")
async def find_tier(info: Info, number: int) -> object | None:
    """Tiers are as public as their program."""
    return await _part_of_known(info, await info.context.load(loaders.tiers_by_ids, number))


@node_type("Reward")
async def find_reward(info: Info, number: int) -> object | None:
    """Rewards are as public as their program."""
    return await _part_of_known(info, await info.context.load(loaders.rewards_by_ids, number))


async def _part_of_known(info: Info, part: Part | None) -> Part | None:
    program = await info.context.load(loaders.programs_by_ids, part.program_id) if part is not None else None
    return part if program is not None and await may_know(info, program) else None
