"""What a check may know of a wish to be referred, and the true reasons against it. What shoppers hear is less."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sqlmodel import Session

from loyalty.tables import EarningRule, Membership


class ReferralFault(StrEnum):
    """Why a referral is refused, in truth."""

    OWN_CODE = "OWN_CODE"
    KNOWN_BUYER = "KNOWN_BUYER"
    KNOWN_MEMBER = "KNOWN_MEMBER"
    OTHER_ADVOCATE = "OTHER_ADVOCATE"
    CIRCLE = "CIRCLE"
    SUSPENDED = "SUSPENDED"
    ADVOCATE_LIMIT = "ADVOCATE_LIMIT"


@dataclass(frozen=True, slots=True)
class Claim:
    """A member who says that another brought them, and the rule that would reward it."""

    advocate: Membership
    friend: Membership
    rule: EarningRule


Check: TypeAlias = Callable[[Session, Claim], ReferralFault | None]
