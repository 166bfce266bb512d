"""Referrals through the API: links, terms, the queue of the grey zone and decisions; members read neutral words."""

from typing import Any

import pytest

from core import clock, ids
from core.db import Database
from core.identity import Role
from loyalty import orders
from tests.api.conftest import Api
from tests.conftest import FrozenClock
from tests.make import loyalty as make
from tests.make import shop

pytestmark = pytest.mark.usefixtures("frozen_clock")

CLICK = """
mutation($input: RecordReferralClickInput!) {
  recordReferralClick(input: $input) { isHeard userErrors { code field } }
}"""
ACCEPT = """
mutation($input: AcceptReferralInput!) {
  acceptReferral(input: $input) { referral { id state notice } userErrors { code field } }
}"""
TERMS = """
mutation($input: SetReferralTermsInput!) {
  setReferralTerms(input: $input) {
    terms { holdDays attribution weights { signal weight } }
    userErrors { code field }
  }
}"""
DECIDE = """
mutation($input: DecideReferralInput!) {
  decideReferral(input: $input) {
    referral { stage state version decisions { stage isByStaff reason score signals { signal weight } } }
    userErrors { code field message }
  }
}"""
QUEUE = "{ referralQueue { nodes { id stage score version signals { signal weight } friend { id } } } }"
OWN = "{ viewer { referrals { nodes { state notice } } memberships { referralLink referralPoints } } }"


class Circle:
    """Ada has a code; Bob has joined and followed her link on one tablet with her."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.program = ids.to_public("Program", api.database.writing(self._begin))
        self.ada, self.bob = api.as_customer("ada"), api.as_customer("bob")
        create = "mutation($input: CreateReferralInput!) { createReferral(input: $input) { code } }"
        asked = {"programId": self.program, "shopper": {"device": "tablet-1"}}
        self.code: str = self.ada.data(create, input=asked)["createReferral"]["code"]

    def _begin(self, session: Any) -> int:  # noqa: ANN401 - the session
        program = make.program(session, make.program_draft(make.A_FRIEND, currency="USD"))
        for name in ("ada", "bob"):
            shop.customer(session, name, storefront_id=self.api.storefront.id)
            make.member(session, program, name)
        return program

    def accepted(self) -> dict[str, Any]:
        """Bob says who brought him, by the link."""
        self.api.as_visitor().data(CLICK, input={"code": self.code, "visitor": "v-1"})
        words = {"visitor": "v-1", "programId": self.program, "shopper": {"device": "tablet-1"}}
        found: dict[str, Any] = self.bob.data(ACCEPT, input=words)["acceptReferral"]
        return found

    def bought(self, database: Database) -> None:
        """Bob's first order, which the worker has heard of."""

        def buy(session: Any) -> None:  # noqa: ANN401 - the session
            order = shop.order(
                session, shop.line(3000), storefront_id=self.api.storefront.id, customer="bob", currency="USD"
            )
            orders.settle(session, order, at=clock.now())

        database.writing(buy)


def test_a_flagged_referral_is_decided_by_staff_and_told_to_members_in_neutral_words(
    api: Api, frozen_clock: FrozenClock
) -> None:
    circle = Circle(api)
    accepted = circle.accepted()
    circle.bought(api.database)
    staff = api.as_staff(Role.MARKETER)

    waiting = staff.data(QUEUE)["referralQueue"]["nodes"]
    before = circle.ada.data(OWN)["viewer"]
    words = {"referralId": waiting[0]["id"], "version": waiting[0]["version"], "verdict": "APPROVE", "reason": "Family"}
    stale = staff.data(DECIDE, input={**words, "version": 1})["decideReferral"]
    decided = staff.data(DECIDE, input=words)["decideReferral"]

    assert accepted["userErrors"] == []
    assert accepted["referral"]["state"] == "PENDING"
    assert [(each["stage"], each["score"], each["signals"]) for each in waiting] == [
        ("FLAGGED", 60, [{"signal": "SAME_DEVICE", "weight": 60}])
    ]
    assert before["referrals"]["nodes"][0]["state"] == "PENDING"
    assert "check" in before["referrals"]["nodes"][0]["notice"] or "vérif" in before["referrals"]["nodes"][0]["notice"]
    assert before["memberships"] == [
        {"referralLink": f"{api.storefront.origin}/?ref={circle.code}", "referralPoints": 0}
    ]
    assert [error["code"] for error in stale["userErrors"]] == ["CONFLICT"]
    assert (decided["referral"]["stage"], decided["referral"]["state"]) == ("REWARDED", "COMPLETED")
    assert decided["referral"]["decisions"][1] == {
        "stage": "PENDING",
        "isByStaff": True,
        "reason": "Family",
        "score": 60,
        "signals": [{"signal": "SAME_DEVICE", "weight": 60}],
    }
    assert staff.data(QUEUE)["referralQueue"]["nodes"] == []
    assert circle.ada.data(OWN)["viewer"]["memberships"][0]["referralPoints"] == 100


def test_a_link_tells_nobody_whether_it_exists(api: Api) -> None:
    circle = Circle(api)
    visitor = api.as_visitor()

    known = visitor.data(CLICK, input={"code": circle.code, "visitor": "v-9"})
    unknown = visitor.data(CLICK, input={"code": "2222-2222-2222", "visitor": "v-9"})
    neither = circle.bob.data(ACCEPT, input={})["acceptReferral"]

    assert known == unknown == {"recordReferralClick": {"isHeard": True, "userErrors": []}}
    assert neither == {"referral": None, "userErrors": [{"code": "REQUIRED", "field": ["code"]}]}


def test_terms_are_set_by_staff_and_read_back(api: Api) -> None:
    circle = Circle(api)
    staff = api.as_staff(Role.MARKETER)
    words = {
        "programId": circle.program,
        "holdDays": 14,
        "attribution": "FIRST_CLICK",
        "weights": [{"signal": "SAME_DEVICE", "weight": 30}],
    }

    found = staff.data(TERMS, input=words)["setReferralTerms"]
    too_heavy = {**words, "weights": [{"signal": "SAME_IP", "weight": 90}]}
    refused = staff.data(TERMS, input=too_heavy)["setReferralTerms"]

    assert (found["terms"]["holdDays"], found["terms"]["attribution"]) == (14, "FIRST_CLICK")
    assert {"signal": "SAME_DEVICE", "weight": 30} in found["terms"]["weights"]
    assert refused == {"terms": None, "userErrors": [{"code": "OUT_OF_RANGE", "field": ["weights"]}]}
    read = "query($id: ID!) { referralTerms(programId: $id) { holdDays reviewFrom blockFrom } }"
    assert staff.data(read, id=circle.program) == {"referralTerms": {"holdDays": 14, "reviewFrom": 40, "blockFrom": 80}}
    assert circle.ada.code(QUEUE) == "FORBIDDEN"
    assert api.as_staff(Role.MODERATOR).code(QUEUE) == "FORBIDDEN"
