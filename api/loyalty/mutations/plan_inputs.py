"""A plan's terms as merchants send them. What they may be is loyalty.plan_drafts' to say."""

import strawberry

from api.scalars import MinorUnits
from loyalty.plan_drafts import Entitlement, PlanTerms
from loyalty.tables import EntitlementKind, PriceRise


@strawberry.input(description="One thing that a plan gives, or that an order was given.")
class EntitlementInput:
    """As loyalty.plan_drafts.Entitlement."""

    kind: EntitlementKind = strawberry.field(description="What.")
    amount: int | None = strawberry.field(
        default=None, description="MEMBER_PRICE: percent. EARLY_ACCESS: minutes. MULTIPLIER: basis points."
    )
    code: str | None = strawberry.field(default=None, description="CONTENT: which.")

    def entitlement(self) -> Entitlement:
        """As the room takes it."""
        return Entitlement(kind=self.kind, amount=self.amount, code=self.code)


@strawberry.input(description="What of a plan can change.")
class PlanTermsInput:
    """As loyalty.plan_drafts.PlanTerms."""

    name: str = strawberry.field(description="Its name for people.")
    price_minor: MinorUnits = strawberry.field(description="What the months cost, in the program's currency.")
    trial_days: int = strawberry.field(default=0, description="Days before the first charge; 0: no trial.")
    eligibility: str | None = strawberry.field(
        default=None, description="The attribute that a customer must hold (grantEligibility); left out: everybody."
    )
    warn_days: int = strawberry.field(default=7, description="Days before a charge on which the member is told.")
    grace_days: int = strawberry.field(default=7, description="Days that benefits last after a charge was refused.")
    retry_days: list[int] = strawberry.field(
        default_factory=lambda: [1, 3, 5, 7], description="Days after a refused charge on which it is tried again."
    )
    price_rise: PriceRise = strawberry.field(
        default=PriceRise.KEEP_OLD, description="What a higher price does without a member's consent."
    )
    entitlements: list[EntitlementInput] = strawberry.field(default_factory=list, description="What it gives.")

    def terms(self) -> PlanTerms:
        """As the room takes it."""
        return PlanTerms(
            name=self.name,
            price_minor=self.price_minor,
            trial_days=self.trial_days,
            eligibility=self.eligibility,
            warn_days=self.warn_days,
            grace_days=self.grace_days,
            retry_days=tuple(self.retry_days),
            price_rise=self.price_rise,
            entitlements=tuple(each.entitlement() for each in self.entitlements),
        )
