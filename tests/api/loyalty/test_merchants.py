"""Merchants set up programs and mend points over the API; everybody reads the programs."""

from typing import Any

import pytest
from sqlmodel import Session

from core import ids
from core.identity import Permission, Role
from loyalty import adjustments, memberships, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.memberships import JoinDraft
from loyalty.tables import LedgerEntry, Program, Redemption, RedemptionState, Reward
from tests.api import acts
from tests.api.acts import ACTS
from tests.api.conftest import Api
from tests.conftest import FrozenClock
from tests.loyalty.sums import count, only
from tests.make import loyalty as make
from tests.make import shop

CREATE = """
mutation($input: CreateProgramInput!) {
  createProgram(input: $input) {
    program {
      id handle rules { id kind points perMinor } tiers { name threshold }
      rewards { name amount { amountMinor } tier { name } }
    }
    userErrors { code field message }
  }
}
"""
PROGRAMS = "{ programs { nodes { handle state currency rules { version points } tiers { name } rewards { name } } } }"
RESERVE = """
mutation($input: ReservePointsInput!) {
  reservePoints(input: $input) { hold { id requested points state membership { balance { spendable } } } }
}
"""
COMMIT = """
mutation($input: CommitHoldInput!) { commitHold(input: $input) { hold { committed state } userErrors { code } } }
"""
RELEASE = "mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) { hold { state } userErrors { code } } }"
ADJUST = """
mutation($input: AdjustPointsInput!) {
  adjustPoints(input: $input) {
    entry { points explanation } membership { balance { spendable } } userErrors { code field }
  }
}
"""


def club(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "handle": "club",
        "name": "Club",
        "currency": "EUR",
        "zone": "Europe/Paris",
        "termsVersion": "1",
        "rules": [{"kind": "ORDER_SPEND", "points": 1, "perMinor": 100}],
        "tiers": [{"name": "Base", "threshold": 0}, {"name": "Gold", "threshold": 500}],
        "rewards": [{"name": "5 off", "kind": "FIXED_AMOUNT", "cost": 100, "amountMinor": 500, "tier": "Gold"}],
        **changed,
    }


@pytest.fixture(autouse=True)
def _stand_still(frozen_clock: FrozenClock) -> None:
    """The clock stands still."""


def test_a_program_is_created_whole_and_read_by_everybody(api: Api) -> None:
    created = api.as_staff(Role.ADMIN).data(CREATE, input=club())["createProgram"]

    assert created["userErrors"] == []
    assert created["program"]["rewards"] == [
        {"name": "5 off", "amount": {"amountMinor": 500}, "tier": {"name": "Gold"}}
    ]
    assert api.as_visitor().data(PROGRAMS)["programs"]["nodes"] == [
        {
            "handle": "club",
            "state": "LIVE",
            "currency": "EUR",
            "rules": [{"version": 1, "points": 1}],
            "tiers": [{"name": "Base"}, {"name": "Gold"}],
            "rewards": [{"name": "5 off"}],
        }
    ]


def test_a_bad_program_names_the_field_and_creates_nothing(api: Api) -> None:
    wrong = club(rewards=[{"name": "5 off", "kind": "PERCENT", "cost": 100, "amountMinor": 500}])

    refused = api.as_service(Permission.MANAGE_LOYALTY).data(CREATE, input=wrong)["createProgram"]

    assert refused["program"] is None
    assert [(error["code"], error["field"]) for error in refused["userErrors"]] == [
        ("UNUSED_FIELD", ["rewards", "0", "amountMinor"])
    ]
    with api.database.reading() as session:
        assert count(session, Program) == 0


def test_only_those_who_manage_loyalty_set_it_up(api: Api) -> None:
    callers = [api.as_visitor(), api.as_customer("ada"), api.as_staff(Role.MODERATOR)]

    assert {caller.code(CREATE, input=club()) for caller in callers} == {"FORBIDDEN"}
    with api.database.reading() as session:
        assert count(session, Program) == 0


def test_a_changed_rule_is_a_new_version_and_an_ended_program_says_so(api: Api) -> None:
    admin = api.as_staff(Role.ADMIN)
    program = admin.data(CREATE, input=club())["createProgram"]["program"]
    change = """
    mutation($input: ChangeEarningRuleInput!) {
      changeEarningRule(input: $input) { rule { version points } userErrors { code } }
    }
    """
    end = "mutation($input: EndProgramInput!) { endProgram(input: $input) { program { state } userErrors { code } } }"
    words = {"ruleId": program["rules"][0]["id"], "rule": {"kind": "ORDER_SPEND", "points": 2, "perMinor": 100}}

    changed = admin.data(change, input=words)["changeEarningRule"]
    late = admin.data(change, input=words)["changeEarningRule"]
    ended = admin.data(end, input={"programId": program["id"]})["endProgram"]

    assert changed["rule"] == {"version": 2, "points": 2}
    assert late["userErrors"] == [{"code": "CONFLICT"}]
    assert ended["program"] == {"state": "ENDED"}


def test_staff_adjust_points_with_a_reason_that_the_member_reads(api: Api) -> None:
    member = api.database.writing(lambda session: make.member(session, make.program(session)))
    admin = api.as_staff(Role.ADMIN)

    def adjust(points: int, reason: str) -> Any:  # noqa: ANN401 - JSON
        words = {"membershipId": ids.to_public("Membership", member), "points": points, "reason": reason}
        return admin.data(ADJUST, input=words)["adjustPoints"]

    given = adjust(80, "A late parcel")
    refused = adjust(-90, "Mistake")

    assert given["entry"] == {"points": 80, "explanation": "80 points given by the shop: A late parcel"}
    assert given["membership"] == {"balance": {"spendable": 80}}
    assert refused["userErrors"] == [{"code": "NOT_ENOUGH_POINTS", "field": None}]
    with api.database.reading() as session:
        assert count(session, LedgerEntry) == 1


def test_the_shops_server_tells_which_order_used_a_code(api: Api) -> None:
    def prepare(session: Session) -> tuple[int, str]:
        draft = make.program_draft(rewards=(make.voucher(100),))
        make.member(session, make.program(session, draft))
        order_id = make.spent(session, 100)
        customer_id = shop.customer(session, "camille")
        shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
        return order_id, only(session, Redemption).code

    order_id, code = api.database.writing(prepare)
    use = "mutation($input: UseRewardInput!) { useReward(input: $input) { redemption { state } userErrors { code } } }"
    words = {"code": code, "orderId": ids.to_public("Order", order_id)}
    service = api.as_service(Permission.MANAGE_LOYALTY)

    denied = api.as_customer("camille").code(use, input=words)
    refused = service.data(use, input={**words, "code": "nothing"})["useReward"]
    used = service.data(use, input=words)["useReward"]

    assert denied == "FORBIDDEN"
    assert refused["userErrors"] == [{"code": "CODE_NOT_VALID"}]
    assert used == {"redemption": {"state": "USED"}, "userErrors": []}
    with api.database.reading() as session:
        assert only(session, Redemption).state is RedemptionState.USED


def test_a_cart_is_paid_with_held_points(api: Api) -> None:
    def prepare(session: Session) -> tuple[int, int]:
        program_id, here = make.program(session), api.storefront.id
        camille = shop.customer(session, "camille", storefront_id=here)
        member = shop.accepted(memberships.join(session, JoinDraft(program_id, camille, "1", "TEST")))
        gift = AdjustmentDraft(membership_id=member, points=100, reason="Welcome", actor_id=1)
        shop.accepted(adjustments.adjust(session, gift))
        return program_id, shop.order(session, shop.line(1000), storefront_id=here, customer="camille")

    program_id, order_id = api.database.writing(prepare)
    ada, service = api.as_customer("camille"), api.as_service(Permission.MANAGE_LOYALTY)
    cart = {"programId": ids.to_public("Program", program_id), "cart": "cart-7", "points": 130}

    hold = ada.data(RESERVE, input=cart)["reservePoints"]["hold"]
    words = {"holdId": hold.pop("id"), "orderId": ids.to_public("Order", order_id), "points": 60}
    denied = ada.code(COMMIT, input=words)
    spent = service.data(COMMIT, input=words)["commitHold"]
    refused = ada.data(RELEASE, input={"holdId": words["holdId"]})["releaseHold"]

    assert hold == {"requested": 130, "points": 100, "state": "HELD", "membership": {"balance": {"spendable": 0}}}
    assert denied == "FORBIDDEN"
    assert spent == {"hold": {"committed": 60, "state": "COMMITTED"}, "userErrors": []}
    assert refused == {"hold": None, "userErrors": [{"code": "HOLD_OVER"}]}


def test_staff_read_members_by_page_and_by_customer(api: Api) -> None:
    def prepare(session: Session) -> int:
        program_id = make.program(session)
        for name in ("ada", "bob", "cleo"):
            make.member(session, program_id, name)
        return shop.customer(session, "bob")

    bob = ids.to_public("Customer", api.database.writing(prepare))
    admin = api.as_staff(Role.ADMIN)
    page = "query($after: String) { memberships(first: 2, after: $after) { nodes { id } pageInfo { endCursor } } }"
    of_bob = "query($id: ID!) { memberships(customerId: $id) { nodes { customer { id } } } }"

    first = admin.data(page)["memberships"]
    second = admin.data(page, after=first["pageInfo"]["endCursor"])["memberships"]

    assert (len(first["nodes"]), len(second["nodes"])) == (2, 1)
    assert admin.data(of_bob, id=bob)["memberships"]["nodes"] == [{"customer": {"id": bob}}]


def test_staff_move_points_give_expired_ones_back_and_forgive_what_is_owed(api: Api) -> None:
    world = acts.world(api)
    admin = api.as_staff(Role.ADMIN)
    move = """mutation($input: TransferPointsInput!) { transferPoints(input: $input) {
      sent { points kind } received { points explanation } receiver { balance { spendable } } userErrors { code } } }"""
    back = """mutation($input: ReinstatePointsInput!) { reinstatePoints(input: $input) {
      entry { points kind } membership { id } userErrors { code } } }"""
    forgive = """mutation($input: WriteOffDeficitInput!) { writeOffDeficit(input: $input) {
      entry { points } membership { balance { deficit } } userErrors { code } } }"""

    def does(document: str, field: str, **changed: Any) -> Any:  # noqa: ANN401 - JSON
        return admin.data(document, input={**ACTS[field].input(world), **changed})[field]

    moved, too_many = does(move, "transferPoints"), does(move, "transferPoints", points=10_000)
    forgiven, nothing = does(forgive, "writeOffDeficit"), does(forgive, "writeOffDeficit")
    returned, again = does(back, "reinstatePoints"), does(back, "reinstatePoints")

    assert moved["sent"] == {"points": -5, "kind": "TRANSFER_OUT"}
    assert moved["received"] == {"points": 5, "explanation": "5 points received from another member: Moved"}
    assert moved["receiver"] == {"balance": {"spendable": 5}}
    assert too_many["userErrors"] == [{"code": "NOT_ENOUGH_POINTS"}]
    assert forgiven["membership"] == {"balance": {"deficit": 0}}
    assert nothing["userErrors"] == [{"code": "NOTHING_OWED"}]
    assert (returned["entry"], again["userErrors"]) == ({"points": 20, "kind": "REINSTATE"}, [{"code": "CONFLICT"}])
    assert api.as_customer("ada").code(move, input=ACTS["transferPoints"].input(world)) == "FORBIDDEN"


def test_a_program_says_how_long_its_points_last(api: Api) -> None:
    lives = {"lotDays": 90, "lotRoundUp": "NAMED_MONTH", "lotRoundUpMonth": 6, "expiryDates": ["12-31"]}
    returns = {"refundMethod": "PROPORTIONAL", "returnedDays": 0, "reinstateDays": 14}
    document = """mutation($input: CreateProgramInput!) { createProgram(input: $input) {
      program { lotDays lotRoundUp lotRoundUpMonth expiryDates refundMethod returnedDays reinstateDays }
      userErrors { code field } } }"""
    admin = api.as_staff(Role.ADMIN)

    made = admin.data(document, input=club(**lives, **returns))["createProgram"]
    refused = admin.data(document, input=club(handle="other", expiryDates=["31-12"]))["createProgram"]

    assert made["program"] == {**lives, **returns}
    assert refused["userErrors"] == [{"code": "INVALID_DAY", "field": ["expiryDates", "0"]}]
