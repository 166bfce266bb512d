"""Marketers see which presets there are and what of them is illustrative, and start from one in a single call."""

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
