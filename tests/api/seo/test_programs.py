"""Program.jsonLd: the rules and tiers that hold, told for the shop's page about them."""

import json
from dataclasses import replace

from sqlmodel import Session

from loyalty.tables import TierBasis
from tests.api.conftest import Api
from tests.make import loyalty as make

PROGRAM = "query($url: URL!) { programs { nodes { jsonLd(url: $url) } } }"
PAGE = "https://main.example/club"


def told(api: Api, *tiers: tuple[str, int, int], or_visits: int | None = None, **terms: TierBasis) -> str:
    def step(session: Session) -> None:
        drafts = [make.tier(name, threshold, multiplier=factor) for name, threshold, factor in tiers]
        drafts = [replace(tier, or_threshold=or_visits if tier.threshold else None) for tier in drafts]
        make.program(session, replace(make.program_draft(tiers=tuple(drafts)), **terms))  # type: ignore[arg-type]

    api.database.writing(step)
    text: str = api.as_visitor().data(PROGRAM, url=PAGE)["programs"]["nodes"][0]["jsonLd"]
    return text


def test_tiers_are_told_with_what_reaches_them_and_what_they_earn(api: Api) -> None:
    text = told(api, ("Leaf", 0, 10_000), ("Branch", 200, 12_500))

    node = json.loads(text.removeprefix('<script type="application/ld+json">').removesuffix("</script>"))
    (program,) = node["hasMemberProgram"]
    assert (node["name"], node["url"], program["url"]) == ("Shop main", "https://main.example", PAGE)
    assert program["description"] == "1 point for every 1 EUR"
    assert [tier["membershipPointsEarned"] for tier in program["hasTiers"]] == ["1", "1.25"]
    assert [tier.get("hasTierRequirement") for tier in program["hasTiers"]] == [None, "200 points"]


def test_money_or_visits_that_reach_a_tier_are_told_as_such(api: Api) -> None:
    bases = {"tier_basis": TierBasis.SPEND, "tier_or_basis": TierBasis.VISITS}

    text = told(api, ("Gold", 35_000, 10_000), or_visits=10, **bases)

    assert '"hasTierRequirement":"\\u20ac350.00 spent or 10 visits"' in text.replace("€", "\\u20ac").replace(": ", ":")


def test_a_program_without_tiers_is_one_tier(api: Api) -> None:
    assert told(api).count("MemberProgramTier") == 1


def test_whose_page_it_is_must_be_known(api: Api) -> None:
    told(api)

    assert api.as_staff().code(PROGRAM, url=PAGE) == "BAD_USER_INPUT"
