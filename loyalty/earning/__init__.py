"""Every kind of earning rule, in the order in which programs list them. What may happen is earning.occasion's."""

from loyalty.earning import order_spend, referral_completed, review_published
from loyalty.earning.occasion import EarningKind
from loyalty.tables import RuleKind

EARNING_RULES: tuple[EarningKind, ...] = (order_spend.RULE, review_published.RULE, referral_completed.RULE)


def of(kind: RuleKind) -> EarningKind:
    """The rule of that kind."""
    return next(rule for rule in EARNING_RULES if rule.kind is kind)
