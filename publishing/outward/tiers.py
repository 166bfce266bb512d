"""What is told outside of members' tiers: where they stand and what is missing; never a name or an address."""

from dataclasses import dataclass

from loyalty.tables import TierBasis
from publishing.outward.declaring import EventData, PublicId, node, told

_MEMBER = "The membership."
_FORMER = "The tier they had before; null below every tier."


@dataclass(frozen=True, slots=True, kw_only=True)
class TierReachedEvent(EventData):
    """A member has reached a tier."""

    membership_id: PublicId = node("Membership", _MEMBER)
    tier_id: PublicId = node("Tier", "The tier.")
    former_tier_id: PublicId | None = node("Tier", _FORMER)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierProlongedEvent(EventData):
    """A member keeps a tier for one more term."""

    membership_id: PublicId = node("Membership", _MEMBER)
    tier_id: PublicId = node("Tier", "The tier.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierWarnedEvent(EventData):
    """A member's tier ends soon, and what counts so far would not keep it; once for each day that the program sets."""

    membership_id: PublicId = node("Membership", _MEMBER)
    tier_id: PublicId = node("Tier", "The tier.")
    last_day: str = told("The last day of its term, as in 2026-03-02.")
    basis: TierBasis = told("What counts.")
    missing: int = told("How much of it is missing: points, minor units or visits.")
    or_basis: TierBasis | None = told("What may keep it as well.")
    or_missing: int | None = told("How much of that is missing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLoweredEvent(EventData):
    """A member has fallen to a lower tier."""

    membership_id: PublicId = node("Membership", _MEMBER)
    tier_id: PublicId | None = node("Tier", "The tier they have now; null below every tier.")
    former_tier_id: PublicId | None = node("Tier", _FORMER)
