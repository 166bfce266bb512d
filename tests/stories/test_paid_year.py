"""A year of a paid membership: trial, charge, renewal, a refused card, a second one, a lapse, and money back.

Through the API and a worker, with the provider of development installations.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.identity import Permission, Role
from core.ids import from_public, to_public
from tests.api.conftest import Api
from tests.conftest import FrozenClock
from tests.make import paid as make_paid
from tests.make import shop
from worker.cashier import Cashier

PROGRAM = "mutation($input: CreateProgramInput!) { createProgram(input: $input) { program { id } } }"
PLAN = "mutation($input: CreatePlanInput!) { createPlan(input: $input) { plan { id } userErrors { code field } } }"
JOIN = "mutation($input: JoinProgramInput!) { joinProgram(input: $input) { userErrors { code } } }"
CARD = """
mutation($input: RecordPaymentMethodInput!) {
  recordPaymentMethod(input: $input) { paymentMethods { reference } userErrors { code } }
}
"""
START = """
mutation($input: StartMembershipInput!) {
  startMembership(input: $input) { paidMembership { id } userErrors { code } }
}
"""
REFUND = """
mutation($input: RefundMembershipInput!) {
  refundMembership(input: $input) { paidMembership { state endReason } userErrors { code } }
}
"""
MINE = """
{ viewer { entitlements { kind } memberships { paid { state periodEnd payments { nodes { kind state attempt } } } } } }
"""
TERMS = {
    "name": "Monthly",
    "priceMinor": 1499,
    "trialDays": 30,
    "entitlements": [{"kind": "FREE_SHIPPING"}, {"kind": "CONTENT", "code": "films"}],
}


class Year:
    """A customer with a plan, a worker over their shop, and a clock that is moved."""

    def __init__(self, api: Api, frozen_clock: FrozenClock) -> None:
        self.api, self.clock = api, frozen_clock
        self.customer_id = api.database.writing(
            lambda session: shop.customer(session, "ada", storefront_id=api.storefront.id)
        )
        terms = {"handle": "plus", "name": "Plus", "currency": "EUR", "zone": "UTC", "termsVersion": "1"}
        staff = api.as_staff(Role.MARKETER)
        made = staff.data(PROGRAM, input={**terms, "kind": "PAID", "rules": []})["createProgram"]
        program = made["program"]["id"]
        plan = {"programId": program, "handle": "monthly", "months": 1, "terms": TERMS}
        self.plan = staff.data(PLAN, input=plan)["createPlan"]["plan"]["id"]
        api.as_customer("ada").data(JOIN, input={"programId": program, "termsVersion": "1"})

    def card(self, reference: str) -> list[str]:
        """The shop's server puts a card on file; all of them, first to be charged first."""
        owner = {"customerId": to_public("Customer", self.customer_id), "reference": reference}
        told = self.api.as_service(Permission.MANAGE_LOYALTY).data(CARD, input=owner)["recordPaymentMethod"]
        return [method["reference"] for method in told["paymentMethods"]]

    def start(self, *, with_trial: bool) -> Any:  # noqa: ANN401 - JSON
        """Ada starts the plan."""
        wish = {"planId": self.plan, "priceMinor": 1499, "withTrial": with_trial}
        return self.api.as_customer("ada").data(START, input=wish)["startMembership"]

    def on(self, day: str) -> tuple[str, int, int]:
        """What Ada sees at noon of a day, when the worker has been there: state, entitlements, payments."""
        self.clock.move_to(datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        Cashier(self.api.database).drain()
        seen = self.api.as_customer("ada").data(MINE)["viewer"]
        paid = seen["memberships"][0]["paid"]
        return paid["state"], len(seen["entitlements"]), len(paid["payments"]["nodes"])


@pytest.fixture
def year(api: Api, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Year:
    """From 1 January 2026 on."""
    make_paid.with_test_provider(monkeypatch)
    frozen_clock.move_to(datetime(2026, 1, 1, 12, tzinfo=UTC))
    return Year(api, frozen_clock)


def test_a_year_of_a_paid_membership(year: Year) -> None:
    assert year.start(with_trial=True)["userErrors"] == [{"code": "PAYMENT_METHOD_REQUIRED"}]
    assert year.card("until-2026-03-01") == ["until-2026-03-01"]
    mine = year.start(with_trial=True)["paidMembership"]["id"]
    assert from_public(mine)

    # nothing is charged on trial; then a month is, and the next one
    assert year.on("2026-01-30") == ("TRIALING", 2, 0)
    assert year.on("2026-01-31") == ("ACTIVE", 2, 1)
    assert year.on("2026-02-28") == ("ACTIVE", 2, 2)

    # in March the card has expired: refused on the day, and on the third; a second card pays
    assert year.on("2026-03-31") == ("PAST_DUE", 2, 3)
    assert year.on("2026-04-01") == ("PAST_DUE", 2, 4)
    assert year.card("good") == ["good", "until-2026-03-01"]
    assert year.on("2026-04-02") == ("ACTIVE", 2, 5)


def test_a_card_that_is_refused_for_good_ends_in_a_lapse_and_a_new_start_is_paid_for(year: Year) -> None:
    year.card("until-2026-01-15")
    year.start(with_trial=True)
    assert year.on("2026-01-31") == ("PAST_DUE", 2, 1)
    assert year.on("2026-02-06") == ("PAST_DUE", 2, 2)
    assert year.on("2026-02-08") == ("LAPSED", 0, 3)

    year.card("good")
    assert year.start(with_trial=True)["userErrors"] == [{"code": "TRIAL_USED"}]
    assert year.start(with_trial=False)["userErrors"] == []
    assert year.on("2026-02-09") == ("ACTIVE", 2, 1)


def test_what_nobody_used_is_paid_back_in_full(year: Year) -> None:
    year.card("good")
    mine = year.start(with_trial=False)["paidMembership"]["id"]
    assert year.on("2026-01-10") == ("ACTIVE", 2, 1)

    given = year.api.as_customer("ada").data(REFUND, input={"paidMembershipId": mine})["refundMembership"]
    assert given["paidMembership"] == {"state": "ENDED", "endReason": "REFUNDED"}

    assert year.on("2026-01-11") == ("ENDED", 0, 2)
    paid = year.api.as_customer("ada").data(MINE)["viewer"]["memberships"][0]["paid"]["payments"]["nodes"]
    assert [(each["kind"], each["state"]) for each in paid] == [("REFUND", "PAID"), ("START", "PAID")]
