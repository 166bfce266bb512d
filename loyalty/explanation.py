"""Why points moved: a code and what its sentence needs. Nothing is rendered here; the sentences are the catalogue's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ExplanationCode(StrEnum):
    """Every reason that an entry can give. `count` is the number of points, without sign."""

    ORDER_EARNED = "ORDER_EARNED"
    ORDER_EARNED_NOTHING = "ORDER_EARNED_NOTHING"
    ORDER_EARNED_MORE = "ORDER_EARNED_MORE"
    ORDER_CHANGED = "ORDER_CHANGED"
    ORDER_CANCELLED = "ORDER_CANCELLED"
    ORDER_REFUNDED = "ORDER_REFUNDED"
    REVIEW_PUBLISHED = "REVIEW_PUBLISHED"
    REVIEW_LEFT_PUBLIC = "REVIEW_LEFT_PUBLIC"
    REFERRAL_ADVOCATE = "REFERRAL_ADVOCATE"
    REFERRAL_FRIEND = "REFERRAL_FRIEND"
    REFERRAL_RETURNED = "REFERRAL_RETURNED"
    REFERRAL_REVERSED = "REFERRAL_REVERSED"
    REFERRAL_SHARE = "REFERRAL_SHARE"
    REFERRAL_SHARE_RETURNED = "REFERRAL_SHARE_RETURNED"
    REWARD_REDEEMED = "REWARD_REDEEMED"
    REWARD_ISSUED = "REWARD_ISSUED"
    REWARD_RETURNED = "REWARD_RETURNED"
    POINTS_HELD = "POINTS_HELD"
    POINTS_RELEASED = "POINTS_RELEASED"
    PAYMENT_RETURNED = "PAYMENT_RETURNED"
    EXPIRED = "EXPIRED"
    ADJUSTED_UP = "ADJUSTED_UP"
    ADJUSTED_DOWN = "ADJUSTED_DOWN"
    TRANSFERRED_OUT = "TRANSFERRED_OUT"
    TRANSFERRED_IN = "TRANSFERRED_IN"
    REINSTATED = "REINSTATED"
    DEFICIT_WRITTEN_OFF = "DEFICIT_WRITTEN_OFF"
    LEFT_PROGRAM = "LEFT_PROGRAM"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reason with its particulars: an order's number, a reward's name, what staff wrote."""

    code: ExplanationCode
    params: Mapping[str, str | int] = field(default_factory=dict)


def text_key(code: str) -> str:
    """The key of the code's sentence in the room's catalogue."""
    return f"why.{code}"
