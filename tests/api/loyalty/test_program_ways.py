"""Programs on their way through the API: who sees which, and the acts that move them."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session, select

from core.identity import Role
from core.ids import to_public
from loyalty.queries import programs
from loyalty.tables import Program
from tests.api.conftest import Api
from tests.conftest import FrozenClock
from tests.make import loyalty as make
from tests.make import shop

SEEN = """query($id: ID!, $tier: ID!, $rule: ID!) {
  program: node(id: $id) { id } tier: node(id: $tier) { id } rule: node(id: $rule) { id }
}"""
LISTED = "{ programs { nodes { handle state } } }"
MANAGED = "{ managedPrograms { nodes { handle state lastDay } } }"
INVITE = """mutation($input: InviteToProgramInput!) {
  inviteToProgram(input: $input) { program { state } userErrors { code field message } }
}"""
PUBLISH = """mutation($input: PublishProgramInput!) {
  publishProgram(input: $input) { program { state } userErrors { code message } }
}"""
CLOSE = """mutation($input: CloseProgramInput!) {
  closeProgram(input: $input) { program { state lastDay } userErrors { code field } }
}"""


def draft(api: Api) -> dict[str, str]:
    def step(session: Session) -> dict[str, str]:
        drafted = make.program_draft(handle="secret", tiers=(make.tier("Base", 0),))
        program_id = make.program(session, replace(drafted, is_draft=True))
        tier, rule = programs.tiers(session, program_id)[0].id, make.rule(session, program_id).id
        for name in ("ada", "bea"):
            shop.customer(session, name, storefront_id=api.storefront.id)
        named = {"id": ("Program", program_id), "tier": ("Tier", tier), "rule": ("EarningRule", rule)}
        return {name: to_public(*number) for name, number in named.items()}

    return api.database.writing(step)


def customer_id(api: Api, name: str) -> str:
    def step(session: Session) -> int:
        return shop.customer(session, name, storefront_id=api.storefront.id)

    return to_public("Customer", api.database.writing(step))


def seen(caller: Any, named: dict[str, str]) -> list[bool]:  # noqa: ANN401 - whoever asks
    return [found is not None for found in caller.data(SEEN, **named).values()]


def test_a_draft_is_staffs_a_pilot_the_invited_customers_and_a_live_program_everybodys(
    api: Api, frozen_clock: FrozenClock
) -> None:
    named = draft(api)
    staff, ada, bea = api.as_staff(Role.MARKETER), api.as_customer("ada"), api.as_customer("bea")
    everybody = (api.as_visitor(), ada, bea)

    of_draft = [seen(caller, named) for caller in (staff, *everybody)]
    invited = staff.data(INVITE, input={"programId": named["id"], "customerIds": [customer_id(api, "ada")]})
    of_pilot = [seen(caller, named) for caller in (staff, *everybody)]
    pilots = [who.data("{ viewer { invitations { handle } } }")["viewer"]["invitations"] for who in (ada, bea)]
    listed_meanwhile = [caller.data(LISTED)["programs"]["nodes"] for caller in everybody]
    published = staff.data(PUBLISH, input={"programId": named["id"]})

    hidden, shown = [False] * 3, [True] * 3
    assert of_draft == [shown, hidden, hidden, hidden]
    assert invited["inviteToProgram"] == {"program": {"state": "PILOT"}, "userErrors": []}
    assert of_pilot == [shown, hidden, shown, hidden]
    assert (pilots, listed_meanwhile) == ([[{"handle": "secret"}], []], [[], [], []])
    assert published["publishProgram"] == {"program": {"state": "LIVE"}, "userErrors": []}
    assert [seen(caller, named) for caller in everybody] == [shown] * 3
    assert bea.data("{ viewer { invitations { handle } } }")["viewer"]["invitations"] == []


def test_a_program_closes_on_a_day_that_everybody_reads(api: Api, frozen_clock: FrozenClock) -> None:
    named = draft(api)
    staff = api.as_staff(Role.MARKETER)
    staff.data(PUBLISH, input={"programId": named["id"]})

    too_soon = staff.data(CLOSE, input={"programId": named["id"], "lastDay": "2026-03-02"})["closeProgram"]
    closing = staff.data(CLOSE, input={"programId": named["id"], "lastDay": "2026-04-30"})["closeProgram"]
    again = staff.data(PUBLISH, input={"programId": named["id"]})["publishProgram"]

    assert too_soon == {"program": None, "userErrors": [{"code": "DATE_NOT_AHEAD", "field": ["lastDay"]}]}
    assert closing == {"program": {"state": "CLOSING", "lastDay": "2026-04-30"}, "userErrors": []}
    assert [error["code"] for error in again["userErrors"]] == ["ILLEGAL_TRANSITION"]
    assert staff.data(MANAGED)["managedPrograms"]["nodes"] == [
        {"handle": "secret", "state": "CLOSING", "lastDay": "2026-04-30"}
    ]


def test_only_those_who_manage_programs_move_them(api: Api) -> None:
    named = draft(api)

    for caller in (api.as_visitor(), api.as_customer("ada"), api.as_staff(Role.MODERATOR)):
        assert caller.code(PUBLISH, input={"programId": named["id"]}) == "FORBIDDEN"
        assert caller.code(MANAGED) == "FORBIDDEN"


JOIN = """mutation($input: JoinProgramInput!) {
  joinProgram(input: $input) { membership { termsVersion termsOutdated leftAt } userErrors { code field message } }
}"""
CHANGE = """mutation($input: ChangeTermsInput!) {
  changeTerms(input: $input) { program { termsVersion } userErrors { code } }
}"""
ACCEPT = """mutation($input: AcceptTermsInput!) {
  acceptTerms(input: $input) { membership { termsVersion termsOutdated termsAgreedAt } userErrors { code } }
}"""
LEAVE = (
    "mutation($input: LeaveProgramInput!) { leaveProgram(input: $input) { membership { leftAt } userErrors { code } } }"
)
MINE = "{ viewer { memberships { termsVersion termsOutdated } } }"


def test_a_member_joins_agrees_and_leaves(api: Api, frozen_clock: FrozenClock) -> None:
    named = draft(api)
    staff, ada = api.as_staff(Role.MARKETER), api.as_customer("ada")
    staff.data(PUBLISH, input={"programId": named["id"]})
    joining = {"programId": named["id"], "termsVersion": "1"}

    def minimum(session: Session) -> None:
        session.exec(select(Program)).one().minimum_age = 16

    api.database.writing(minimum)
    unknown = ada.data(JOIN, input=joining)["joinProgram"]["userErrors"]
    young = ada.data(JOIN, input={**joining, "birthday": "2015-01-01"})["joinProgram"]["userErrors"]
    consents = [{"purpose": "newsletter", "granted": True}]
    joined = ada.data(JOIN, input={**joining, "birthday": "2001-01-01", "consents": consents})["joinProgram"]
    staff.data(CHANGE, input={"programId": named["id"], "termsVersion": "2"})
    outdated = ada.data(MINE)["viewer"]["memberships"]
    agreed = ada.data(ACCEPT, input={"programId": named["id"], "termsVersion": "2"})["acceptTerms"]
    gone = ada.data(LEAVE, input={"programId": named["id"]})["leaveProgram"]

    asked = "This program has a minimum age. Fill in your birthday."
    assert unknown == [{"code": "BIRTHDAY_REQUIRED", "field": ["birthday"], "message": asked}]
    assert [error["code"] for error in young] == ["TOO_YOUNG"]
    assert joined == {"membership": {"termsVersion": "1", "termsOutdated": False, "leftAt": None}, "userErrors": []}
    assert outdated == [{"termsVersion": "1", "termsOutdated": True}]
    assert agreed["membership"] == {
        "termsVersion": "2",
        "termsOutdated": False,
        "termsAgreedAt": "2026-03-02T12:00:00.000Z",
    }
    assert gone == {"membership": {"leftAt": "2026-03-02T12:00:00.000Z"}, "userErrors": []}
    assert ada.data(MINE)["viewer"]["memberships"] == []
