"""Tiers through the API: what a change would move, the change, and a member's own way."""

from typing import Any

from sqlmodel import Session

from core.identity import Role
from core.ids import to_public
from loyalty.queries import programs
from tests.api.conftest import Api
from tests.conftest import FrozenClock
from tests.make import loyalty as make

PREVIEW = """query($program: ID!, $tiers: [TierPlanInput!]!) { previewTierChange(programId: $program, tiers: $tiers) {
  preview { up down isComplete tiers { tier now following }
    moves(first: 1) { nodes { former following direction at membership { id } } pageInfo { hasNextPage } } }
  userErrors { code field message }
} }"""
TIERS = """query($id: ID!) { node(id: $id) { ... on Program { revision tiers {
  id name threshold orThreshold neverDowngrade benefits earlyAccessMinutes
} } } }"""
CHANGE = """mutation($input: ChangeTiersInput!) {
  changeTiers(input: $input) { program { revision tiers { name benefits } } userErrors { code field } }
}"""
VISIT = """mutation($input: RecordVisitInput!) {
  recordVisit(input: $input) { membership { tier { name } } userErrors { code } }
}"""
PROGRESS = """{ viewer { memberships { id tierProgress {
  tier { name } until next { name } missing { basis amount } toKeep { basis amount } why
} } } }"""
JOIN = "mutation($input: JoinProgramInput!) { joinProgram(input: $input) { userErrors { code } } }"
CREATE = """mutation($input: CreateProgramInput!) {
  createProgram(input: $input) { program { id tierBasis tierOrBasis tierWindow tierTerm } userErrors { code field } }
}"""


def running(api: Api) -> dict[str, str]:
    def step(session: Session) -> dict[str, str]:
        program_id = make.program(session, make.program_draft(tiers=(make.tier("Base", 0),)))
        tier_id = programs.tiers(session, program_id)[0].id
        return {"id": to_public("Program", program_id), "tier": to_public("Tier", tier_id)}

    return api.database.writing(step)


def test_tiers_are_changed_after_a_look_at_who_moves(api: Api, frozen_clock: FrozenClock) -> None:
    named = running(api)
    staff, ada = api.as_staff(Role.MARKETER), api.as_customer("ada")
    ada.data(JOIN, input={"programId": named["id"], "termsVersion": "1"})
    read = staff.data(TIERS, id=named["id"])["node"]
    base: dict[str, Any] = {"tierId": named["tier"], "name": "Base", "threshold": 0}
    tiers = [base, {"name": "Gold", "threshold": 100, "benefits": ["FREE_SHIPPING"]}]

    seen = staff.data(PREVIEW, program=named["id"], tiers=[{**base, "threshold": 50}])["previewTierChange"]["preview"]
    refused = staff.data(PREVIEW, program=named["id"], tiers=tiers[::-1])["previewTierChange"]
    asked = {"programId": named["id"], "revision": read["revision"], "tiers": tiers}
    changed, late = (staff.data(CHANGE, input=asked)["changeTiers"] for _ in range(2))
    way = ada.data(PROGRESS)["viewer"]["memberships"][0]["tierProgress"]

    assert (seen["up"], seen["down"], seen["isComplete"]) == (0, 1, True)
    assert seen["tiers"] == [{"tier": "Base", "now": 1, "following": 0}, {"tier": None, "now": 0, "following": 1}]
    assert [move["direction"] for move in seen["moves"]["nodes"]] == ["DOWN"]
    assert (refused["preview"], refused["userErrors"][0]["field"]) == (None, ["tiers", "1", "threshold"])
    assert changed["program"] == {
        "revision": read["revision"] + 1,
        "tiers": [{"name": "Base", "benefits": []}, {"name": "Gold", "benefits": ["FREE_SHIPPING"]}],
    }
    assert late == {"program": None, "userErrors": [{"code": "CONFLICT", "field": ["revision"]}]}
    assert way == {
        "tier": {"name": "Base"},
        "until": None,
        "next": {"name": "Gold"},
        "missing": [{"basis": "POINTS", "amount": 100}],
        "toKeep": [],
        "why": ["You are Base, without an end.", "100 more points make you Gold."],
    }
    assert ada.code(PREVIEW, program=named["id"], tiers=[]) == "FORBIDDEN"


def test_nights_that_the_shop_tells_reach_a_tier(api: Api, frozen_clock: FrozenClock) -> None:
    staff, ada = api.as_staff(Role.MARKETER), api.as_customer("ada")
    draft = {
        "handle": "inn",
        "name": "Inn",
        "currency": "EUR",
        "zone": "UTC",
        "termsVersion": "1",
        "rules": [{"kind": "ORDER_SPEND", "points": 10, "perMinor": 100}],
        "tiers": [{"name": "Gold", "threshold": 10000, "orThreshold": 10}],
        "tierOrBasis": "VISITS",
        "tierWindow": "CALENDAR_YEAR",
        "tierTerm": "NEXT_PERIOD_END",
    }
    wrong = staff.data(CREATE, input={**draft, "tierWindow": "ROLLING"})["createProgram"]["userErrors"]
    made = staff.data(CREATE, input=draft)["createProgram"]["program"]
    ada.data(JOIN, input={"programId": made["id"], "termsVersion": "1"})
    member = ada.data(PROGRESS)["viewer"]["memberships"][0]["id"]

    stay = {"membershipId": member, "sourceId": "s-1", "count": 10, "at": "2026-03-02T11:00:00Z"}
    visited = staff.data(VISIT, input=stay)["recordVisit"]

    assert wrong == [{"code": "TERM_WITHOUT_YEAR", "field": ["tierTerm"]}]
    assert (made["tierOrBasis"], made["tierTerm"]) == ("VISITS", "NEXT_PERIOD_END")
    assert visited == {"membership": {"tier": {"name": "Gold"}}, "userErrors": []}
    assert ada.code(VISIT, input=stay) == "FORBIDDEN"


def test_everybody_reads_how_a_program_works(api: Api) -> None:
    named = running(api)
    asked = "query($id: ID!) { node(id: $id) { ... on Program { explainer { earn spend tiers expiry } } } }"

    told = api.as_visitor().data(asked, id=named["id"])["node"]["explainer"]

    assert told["earn"] == ["1 point for every €1.00 you spend."]
    assert (told["spend"], told["expiry"]) == ([], ["Points do not expire."])
    assert told["tiers"][0] == "Base: every member, from the first day."
