"""A loyalty program as its page tells machines of it, from its own rows. How it is written is seo.markup.loyalty's."""

from collections.abc import Sequence
from fractions import Fraction

from core import texts
from core.money import Money, exponent
from loyalty.ladder import needs
from loyalty.tables import EarningRule, Program, RuleKind, Tier, TierBasis
from publishing.facts import Site
from seo.markup.loyalty import ProgramFacts, ShopFacts, TierFacts

_ONCE = 10_000


def shop_facts(
    site: Site, *, origin: str, url: str, program: Program, rules: Sequence[EarningRule], tiers: Sequence[Tier]
) -> ShopFacts:
    """The shop with one program, explained at `url`, by the rules and tiers that hold now.

    Points a unit of currency are those of every rule that gives points per amount, multiplied as the tier does.
    """
    base = sum((_points_per_unit(rule, program) for rule in rules), Fraction())
    levels = tuple(_tier(tier, program, base, site.locale) for tier in tiers)
    return ShopFacts(
        name=site.name,
        url=origin,
        programs=(
            ProgramFacts(
                name=program.name,
                description=_described(base, program, site.locale),
                url=url,
                tiers=levels or (TierFacts(program.name, "", base),),
            ),
        ),
    )


def _points_per_unit(rule: EarningRule, program: Program) -> Fraction:
    if rule.kind is not RuleKind.ORDER_SPEND or rule.per_minor is None or rule.min_order_minor > 0:
        return Fraction()
    return Fraction(rule.points * 10 ** exponent(program.currency), rule.per_minor)


def _tier(tier: Tier, program: Program, base: Fraction, locale: str) -> TierFacts:
    said = [_needed(basis, amount, program, locale) for basis, amount in needs(program, tier).items()]
    needed = (
        said[0] if len(said) == 1 else texts.say("seo", "markup.tier_either", locale, either=said[0], other=said[1])
    )
    return TierFacts(tier.name, needed if tier.threshold else "", base * Fraction(tier.multiplier_basis_points, _ONCE))


def _needed(basis: TierBasis, amount: int, program: Program, locale: str) -> str:
    match basis:
        case TierBasis.SPEND:
            return texts.say("seo", "markup.tier_spend", locale, amount=Money(amount, program.currency))
        case TierBasis.VISITS:
            return texts.say("seo", "markup.tier_visits", locale, count=amount)
        case TierBasis.POINTS | TierBasis.BALANCE:
            return texts.say("seo", "markup.tier_points", locale, count=amount)


def _described(base: Fraction, program: Program, locale: str) -> str:
    if not base:
        return ""
    # 1 point for 10.00, or 5 for 1.00: the smallest whole numbers that say the same
    return texts.say(
        "seo",
        "markup.program_points",
        locale,
        count=base.numerator,
        amount=str(base.denominator),
        currency=program.currency,
    )
