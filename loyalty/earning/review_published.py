"""Points for a review that has become public, whatever it says and however many stars it gives.

Why it matters: a reward for praise would be a bought rating. The promise is shown with the review.
Example: 20 points a review, for at most 10 reviews a member (points=20, member_limit=10).
"""

from fractions import Fraction

from core.refusal import Refusal
from loyalty.drafts import RuleDraft
from loyalty.earning.occasion import EarningKind, Occasion
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EarningRule, RuleKind


def _points(rule: EarningRule, _occasion: Occasion) -> Fraction:
    return Fraction(rule.points)


def _refusal(draft: RuleDraft) -> Refusal | None:
    unused = {
        "perMinor": draft.per_minor,
        "friendPoints": draft.friend_points or None,
        "minOrderMinor": draft.min_order_minor or None,
    }
    for field, value in unused.items():
        if value is not None:
            return Refusal(LoyaltyRefusal.UNUSED_FIELD, (field,))
    return None


RULE = EarningKind(RuleKind.REVIEW_PUBLISHED, _points, _refusal)
