"""Members join, earn, spend and read their own points over the API; nobody reads or spends another's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlmodel import Session

from core import clock, ids
from core.identity import Permission, Role
from loyalty import orders
from loyalty.tables import LedgerEntry, Membership, Program, Redemption, Reward
from tests.api.conftest import Api, Callee
from tests.conftest import FrozenClock
from tests.loyalty.sums import count, only
from tests.make import loyalty as make
from tests.make import shop

JOIN = """
mutation Join($input: JoinProgramInput!) {
  joinProgram(input: $input) { membership { program { handle } tier { name } } userErrors { code field message } }
}
"""
REDEEM = """
mutation Redeem($input: RedeemRewardInput!, $key: String) {
  redeemReward(input: $input, idempotencyKey: $key) {
    redemption { id code points state reward { name } }
    membership { balance { spendable } }
    userErrors { code field message }
  }
}
"""
PASSBOOK = """
{ viewer { memberships {
  id joinedAt program { handle } tier { name threshold } tierUntil referralCode
  balance { spendable pending deficit } nextExpiry { points at }
  ledger(first: 2) {
    nodes { id kind points qualifyingPoints explanationCode explanation rules { points rule { kind version } } }
    pageInfo { hasNextPage endCursor }
  }
  redemptions { nodes { code state } }
} } }
"""
NODE = "query($id: ID!) { node(id: $id) { __typename id } }"


class Club:
    """A program in the database, with a reward of 100 points."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.order_ids: dict[str, int] = {}
        draft = make.program_draft(
            make.ONE_PER_EURO,
            make.A_FRIEND,
            handle="club",
            currency="USD",
            lot_months=12,
            tiers=(make.tier("Base", 0), make.tier("Gold", 500)),
            rewards=(make.voucher(100, name="5 off"),),
        )
        self.program_id = api.database.writing(lambda session: make.program(session, draft))
        with api.database.reading() as session:
            self.reward_id = ids.to_public("Reward", only(session, Reward).id)

    def join(self, caller: Callee, *, terms: str = "1") -> Any:  # noqa: ANN401 - JSON
        words = {"programId": ids.to_public("Program", self.program_id), "termsVersion": terms}
        return caller.data(JOIN, input=words)["joinProgram"]

    def order(self, customer: str, dollars: int, *, number: str = "1001") -> None:
        def step(session: Session) -> None:
            line = shop.line(dollars * 100)
            storefront_id = self.api.storefront.id
            order_id = shop.order(
                session, line, storefront_id=storefront_id, customer=customer, currency="USD", external_id=number
            )
            orders.settle(session, order_id, at=clock.now())
            self.order_ids[number] = order_id

        self.api.database.writing(step)

    def take_back(self, number: str, dollars: int) -> None:
        """Money back on an order's only line."""
        amount, order_id = dollars * 100, self.order_ids[number]

        def step(session: Session) -> None:
            shop.refund(session, number, ("line-1", 0, amount), storefront_id=self.api.storefront.id)
            orders.settle(session, order_id, at=clock.now())

        self.api.database.writing(step)

    def redeem(self, caller: Callee, *, key: str | None = None) -> Any:  # noqa: ANN401 - JSON
        return caller.data(REDEEM, input={"rewardId": self.reward_id}, key=key)["redeemReward"]

    def counted(self, *tables: type[Any]) -> list[int]:
        with self.api.database.reading() as session:
            return [count(session, table) for table in tables]


@pytest.fixture
def club(api: Api, frozen_clock: FrozenClock) -> Club:
    return Club(api)


def test_a_member_reads_balance_expiry_and_why(api: Api, club: Club) -> None:
    ada = api.as_customer("ada")

    joined = club.join(ada)
    club.order("ada", 150)
    passbook = ada.data(PASSBOOK)["viewer"]["memberships"][0]

    assert joined == {"membership": {"program": {"handle": "club"}, "tier": {"name": "Base"}}, "userErrors": []}
    assert passbook["balance"] == {"spendable": 150, "pending": 0, "deficit": 0}
    assert passbook["nextExpiry"] == {"points": 150, "at": "2027-03-02T23:00:00.000Z"}
    entry = passbook["ledger"]["nodes"][0]
    assert entry["explanation"] == "150 points for order 1001."
    assert entry["explanationCode"] == "ORDER_EARNED"
    assert entry["rules"] == [{"points": 150, "rule": {"kind": "ORDER_SPEND", "version": 1}}]


def test_joining_again_or_to_old_terms_is_refused_by_field(api: Api, club: Club) -> None:
    ada = api.as_customer("ada")

    outdated = club.join(ada, terms="0")
    club.join(ada)
    twice = club.join(ada)

    assert outdated["userErrors"][0]["code"] == "TERMS_OUTDATED"
    assert twice["userErrors"] == [
        {
            "code": "ALREADY_MEMBER",
            "field": ["programId"],
            "message": "You are a member already. Your points are on your account page.",
        }
    ]
    assert club.counted(Membership) == [1]


def test_one_key_redeems_once_and_another_key_again(api: Api, club: Club) -> None:
    ada = api.as_customer("ada")
    club.join(ada)
    club.order("ada", 250)

    first = club.redeem(ada, key="k-1")
    repeat = club.redeem(ada, key="k-1")
    second = club.redeem(ada, key="k-2")
    third = club.redeem(ada, key="k-3")

    assert first["redemption"] == repeat["redemption"]
    assert first["redemption"]["code"] != second["redemption"]["code"]
    assert second["membership"] == {"balance": {"spendable": 50}}
    assert third["userErrors"] == [
        {
            "code": "NOT_ENOUGH_POINTS",
            "field": ["rewardId"],
            "message": "You are 50 points short. Collect them, then try again.",
        }
    ]
    assert club.counted(Redemption, LedgerEntry) == [2, 3]


def test_nobody_reads_or_spends_anothers_points(api: Api, club: Club) -> None:
    ada, bob = api.as_customer("ada"), api.as_customer("bob")
    club.join(ada)
    club.join(bob)
    club.order("ada", 250)
    taken = club.redeem(ada)["redemption"]["id"]
    mine = ada.data(PASSBOOK)["viewer"]["memberships"][0]
    seen = [mine["id"], mine["ledger"]["nodes"][0]["id"], taken]

    refused = club.redeem(bob)

    assert refused["userErrors"][0]["code"] == "NOT_ENOUGH_POINTS"
    assert bob.data(PASSBOOK)["viewer"]["memberships"][0]["balance"]["spendable"] == 0
    for node_id in seen:
        assert bob.data(NODE, id=node_id)["node"] is None
        assert api.as_visitor().data(NODE, id=node_id)["node"] is None
        assert ada.data(NODE, id=node_id)["node"]["id"] == node_id
        assert api.as_staff(Role.ADMIN).data(NODE, id=node_id)["node"]["id"] == node_id
    assert bob.code("{ memberships { nodes { id } } }") == "FORBIDDEN"
    assert api.as_staff(Role.MODERATOR).code("{ referrals { nodes { id } } }") == "FORBIDDEN"
    assert club.counted(Redemption) == [1]


def test_whoever_may_not_act_changes_nothing(api: Api, club: Club) -> None:
    tables = (Membership, LedgerEntry, Redemption, Program)
    before = club.counted(*tables)
    words = {"programId": ids.to_public("Program", club.program_id), "termsVersion": "1"}

    for caller in (
        api.as_nobody(),
        api.as_visitor(),
        api.as_staff(Role.ADMIN),
        api.as_service(Permission.READ_MEMBERS),
    ):
        assert caller.code(JOIN, input=words) in {"FORBIDDEN", "UNAUTHENTICATED"}
        assert caller.code(REDEEM, input={"rewardId": club.reward_id}) in {"FORBIDDEN", "UNAUTHENTICATED"}

    assert club.counted(*tables) == before


def test_a_stranger_to_the_program_holds_nothing(api: Api, club: Club) -> None:
    refused = club.redeem(api.as_customer("new"))

    assert refused["userErrors"][0]["code"] == "NOT_A_MEMBER"
    assert club.counted(Redemption, LedgerEntry) == [0, 0]


def test_the_ledger_pages_by_cursor(api: Api, club: Club) -> None:
    ada = api.as_customer("ada")
    club.join(ada)
    club.order("ada", 250)
    club.redeem(ada)
    club.redeem(ada)
    page = """
    query($after: String) { viewer { memberships { ledger(first: 2, after: $after) {
      nodes { points } pageInfo { hasNextPage hasPreviousPage endCursor } } } } }
    """

    first = ada.data(page)["viewer"]["memberships"][0]["ledger"]
    second = ada.data(page, after=first["pageInfo"]["endCursor"])["viewer"]["memberships"][0]["ledger"]

    assert [node["points"] for node in first["nodes"] + second["nodes"]] == [-100, -100, 250]
    assert first["pageInfo"]["hasNextPage"]
    assert not second["pageInfo"]["hasNextPage"]


def test_a_referral_goes_by_code_and_shows_no_names(api: Api, club: Club) -> None:
    ada, bob = api.as_customer("ada"), api.as_customer("bob")
    club.join(ada)
    club.join(bob)
    create = "mutation($input: CreateReferralInput!) { createReferral(input: $input) { code userErrors { code } } }"
    accept = """
    mutation($input: AcceptReferralInput!) {
      acceptReferral(input: $input) { referral { id state } userErrors { code field } }
    }
    """
    code = ada.data(create, input={"programId": ids.to_public("Program", club.program_id)})["createReferral"]["code"]

    own = ada.data(accept, input={"code": code})["acceptReferral"]
    unknown = bob.data(accept, input={"code": "2222-2222-2222"})["acceptReferral"]
    accepted = bob.data(accept, input={"code": code})["acceptReferral"]
    club.order("bob", 40)

    assert own == unknown == {"referral": None, "userErrors": [{"code": "NOT_ELIGIBLE", "field": ["code"]}]}
    assert accepted["referral"]["state"] == "PENDING"
    mine = ada.data("{ viewer { referrals { nodes { id state } } memberships { balance { spendable } } } }")["viewer"]
    assert mine["referrals"]["nodes"] == [{"id": accepted["referral"]["id"], "state": "COMPLETED"}]
    assert mine["memberships"] == [{"balance": {"spendable": 100}}]
    assert ada.code("{ viewer { referrals { nodes { friend { customer { email } } } } } }") == "FORBIDDEN"
    staff = api.as_staff(Role.ADMIN).data("{ referrals { nodes { friend { customer { externalIds: id } } } } }")
    assert len(staff["referrals"]["nodes"]) == 1


def test_french_readers_read_french(api: Api, club: Club) -> None:
    def french(session: Session) -> None:
        shop.customer(session, "chloe", storefront_id=api.storefront.id, locale="fr-FR")

    api.database.writing(french)
    chloe = api.as_customer("chloe")
    club.join(chloe)
    club.order("chloe", 37)

    passbook = chloe.data(PASSBOOK)["viewer"]["memberships"][0]

    assert passbook["ledger"]["nodes"][0]["explanation"] == "37 points pour la commande 1001."
    assert club.redeem(chloe)["userErrors"][0]["message"] == "Il vous manque 63 points. Gagnez-les, puis réessayez."


@pytest.mark.parametrize("joined", [False, True])
def test_the_balance_beside_a_product_page_takes_two_statements(
    api: Api, club: Club, statements: Callable[[], AbstractContextManager[list[str]]], joined: bool
) -> None:
    ada = api.as_customer("ada")
    if joined:
        club.join(ada)
        club.order("ada", 150)
    ada.data("{ viewer { kind } }")
    with statements() as known:
        ada.data("{ viewer { kind } }")

    with statements() as seen:
        ada.data("{ viewer { memberships { program { name } balance { spendable } tier { name } } } }")

    assert len(seen) - len(known) == (2 if joined else 0)
