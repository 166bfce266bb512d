"""The demo's points program as loyalty wants it described."""

from decimal import Decimal

from cli.demo.circle import Circle, Earning, Offer
from cli.demo.records import Words
from loyalty.drafts import ProgramDraft, RateDraft, RewardDraft, RuleDraft, TierDraft
from loyalty.tables import RuleKind

TERMS_VERSION = "2025-01"
_MILLION = 1_000_000
_UNIT_MINOR = 100
# a program says its names once, for all storefronts
_LANGUAGE = "en"


def draft(circle: Circle, products: dict[str, int]) -> ProgramDraft:
    """The program; `products` are row ids by the names that the files use."""
    terms = circle.program
    return ProgramDraft(
        handle=terms.handle,
        name=name(terms.name),
        currency=terms.currency,
        zone=terms.time_zone,
        terms_version=TERMS_VERSION,
        clawback=terms.claws,
        lot_months=terms.points_last_months,
        tier_window_months=terms.qualifying_window_months,
        rules=_rules(circle.earning),
        tiers=tuple(TierDraft(name=name(tier.name), threshold=tier.from_points) for tier in circle.tiers),
        rewards=tuple(_reward(offer, products) for offer in circle.rewards),
        rates=tuple(
            RateDraft(currency=rate.currency, micros=int(Decimal(rate.rate) * _MILLION)) for rate in terms.rates
        ),
    )


def name(words: Words) -> str:
    """The name that the program uses."""
    return words[_LANGUAGE]


def _rules(earning: Earning) -> tuple[RuleDraft, ...]:
    return (
        RuleDraft(kind=RuleKind.ORDER_SPEND, points=earning.points_per_unit, per_minor=_UNIT_MINOR),
        RuleDraft(kind=RuleKind.REVIEW_PUBLISHED, points=earning.review_published),
        RuleDraft(kind=RuleKind.REFERRAL, points=earning.referral_advocate, friend_points=earning.referral_friend),
    )


def _reward(offer: Offer, products: dict[str, int]) -> RewardDraft:
    return RewardDraft(
        name=name(offer.name),
        kind=offer.gives,
        cost=offer.points,
        amount_minor=offer.amount_minor,
        product_id=products[offer.product] if offer.product else None,
        stock=offer.stock,
    )
