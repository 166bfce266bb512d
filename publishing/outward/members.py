"""What is told outside of members: ids, kinds and points; never a name or an address."""

from dataclasses import dataclass

from loyalty.tables import EntryKind
from publishing.outward.declaring import EventData, PublicId, node, told

_MEMBER = "The membership."


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoinedEvent(EventData):
    """A customer has joined a program."""

    membership_id: PublicId = node("Membership", _MEMBER)
    program_id: PublicId = node("Program", "The program.")
    customer_id: PublicId = node("Customer", "Who joined.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeftEvent(EventData):
    """A customer has left a program; what points they had are forfeited."""

    membership_id: PublicId = node("Membership", _MEMBER)
    program_id: PublicId = node("Program", "The program.")
    customer_id: PublicId = node("Customer", "Who left.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsMovedEvent(EventData):
    """A member's points have moved; once for every entry of the ledger that moves any."""

    membership_id: PublicId = node("Membership", _MEMBER)
    entry_id: PublicId = node("LedgerEntry", "The entry, which says why.")
    kind: EntryKind = told("What it does to the balance.")
    points: int = told("Whole points, negative when they leave.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardRedeemedEvent(EventData):
    """A member has taken a reward for points. Its code is not told: ask the API for the redemption."""

    membership_id: PublicId = node("Membership", _MEMBER)
    redemption_id: PublicId = node("Redemption", "The redemption.")
    reward_id: PublicId = node("Reward", "The reward.")
