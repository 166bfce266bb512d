"""Points for what an order is worth: so many for each amount, times the tier's multiplier, or so many once an order.

Why it matters: it is what members expect of a program. Below the rule's minimum an order gives nothing, and a return
that brings it below takes all of it back. A fixed number an order is not multiplied.
Example: 1 point for each 1.00 EUR (points=1, per_minor=100); 50 points an order from 30.00 EUR (points=50,
min_order_minor=3000).
"""

from fractions import Fraction

from core.refusal import Refusal
from loyalty.drafts import RuleDraft
from loyalty.earning.occasion import EarningKind, Occasion
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EarningRule, RuleKind


def _points(rule: EarningRule, occasion: Occasion) -> Fraction:
    if occasion.amount_minor < rule.min_order_minor or occasion.amount_minor <= 0:
        return Fraction(0)
    if rule.per_minor is None:
        return Fraction(rule.points)
    return occasion.amount_minor * rule.points * occasion.multiplier / rule.per_minor


def _refusal(draft: RuleDraft) -> Refusal | None:
    if draft.friend_points:
        return Refusal(LoyaltyRefusal.UNUSED_FIELD, ("friendPoints",))
    if draft.member_limit is not None:
        return Refusal(LoyaltyRefusal.UNUSED_FIELD, ("memberLimit",))
    return None


RULE = EarningKind(RuleKind.ORDER_SPEND, _points, _refusal)
