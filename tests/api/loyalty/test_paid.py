"""Members start, read and end paid memberships over the API, the shop reports payments, nobody acts for another."""

from typing import Any

import pytest

from core.identity import Permission, Role
from core.ids import to_public
from loyalty import billing
from loyalty.payments import due
from loyalty.tables import PaidMembership
from tests.api.conftest import Api, Callee
from tests.conftest import FrozenClock
from tests.loyalty.sums import count
from tests.make import loyalty as make
from tests.make import paid as make_paid
from tests.make import shop

CREATE = """
mutation Create($input: CreatePlanInput!) {
  createPlan(input: $input) {
    plan { id handle months price { amountMinor currencyCode } entitlements { kind amount code } retryDays version }
    userErrors { code field message }
  }
}
"""
START = """
mutation Start($input: StartMembershipInput!) {
  startMembership(input: $input) {
    paidMembership { id state renewsAt entitlements { kind } price { amountMinor } plan { name } }
    userErrors { code message }
  }
}
"""
CANCEL = """
mutation Cancel($input: CancelMembershipInput!) {
  cancelMembership(input: $input) { paidMembership { state renewsAt periodEnd } userErrors { code message } }
}
"""
REPORT = """
mutation Report($input: RecordPaymentInput!) {
  recordPayment(input: $input) { payment { state reference } userErrors { code } }
}
"""
DUE = "{ duePayments { nodes { id kind attempt amount { amountMinor currencyCode } plan { handle } method } } }"
MINE = """
{ viewer {
  entitlements { kind until paidMembershipId }
  memberships { paid { id state renewsAt proposedPrice { amountMinor } payments { nodes { kind state } } } }
} }
"""
TERMS = {"name": "Monthly", "priceMinor": 1499, "trialDays": 30, "entitlements": [{"kind": "FREE_SHIPPING"}]}


@pytest.fixture
def plan(api: Api, frozen_clock: FrozenClock) -> str:
    """The public id of a monthly plan, created over the API; Ada is a member of its program."""
    program = api.as_staff(Role.MARKETER).data(
        "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id kind } } }",
        input={
            "handle": "plus",
            "name": "Plus",
            "currency": "EUR",
            "zone": "UTC",
            "termsVersion": "1",
            "rules": [],
            "kind": "PAID",
        },
    )["createProgram"]["program"]
    assert program["kind"] == "PAID"
    made = created(api, {"programId": program["id"], "handle": "monthly", "months": 1, "terms": TERMS})
    api.as_customer("ada").data(
        "mutation($input: JoinProgramInput!) { joinProgram(input: $input) { userErrors { code } } }",
        input={"programId": program["id"], "termsVersion": "1"},
    )
    assert made["userErrors"] == []
    public_id: str = made["plan"]["id"]
    assert made["plan"] == {
        "id": public_id,
        "handle": "monthly",
        "months": 1,
        "price": {"amountMinor": 1499, "currencyCode": "EUR"},
        "entitlements": [{"kind": "FREE_SHIPPING", "amount": None, "code": None}],
        "retryDays": [1, 3, 5, 7],
        "version": 1,
    }
    return public_id


def created(api: Api, input: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    return api.as_staff(Role.MARKETER).data(CREATE, input=input)["createPlan"]


def started(callee: Callee, plan: str, **more: object) -> Any:  # noqa: ANN401 - JSON
    return callee.data(START, input={"planId": plan, "priceMinor": 1499, **more})["startMembership"]


def bill(api: Api) -> None:
    """What the worker does by time; the payments are the shop's to make."""

    def step(session: Any) -> None:  # noqa: ANN401 - a session
        for paid_id in billing.due(session, limit=10):
            billing.run(session, paid_id)

    api.database.writing(step)


def test_from_trial_to_a_reported_payment(api: Api, plan: str, frozen_clock: FrozenClock) -> None:
    ada, shop_server = api.as_customer("ada"), api.as_service(Permission.MANAGE_LOYALTY)

    begun = started(ada, plan, withTrial=True)
    frozen_clock.advance(days=30)
    bill(api)
    owed = shop_server.data(DUE)["duePayments"]["nodes"]
    told = shop_server.data(REPORT, input={"paymentId": owed[0]["id"], "outcome": "PAID", "reference": "ch_1"})

    assert begun["paidMembership"] == {
        "id": begun["paidMembership"]["id"],
        "state": "TRIALING",
        "renewsAt": "2026-04-01T12:00:00.000Z",
        "entitlements": [{"kind": "FREE_SHIPPING"}],
        "price": {"amountMinor": 1499},
        "plan": {"name": "Monthly"},
    }
    assert owed == [
        {
            "id": owed[0]["id"],
            "kind": "RENEWAL",
            "attempt": 1,
            "amount": {"amountMinor": 1499, "currencyCode": "EUR"},
            "plan": {"handle": "monthly"},
            "method": None,
        }
    ]
    assert told["recordPayment"] == {"payment": {"state": "PAID", "reference": "ch_1"}, "userErrors": []}
    viewer = api.as_customer("ada").data(MINE)["viewer"]
    assert viewer["memberships"][0]["paid"] == {
        "id": begun["paidMembership"]["id"],
        "state": "ACTIVE",
        "renewsAt": "2026-05-01T12:00:00.000Z",
        "proposedPrice": None,
        "payments": {"nodes": [{"kind": "RENEWAL", "state": "PAID"}]},
    }
    assert viewer["entitlements"] == [
        {
            "kind": "FREE_SHIPPING",
            "until": "2026-05-01T12:00:00.000Z",
            "paidMembershipId": begun["paidMembership"]["id"],
        }
    ]


def test_another_customer_neither_sees_nor_ends_it(api: Api, plan: str) -> None:
    mine = started(api.as_customer("ada"), plan, withTrial=True)["paidMembership"]["id"]
    bea = api.as_customer("bea")

    refused = bea.data(CANCEL, input={"paidMembershipId": mine})["cancelMembership"]
    unknown = bea.data(CANCEL, input={"paidMembershipId": to_public("PaidMembership", 1)})["cancelMembership"]
    seen = bea.data("query($id: ID!) { node(id: $id) { id } }", id=mine)["node"]
    done = api.as_customer("ada").data(CANCEL, input={"paidMembershipId": mine})["cancelMembership"]

    assert refused == unknown
    assert refused["userErrors"][0]["code"] == "PAID_MEMBERSHIP_NOT_FOUND"
    assert seen is None
    assert done["paidMembership"] == {
        "state": "CANCELLING",
        "renewsAt": None,
        "periodEnd": "2026-04-01T12:00:00.000Z",
    }


def test_a_shopper_is_told_why_not(api: Api, plan: str) -> None:
    stranger = started(api.as_customer("bea"), plan)
    other_price = started(api.as_customer("ada"), plan, priceMinor=999)

    assert stranger["userErrors"][0]["code"] == "NOT_A_MEMBER"
    assert other_price["userErrors"] == [
        {
            "code": "PRICE_CHANGED",
            "message": "The plan costs something else by now. Look at its price again, then decide.",
        }
    ]
    assert api.database.writing(lambda session: count(session, PaidMembership)) == 0


def test_a_plan_that_cannot_be_says_which_field(api: Api, frozen_clock: FrozenClock) -> None:
    points = api.database.writing(make.program)
    terms = {**TERMS, "retryDays": [3, 3]}

    wrong_kind = created(api, {"programId": to_public("Program", points), "handle": "x", "months": 1, "terms": TERMS})
    program = api.database.writing(make_paid.program)
    wrong_day = created(api, {"programId": to_public("Program", program), "handle": "x", "months": 1, "terms": terms})

    assert [(error["code"], error["field"]) for error in wrong_kind["userErrors"]] == [("WRONG_KIND", ["programId"])]
    assert [(error["code"], error["field"]) for error in wrong_day["userErrors"]] == [
        ("OUT_OF_RANGE", ["terms", "retryDays", "1"])
    ]


def test_at_order_time_the_shop_asks_and_notes_what_it_gave(api: Api, plan: str) -> None:
    mine = started(api.as_customer("ada"), plan, withTrial=True)["paidMembership"]["id"]
    ada = api.database.writing(lambda session: shop.customer(session, "ada", storefront_id=api.storefront.id))
    order = api.database.writing(
        lambda session: shop.order(session, customer="ada", storefront_id=api.storefront.id, external_id="o-1")
    )
    note = "mutation($input: RecordBenefitUseInput!) { recordBenefitUse(input: $input) { paidMembership { id } } }"

    asked = api.as_service(Permission.READ_MEMBERS).data(
        "query($id: ID!) { entitlements(customerId: $id) { kind } }", id=to_public("Customer", ada)
    )
    noted = api.as_service(Permission.MANAGE_LOYALTY).data(
        note, input={"orderId": to_public("Order", order), "kind": "FREE_SHIPPING"}
    )

    assert asked["entitlements"] == [{"kind": "FREE_SHIPPING"}]
    assert noted["recordBenefitUse"]["paidMembership"]["id"] == mine


def test_nothing_is_asked_of_a_provider_by_the_api(api: Api, plan: str) -> None:
    started(api.as_customer("ada"), plan)

    with api.database.reading() as session:
        assert len(due(session, limit=10)) == 1
