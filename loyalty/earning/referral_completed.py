"""Points for both sides of a referral once the friend's first order is paid and large enough.

Why it matters: an order that comes back takes both rewards with it, so nobody earns by buying and returning.
Example: 100 points for the member, 50 for the friend, from 20.00 EUR, for at most 20 friends (points=100,
friend_points=50, min_order_minor=2000, member_limit=20).
"""

from fractions import Fraction

from core.refusal import Refusal
from loyalty.drafts import RuleDraft
from loyalty.earning.occasion import EarningKind, Occasion
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EarningRule, RuleKind


def _points(rule: EarningRule, occasion: Occasion) -> Fraction:
    return Fraction(rule.friend_points if occasion.is_friend else rule.points)


def _refusal(draft: RuleDraft) -> Refusal | None:
    return Refusal(LoyaltyRefusal.UNUSED_FIELD, ("perMinor",)) if draft.per_minor is not None else None


RULE = EarningKind(RuleKind.REFERRAL, _points, _refusal)
