"""Every operation of examples/operations is valid, says who sends it, and is answered by a running shop."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from graphql import build_schema, parse, validate

from core.identity import Role
from tests.clients.packages import ROOT
from tests.clients.shop import PRODUCT, Shop
from tests.make import photos

OPERATIONS = {path.stem: path for path in sorted((ROOT / "examples" / "operations").glob("*.graphql"))}
NOON = "2026-03-02T12:00:00Z"


@pytest.mark.parametrize("path", OPERATIONS.values(), ids=OPERATIONS)
def test_it_is_valid_and_says_who_sends_it(path: Path) -> None:
    contract = build_schema((ROOT / "schema.graphql").read_text())
    text = path.read_text()
    (definition,) = (one for one in parse(text).definitions if one.kind == "operation_definition")
    comments = [line for line in text.splitlines() if line.startswith("# ")]

    assert validate(contract, parse(text)) == []
    assert definition.name.value == "".join(word.capitalize() for word in path.stem.split("_"))  # type: ignore[attr-defined]
    assert comments[-1].startswith("# Sent ")


class Sender:
    """Sends operations by their names, and keeps which were sent."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.sent: set[str] = set()

    def __call__(self, name: str, bearer: str | None = None, **variables: object) -> Any:  # noqa: ANN401 - JSON
        """The value of the operation's one field; it must come without any error."""
        answer = self.shop.ask(OPERATIONS[name].read_text(), bearer=bearer, **variables)
        assert "errors" not in answer, (name, answer["errors"])
        (value,) = answer["data"].values()
        assert not (value and value.get("userErrors") if isinstance(value, dict) else False), (name, value)
        self.sent.add(name)
        return value


@pytest.fixture
def send(shop: Shop) -> Sender:
    """Sends to the running shop."""
    return Sender(shop)


def test_every_operation_is_answered(send: Sender) -> None:
    for journey in (browse, write_and_decide, join_and_redeem, run_programs, run_a_shop, hear_of_events, look_at_pages):
        journey(send)

    assert set(OPERATIONS) - send.sent - set(STREAMED) == set()


# sent by the clients that hold a connection open (test_apollo, test_urql; test_graphql_ws; test_graphql_sse) and by
# tests/api/streams
STREAMED = ("review_published", "balance_changed", "moderation_queue_changed", "page_check_changed")


def browse(send: Sender) -> None:
    """A visitor looks around."""
    first = send("product_list", first=5)
    second = send("product_list", first=5, after=first["pageInfo"]["endCursor"])
    assert {one["id"] for one in first["nodes"]}.isdisjoint(one["id"] for one in second["nodes"])
    page = send("product_page", handle=PRODUCT)
    assert len(page["reviews"]["nodes"]) == 10
    # whoever takes no parts gets the whole
    assert (
        send("product_page_deferred", handle=PRODUCT)["reviews"]["nodes"][0]["id"] == page["reviews"]["nodes"][0]["id"]
    )
    photographed = send("product_reviews", handle=PRODUCT, first=3, sort="LOWEST", filter={"withPhotos": True})
    ratings = [edge["node"]["rating"] for edge in photographed["reviews"]["edges"]]
    assert ratings == sorted(ratings)
    assert send("programs")["nodes"][0]["rewards"]


def write_and_decide(send: Sender) -> None:
    """A customer reviews with a photo; a moderator decides; the customer edits and withdraws."""
    customer, moderator = send.shop.customer_token(), send.shop.staff_token(Role.MODERATOR)
    product = send("product_page", handle=PRODUCT)["id"]
    photo = uploaded(send, customer)
    review = {"productId": product, "rating": 4, "body": "It has kept its glaze.", "photoIds": [photo]}
    written = send("submit_review", customer, input=review, key="a-review")["review"]["id"]

    standing = send("review_case", moderator, id=written)["standing"]
    assert any(item["reviewId"] == written for item in everything_of(send, "moderation_queue", moderator))
    decision = {"reviewId": written, "revisionNo": 1, "version": standing["version"], "decision": "APPROVE"}
    approved = send("moderate_review", moderator, input=decision)["review"]["standing"]
    assert approved["status"] == "PUBLISHED"
    undone = send("undo_moderation", moderator, input={"reviewId": written, "version": approved["version"]})
    assert undone["review"]["standing"]["status"] == standing["status"]

    waiting = next(one for one in everything_of(send, "photo_queue", moderator) if one["id"] == photo)
    shown = {"photoId": photo, "version": waiting["version"], "decision": "APPROVE"}
    assert send("moderate_photo", moderator, input=shown)["photo"]["status"] == "APPROVED"

    now = undone["review"]["standing"]["version"]
    words = {"reviewId": written, "version": now, "rating": 5, "body": "It has kept its glaze for a year."}
    edited = send("edit_review", customer, input=words)["review"]["standing"]
    assert edited["revisionNo"] == 2
    gone = send("withdraw_review", customer, input={"reviewId": written})["review"]["standing"]
    assert gone["status"] == "WITHDRAWN"
    assert send("viewer", customer)["reviews"]["nodes"][0]["id"] == written


def uploaded(send: Sender, customer: str) -> str:
    """The id of a photo that the customer has sent."""
    asked = {"bytes": 1_000_000, "licenceGranted": True, "peopleAgree": True}
    upload = send("create_upload", customer, input=asked)["upload"]
    answer = httpx2.put(upload["url"], content=photos.jpeg_with_gps(), timeout=30)
    assert answer.status_code == 201, answer.text
    photo: str = upload["photoId"]
    return photo


def everything_of(send: Sender, name: str, bearer: str) -> Iterator[Any]:
    """The items of all pages of a list."""
    after = None
    while True:
        page = send(name, bearer, first=50, after=after)
        yield from page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return


def join_and_redeem(send: Sender) -> None:
    """A customer joins, brings a friend, orders, takes a reward and uses it; the order comes back."""
    member, friend = send.shop.customer_token("C-member"), send.shop.customer_token("C-friend")
    service, admin = send.shop.loaded.shop.service_key, send.shop.staff_token(Role.ADMIN)
    program = send("programs")["nodes"][0]
    joining = {"programId": program["id"], "termsVersion": program["termsVersion"]}
    membership = send("join_program", member, input=joining)["membership"]["id"]
    send("join_program", friend, input=joining)
    code = send("create_referral", member, input={"programId": program["id"]})["code"]
    assert send("accept_referral", friend, input={"code": code})["referral"]["state"] == "PENDING"
    assert any(one["advocate"]["id"] == membership for one in everything_of(send, "referrals", admin))

    send("record_customer", service, input={"externalId": "C-member", "email": "member@example.org"})
    order = send("record_order", service, input=an_order("O-1", "C-member"))["order"]
    gift = {"membershipId": membership, "points": 500, "reason": "For the wait"}
    assert send("adjust_points", service, input=gift)["membership"]["balance"]["spendable"] >= 500
    reward = next(one["id"] for one in program["rewards"] if one["kind"] == "FIXED_AMOUNT")
    taken = send("redeem_reward", member, input={"rewardId": reward}, key="a-reward")["redemption"]
    used = send("use_reward", service, input={"code": taken["code"], "orderId": order["id"]})["redemption"]
    assert used["state"] == "USED"
    back = {"lineExternalId": "1", "quantity": 1, "amountMinor": 2600}
    refund = {"externalId": "R-1", "orderExternalId": "O-1", "refundedAt": NOON, "lines": [back]}
    assert send("record_refund", service, input=refund)["refund"]["at"] == "2026-03-02T12:00:00.000Z"


def an_order(external_id: str, customer: str) -> dict[str, object]:
    """A paid order of one bowl."""
    line = {"externalId": "1", "title": "Bowl", "quantity": 1, "totalMinor": 2600}
    return {
        "externalId": external_id,
        "currency": "USD",
        "state": "PAID",
        "placedAt": NOON,
        "paidAt": NOON,
        "updatedAt": NOON,
        "customer": {"externalId": customer},
        "lines": [line],
    }


def run_programs(send: Sender) -> None:
    """A marketer opens a program, changes a rule and ends it."""
    marketer = send.shop.staff_token(Role.ADMIN)
    draft = {
        "handle": "summer",
        "name": "Summer",
        "currency": "EUR",
        "zone": "Europe/Paris",
        "termsVersion": "1",
        "rules": [{"kind": "REVIEW_PUBLISHED", "points": 10}],
    }
    program = send("create_program", marketer, input=draft, key="a-program")["program"]
    change = {"ruleId": program["rules"][0]["id"], "rule": {"kind": "REVIEW_PUBLISHED", "points": 20}}
    assert send("change_earning_rule", marketer, input=change)["rule"]["points"] == 20
    assert send("end_program", marketer, input={"programId": program["id"]})["program"]["state"] == "ENDED"
    assert send("memberships", marketer, first=3)["pageInfo"]["hasNextPage"] is True


def run_a_shop(send: Sender) -> None:
    """An operator opens a storefront; the shop's systems tell of products."""
    service = send.shop.loaded.shop.service_key
    assert {one["handle"] for one in send("storefronts", service)} >= {"fr", "us"}
    front = {
        "handle": "uk",
        "name": "Tillebrume UK",
        "origin": "https://uk.example",
        "locale": "en-GB",
        "currency": "GBP",
        "timeZone": "Europe/London",
        "productUrl": "https://uk.example/{handle}",
    }
    storefront = send("record_storefront", service, input=front)["storefront"]
    assert storefront["publishableKey"].startswith("pk_")
    pair = [
        send("record_product", service, input=a_product(colour, storefront["id"]))["product"]["id"]
        for colour in ("red", "blue")
    ]
    family = {"externalId": "jug", "name": "Jug", "productIds": pair}
    assert {one["id"] for one in send("record_family", service, input=family)["family"]["products"]} == set(pair)


def look_at_pages(send: Sender) -> None:
    """An SEO team has a page checked and reads what all pages add up to."""
    seo = send.shop.staff_token(Role.ADMIN)
    product = send("product_page", handle=PRODUCT)["id"]
    check = send("start_page_check", seo, input={"productId": product}, key="a-check")["pageCheck"]
    assert check["url"].endswith(f"/{PRODUCT}")
    assert send("coverage", seo, first=5, days=30)["days"] == []


def hear_of_events(send: Sender) -> None:
    """An operator has events sent to a system of the shop's."""
    admin = send.shop.staff_token(Role.ADMIN)
    asked = {"url": "https://erp.example/hooks", "eventTypes": ["ORDER_PAID", "REVIEW_PUBLISHED"]}
    made = send("create_webhook_endpoint", admin, input=asked, key="an-endpoint")
    endpoint = made["endpoint"]["id"]
    delivery = send("test_webhook_endpoint", admin, input={"endpointId": endpoint})["delivery"]["id"]
    (listed,) = send("webhook_endpoints", admin)["nodes"]
    assert [one["id"] for one in listed["deliveries"]["nodes"]] == [delivery]
    assert send("rotate_webhook_secret", admin, input={"endpointId": endpoint})["secret"] != made["secret"]


def a_product(colour: str, storefront_id: str) -> dict[str, object]:
    """A jug of a colour."""
    price = {"amountMinor": 3400, "currencyCode": "GBP"}
    return {
        "externalId": f"jug-{colour}",
        "handle": f"jug-{colour}",
        "name": f"Jug, {colour}",
        "listings": [{"storefrontId": storefront_id, "price": price}],
    }
