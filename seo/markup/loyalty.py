"""The shop's loyalty programs as schema.org JSON-LD: MemberProgram on the shop's Organization. Products are jsonld's.

Source: https://developers.google.com/search/docs/appearance/structured-data/loyalty-program (July 2026): name,
description and tiers are required, and a tier needs a benefit. A program whose tiers earn no points per amount is left
out: nothing is claimed that the format has no true word for.
"""

from dataclasses import dataclass
from fractions import Fraction

from seo.markup.escaping import as_script_json, clean, one_line, web_url
from seo.markup.jsonld import Json

_POINTS = "https://schema.org/TierBenefitLoyaltyPoints"
# a number of points a unit of currency is written with so many digits, or not at all
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class TierFacts:
    """One level: its name, what reaches it in words (empty: everybody), and points a unit of currency, exactly."""

    name: str
    requirement: str
    points_per_unit: Fraction


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """A program as its own page explains it: `url` is that page, and each tier is named by a fragment of it."""

    name: str
    description: str
    url: str
    tiers: tuple[TierFacts, ...]


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """Who runs the programs: the shop's name and its address. It never carries a rating of itself."""

    name: str
    url: str
    programs: tuple[ProgramFacts, ...]


def script(shop: ShopFacts) -> str:
    """The whole `<script>` element; an empty string when no program has anything to claim."""
    node = document(shop)
    return f'<script type="application/ld+json">{as_script_json(node)}</script>' if node else ""


def document(shop: ShopFacts) -> dict[str, Json] | None:
    """The JSON-LD node of the shop with its programs."""
    programs: list[Json] = [_program(each) for each in shop.programs if _can_be_told(each)]
    if not programs or not one_line(shop.name):
        return None
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": one_line(shop.name),
        **({"url": shop.url} if web_url(shop.url) else {}),
        "hasMemberProgram": programs,
    }


def _can_be_told(program: ProgramFacts) -> bool:
    named = one_line(program.name) and one_line(program.description) and web_url(program.url)
    return bool(named) and any(tier.points_per_unit > 0 for tier in program.tiers)


def _program(program: ProgramFacts) -> Json:
    tiers: list[Json] = [
        _tier(program, number, tier) for number, tier in enumerate(program.tiers, 1) if tier.points_per_unit > 0
    ]
    return {
        "@type": "MemberProgram",
        "name": one_line(program.name),
        "description": clean(program.description),
        "url": program.url,
        "hasTiers": tiers,
    }


def _tier(program: ProgramFacts, number: int, tier: TierFacts) -> Json:
    node: dict[str, Json] = {
        "@type": "MemberProgramTier",
        "@id": f"{program.url.partition('#')[0]}#tier-{number}",
        "name": one_line(tier.name),
        "hasTierBenefit": [_POINTS],
    }
    if one_line(tier.requirement):
        node["hasTierRequirement"] = one_line(tier.requirement)
    points = _decimal(tier.points_per_unit)
    return node | ({"membershipPointsEarned": points} if points else {})


def _decimal(value: Fraction) -> str:
    """The number in plain digits; empty when it has more decimals than are written, since a rounded claim is none."""
    scaled = value * 10**_DECIMALS
    if scaled.denominator != 1:
        return ""
    whole, rest = divmod(scaled.numerator, 10**_DECIMALS)
    return f"{whole}.{rest:0{_DECIMALS}d}".rstrip("0").rstrip(".")
