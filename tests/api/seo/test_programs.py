"""Program.jsonLd: the rules and tiers that hold, told for the shop's page about them."""

import json

from sqlmodel import Session

from tests.api.conftest import Api
from tests.make import loyalty as make

PROGRAM = "query($url: URL!) { programs { nodes { jsonLd(url: $url) } } }"
PAGE = "https://main.example/club"


def told(api: Api, *tiers: tuple[str, int, int]) -> str:
    def step(session: Session) -> None:
        drafts = tuple(make.tier(name, threshold, multiplier=factor) for name, threshold, factor in tiers)
        make.program(session, make.program_draft(tiers=drafts))

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


def test_a_program_without_tiers_is_one_tier(api: Api) -> None:
    assert told(api).count("MemberProgramTier") == 1


def test_whose_page_it_is_must_be_known(api: Api) -> None:
    told(api)

    assert api.as_staff().code(PROGRAM, url=PAGE) == "BAD_USER_INPUT"
