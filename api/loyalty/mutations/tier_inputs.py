"""A tier as a merchant writes it, in the contract's names. The acts are create_program's and change_tiers'."""

import strawberry

from api.nodes import id_or_none_such
from loyalty.amounts import ONCE
from loyalty.drafts import TierDraft
from loyalty.tier_changes import TierPlan


@strawberry.input(description="A tier. Tiers are given lowest first, thresholds rising.")
class TierInput:
    """As loyalty.drafts.TierDraft."""

    name: str = strawberry.field(description="Its name, unique in the program.")
    threshold: int = strawberry.field(
        description="What reaches it: qualifying points, or what `tierBasis` says; 0: everybody has it."
    )
    or_threshold: int | None = strawberry.field(
        default=None, description="What reaches it as well, of the program's `tierOrBasis`."
    )
    multiplier_basis_points: int = strawberry.field(
        default=ONCE, description="What points per amount are multiplied by: 10,000 is once."
    )
    never_downgrade: bool = strawberry.field(default=False, description="Whether members keep it once reached.")
    benefits: list[str] = strawberry.field(
        default_factory=list, description="Codes of what the shop gives its members: capitals, digits and `_`."
    )
    early_access_minutes: int = strawberry.field(
        default=0, description="How much earlier than others its members may buy."
    )

    def draft(self) -> TierDraft:
        """As the room takes it."""
        return TierDraft(
            name=self.name,
            threshold=self.threshold,
            or_threshold=self.or_threshold,
            multiplier_basis_points=self.multiplier_basis_points,
            never_downgrade=self.never_downgrade,
            benefits=tuple(self.benefits),
            early_access_minutes=self.early_access_minutes,
        )


@strawberry.input(description="A tier as it is to be. Tiers are given lowest first, thresholds rising.")
class TierPlanInput(TierInput):
    """As loyalty.tier_changes.TierPlan."""

    tier_id: strawberry.ID | None = strawberry.field(default=None, description="Which it changes; left out: a new one.")

    def plan(self) -> TierPlan:
        """As the room takes it."""
        return TierPlan(None if self.tier_id is None else id_or_none_such("Tier", self.tier_id), self.draft())
