"""Marketers see which presets there are and what of them is illustrative, and start from one in a single call."""

from bs4 import BeautifulSoup

from core.identity import Role
from tests.api.conftest import Api

PRESETS = "{ programPresets { key title modelledOn asPublished sources isIllustrative illustrative { setting why } } }"
CREATE = """
mutation($input: CreateProgramFromPresetInput!) {
  createProgramFromPreset(input: $input) {
    program { handle name currency preset { key } rules { points } } userErrors { code field }
  }
}
"""
EXPLAINED = "{ programs { nodes { explainer { earn spend expiry html(headingLevel: 3) } } } }"
READ = "{ programs { nodes { handle preset { key } } } }"


def test_each_preset_says_what_is_illustrative(api: Api) -> None:
    listed = {each["key"]: each for each in api.as_staff(Role.MARKETER).data(PRESETS)["programPresets"]}

    assert listed["toyzoo"] == {
        "key": "toyzoo",
        "title": "Points, clearly explained",
        "modelledOn": "ToyZoo",
        "asPublished": None,
        "sources": [],
        "isIllustrative": True,
        "illustrative": [{"setting": "*", "why": "No number of it was found."}],
    }


def test_one_call_creates_a_running_program(api: Api) -> None:
    own = {"preset": "nine-west", "handle": "club", "name": "Club", "currency": "EUR"}
    created = api.as_staff(Role.MARKETER).data(CREATE, input=own)["createProgramFromPreset"]

    assert created == {
        "program": {
            "handle": "club",
            "name": "Club",
            "currency": "EUR",
            "preset": {"key": "nine-west"},
            "rules": [{"points": 1}],
        },
        "userErrors": [],
    }
    assert api.as_visitor().data(READ)["programs"]["nodes"] == [{"handle": "club", "preset": None}]


def test_what_the_merchant_gives_is_checked(api: Api) -> None:
    for own, code, field in (
        ({"preset": "nobody"}, "PRESET_NOT_FOUND", "preset"),
        ({"preset": "toyzoo", "handle": "No!"}, "INVALID_HANDLE", "handle"),
        ({"preset": "toyzoo", "zone": "Mars/Base"}, "INVALID_ZONE", "zone"),
    ):
        refused = api.as_staff(Role.MARKETER).data(CREATE, input=own)["createProgramFromPreset"]
        assert refused == {"program": None, "userErrors": [{"code": code, "field": [field]}]}
    assert api.as_visitor().data(READ)["programs"]["nodes"] == []


def test_a_program_is_explained_as_html_for_the_shops_page(api: Api) -> None:
    created = api.as_staff(Role.MARKETER).data(CREATE, input={"preset": "kohls", "name": "A <b>club</b> & more"})
    assert created["createProgramFromPreset"]["userErrors"] == []

    (program,) = api.as_visitor().data(EXPLAINED)["programs"]["nodes"]

    page = BeautifulSoup(program["explainer"]["html"], "html.parser")
    section = page.section
    assert section is not None
    assert section["aria-label"] == "A <b>club</b> & more"
    told = [[item.get_text() for item in part.select("li")] for part in section.select("ul")]
    assert told == [program["explainer"][part] for part in ("earn", "spend", "expiry")]
    assert any("issued by itself on day 1 of each month" in sentence for sentence in told[1])
    assert [heading.name for heading in section.select("h3")] == ["h3", "h3", "h3"]
    assert api.as_visitor().code("{ programs { nodes { explainer { html(headingLevel: 1) } } } }") == "BAD_USER_INPUT"
