"""A member's way to the next tier as the API shows it. What lacks is loyalty.progress', who may see it types'."""

from typing import cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.fields import field
from api.loyalty.seeing import MEMBER_AND_STAFF
from api.loyalty.tier_types import Tier
from api.scalars import DateTime
from core import texts
from loyalty import progress
from loyalty.tables import TierBasis


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="How much of something lacks: points, minor units of the program's currency, or visits.")
class TierLack:
    """One entry of a mapping of loyalty.progress."""

    basis: TierBasis = strawberry.field(description="What counts.")
    amount: int = strawberry.field(description="How much of it lacks; 0: met.")


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="Where a member stands, and what brings them on. Any one basis is enough.")
class TierProgress:
    """A loyalty.progress.Progress."""

    found: strawberry.Private[progress.Progress]

    @field()
    def tier(self) -> Tier | None:
        """The tier they have; null below every one."""
        return cast("Tier | None", self.found.tier)

    @field()
    def until(self) -> DateTime | None:
        """When its term ends; null where it has no end."""
        return cast("DateTime | None", self.found.until)

    @field()
    def next(self) -> Tier | None:
        """The tier above; null on the highest."""
        return cast("Tier | None", self.found.following)

    @field()
    def missing(self) -> list[TierLack]:
        """What lacks for the tier above."""
        return [TierLack(basis=basis, amount=amount) for basis, amount in self.found.missing.items()]

    @field()
    def to_keep(self) -> list[TierLack]:
        """What lacks by the end of the term to keep the tier; empty when it is kept or has no end."""
        return [TierLack(basis=basis, amount=amount) for basis, amount in self.found.to_keep.items()]

    @field()
    def why(self, info: Info) -> list[str]:
        """The same in sentences, in the reader's language."""
        caller = info.context.caller
        return [
            texts.say("loyalty", f"tier.{said.code}", caller.locale, zone=caller.zone, **said.params)
            for said in self.found.why
        ]
