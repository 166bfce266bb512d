"""An order by webhook: once, into the ledger, up a tier; a partial refund brings all of it back to what was kept."""

from typing import Any

import pytest
from sqlmodel import col, func, select

from core.db import Database
from core.outbox import OutboxEvent
from shop import storefronts
from shop.tables import Storefront
from tests.api.conftest import Api, Callee
from tests.make import shop as make
from tests.shop import shopify as vendor
from tests.stories.world import Club, react, standing

SECRET = "shpss_invented"


@pytest.fixture
def paris(api: Api) -> Storefront:
    """A storefront whose webhooks are signed."""
    draft = make.storefront_draft("paris", shopify_secret=SECRET)
    api.database.writing(lambda session: storefronts.record(session, draft))
    with api.database.reading() as session:
        found = storefronts.by_handle(session, "paris")
    assert found is not None
    return found


def deliver(api: Api, payload: vendor.Payload, *, topic: str, id: str) -> str:
    """What the server says of a signed delivery."""
    body = vendor.body(payload)
    headers = {
        "X-Shopify-Topic": topic,
        "X-Shopify-Webhook-Id": id,
        "X-Shopify-Hmac-Sha256": vendor.signature(body, SECRET),
    }
    answer = api.client.post("/webhooks/shopify/paris", content=body, headers=headers)
    assert answer.status_code == 200
    status: str = answer.json()["status"]
    return status


def buyer(number: int) -> dict[str, Any]:
    """The buyer of an order, with an account of this number."""
    email = f"buyer{number}@mail.example"
    return {"email": email, "customer": {"id": number, "email": email, "verified_email": True}}


def told(database: Database) -> list[tuple[str, int]]:
    """How often each event of an order was told."""
    with database.reading() as session:
        counted = select(OutboxEvent.name, func.count()).where(col(OutboxEvent.name).startswith("Order"))
        return sorted(session.exec(counted.group_by(OutboxEvent.name)).all())


def member(api: Api, club: Club, paris: Storefront, number: int) -> Callee:
    shopper = api.as_customer(str(number), storefront=paris)
    club.join(shopper)
    return shopper


@pytest.mark.usefixtures("frozen_clock")
def test_an_order_counts_once_and_its_partial_refund_leaves_what_was_kept(api: Api, paris: Storefront) -> None:
    club = Club.make(api.database)
    ada, ben = member(api, club, paris, 77), member(api, club, paris, 78)
    whole = vendor.order(1001, vendor.line(11, price="50.00"), vendor.line(12, price="30.00"), **buyer(77))
    half = vendor.order(1002, vendor.line(21, price="50.00"), **buyer(78))

    # ada's order arrives ten times; ben buys only what ada will keep
    delivered = [deliver(api, whole, topic="orders/paid", id="d-1") for _ in range(10)]
    assert delivered == ["RECORDED"] + ["REPEATED"] * 9
    deliver(api, half, topic="orders/paid", id="d-2")
    react(api.database)
    assert told(api.database) == [("OrderPaid", 2)]
    lifted = standing(ada)
    assert lifted["balance"]["spendable"] == 80
    assert lifted["tier"] == {"name": "Top"}
    assert [(entry["kind"], entry["points"]) for entry in lifted["ledger"]["nodes"]] == [("EARN", 80)]

    # the second line comes back, and the shop says so twice
    refund = vendor.refund(2001, (12, 1, "30.00"))
    for delivery in ("d-3", "d-3", "d-4"):
        deliver(api, refund, topic="refunds/create", id=delivery)
    react(api.database)
    react(api.database)
    assert told(api.database) == [("OrderPaid", 2), ("OrderRefunded", 1)]
    left = standing(ada)
    assert [(entry["kind"], entry["points"]) for entry in left["ledger"]["nodes"]] == [("CLAWBACK", -30), ("EARN", 80)]

    # ada stands where ben stands, to the point
    kept = standing(ben)
    assert left["balance"] == kept["balance"] == {"spendable": 50, "pending": 0, "deficit": 0}
    assert left["tier"] == kept["tier"] == {"name": "Base"}
    assert _qualifying(left) == _qualifying(kept) == 50

    # the rest comes back: nothing is left of it
    rest = vendor.refund(2002, (11, 1, "50.00"))
    deliver(api, rest, topic="refunds/create", id="d-5")
    react(api.database)
    empty = standing(ada)
    assert empty["balance"] == {"spendable": 0, "pending": 0, "deficit": 0}
    assert _qualifying(empty) == 0


def _qualifying(membership: dict[str, Any]) -> int:
    return sum(entry["qualifyingPoints"] for entry in membership["ledger"]["nodes"])
