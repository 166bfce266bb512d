"""MemberProgram: what the format asks for, read back by extruct, and nothing where nothing may be claimed."""

from dataclasses import replace
from fractions import Fraction

import extruct
import pytest

from seo.markup import loyalty
from seo.markup.loyalty import ProgramFacts, ShopFacts, TierFacts

BASE = TierFacts("Leaf", "", Fraction(1, 10))
PROGRAM = ProgramFacts(
    "Leaves",
    "1 point for every 10 EUR",
    "https://shop.example/leaves",
    (BASE, TierFacts("Branch", "200 points", Fraction(1, 8))),
)
SHOP = ShopFacts("Atelier Brume", "https://shop.example", (PROGRAM,))


def with_tiers(*tiers: TierFacts) -> ShopFacts:
    return replace(SHOP, programs=(replace(PROGRAM, tiers=tiers),))


def test_a_program_is_told_with_its_tiers_and_what_they_give() -> None:
    (node,) = extruct.extract(loyalty.script(SHOP), syntaxes=["json-ld"])["json-ld"]

    assert (node["@type"], node["name"]) == ("Organization", "Atelier Brume")
    assert "aggregateRating" not in node
    (program,) = node["hasMemberProgram"]
    assert (program["name"], program["url"]) == ("Leaves", "https://shop.example/leaves")
    leaf, branch = program["hasTiers"]
    assert leaf["@id"] == "https://shop.example/leaves#tier-1"
    assert leaf["hasTierBenefit"] == ["https://schema.org/TierBenefitLoyaltyPoints"]
    assert (leaf["membershipPointsEarned"], "hasTierRequirement" in leaf) == ("0.1", False)
    assert (branch["membershipPointsEarned"], branch["hasTierRequirement"]) == ("0.125", "200 points")


def test_a_number_that_would_be_rounded_is_left_out() -> None:
    node = loyalty.document(with_tiers(replace(BASE, points_per_unit=Fraction(1, 3))))

    assert node is not None
    assert "membershipPointsEarned" not in str(node)


@pytest.mark.parametrize(
    "shop",
    [
        with_tiers(),
        with_tiers(replace(BASE, points_per_unit=Fraction())),
        replace(SHOP, programs=(replace(PROGRAM, description=""),)),
        replace(SHOP, programs=(replace(PROGRAM, url="javascript:alert(1)"),)),
        replace(SHOP, programs=()),
    ],
    ids=["no tiers", "no points", "no description", "no address", "no program"],
)
def test_nothing_is_claimed_that_the_format_has_no_word_for(shop: ShopFacts) -> None:
    assert loyalty.script(shop) == ""


def test_a_name_cannot_end_the_script() -> None:
    assert "</script><" not in loyalty.script(with_tiers(replace(BASE, name="</script><img src=x>")))
