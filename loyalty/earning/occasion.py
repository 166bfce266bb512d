"""All that an earning rule may know. There is no place in it for a review's stars, so no rule can reward them."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from core.refusal import Refusal
from loyalty.drafts import RuleDraft
from loyalty.tables import EarningRule, RuleKind


@dataclass(frozen=True, slots=True)
class Occasion:
    """What happened: money that counts, in the program's minor units; the member's multiplier; which side of a
    referral.
    """

    amount_minor: Fraction = Fraction(0)
    multiplier: Fraction = Fraction(1)
    is_friend: bool = False


@dataclass(frozen=True, slots=True)
class EarningKind:
    """A kind of rule: what it gives for an occasion, exactly, and why a draft of one is refused (field names alone)."""

    kind: RuleKind
    points: Callable[[EarningRule, Occasion], Fraction]
    refusal: Callable[[RuleDraft], Refusal | None]
