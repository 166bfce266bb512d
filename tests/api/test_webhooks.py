"""Shopify's webhooks over HTTP: signed or nothing, once each, answered in JSON."""

from typing import Any

import httpx2
import pytest
from sqlmodel import func, select

from core.outbox import OutboxEvent
from shop import storefronts
from shop.tables import Customer, Order, Refund, WebhookDelivery
from tests.api.conftest import Api
from tests.make import shop as make
from tests.shop import shopify as vendor
from tests.shop.told import events

SECRET = "shpss_invented"
TABLES = (Customer, Order, Refund, WebhookDelivery, OutboxEvent)


@pytest.fixture
def shop(api: Api) -> Api:
    """The server with a storefront "paris" whose webhooks are signed."""
    draft = make.storefront_draft("paris", shopify_secret=SECRET)
    api.database.writing(lambda session: storefronts.record(session, draft))
    return api


def post(
    shop: Api,
    payload: vendor.Payload | bytes,
    *,
    topic: str = "orders/create",
    id: str | None = "d-1",
    secret: str = SECRET,
    handle: str = "paris",
    **headers: str,
) -> httpx2.Response:
    body = payload if isinstance(payload, bytes) else vendor.body(payload)
    sent = {
        "X-Shopify-Topic": topic,
        "X-Shopify-Webhook-Id": id,
        "X-Shopify-Hmac-Sha256": vendor.signature(body, secret),
        "Content-Type": "application/json",
        **headers,
    }
    present = {name: value for name, value in sent.items() if value is not None}
    return shop.client.post(f"/webhooks/shopify/{handle}", content=body, headers=present)


def rows(shop: Api) -> list[int]:
    with shop.database.reading() as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in TABLES]


def test_an_order_delivered_ten_times_earns_once(shop: Api) -> None:
    answers = [post(shop, vendor.order()) for _ in range(10)]

    assert [answer.status_code for answer in answers] == [200] * 10
    assert [answer.json() for answer in answers] == [{"status": "RECORDED"}] + [{"status": "REPEATED"}] * 9
    with shop.database.reading() as session:
        assert events(session) == ["OrderPaid"]


def test_creation_payment_and_refund_end_in_one_refunded_order(shop: Api) -> None:
    pending = vendor.order(financial_status="pending")
    paid = vendor.order(updated_at="2026-03-01T10:05:00+01:00")

    for number, (topic, payload) in enumerate(
        [
            ("refunds/create", vendor.refund(2001, (11, 1, "20.00"))),
            ("orders/create", pending),
            ("orders/paid", paid),
        ]
    ):
        assert post(shop, payload, topic=topic, id=f"d-{number}").json() == {"status": "RECORDED"}

    with shop.database.reading() as session:
        assert events(session) == ["OrderPaid", "OrderRefunded"]


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": "another"},
        {"handle": "nowhere"},
        # this storefront has no Shopify secret: not even an empty one opens it
        {"handle": "main", "secret": ""},
        {"X-Shopify-Hmac-Sha256": ""},
        {"X-Shopify-Hmac-Sha256": "é".encode("latin-1").decode("latin-1")},
    ],
)
def test_what_is_not_signed_is_a_401_whoever_asks_and_changes_nothing(shop: Api, changes: dict[str, Any]) -> None:
    before = rows(shop)

    changes = {name: value.encode("latin-1") if "Hmac" in name else value for name, value in changes.items()}
    answer = post(shop, vendor.order(), **changes)

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "BAD_SIGNATURE"
    assert rows(shop) == before


@pytest.mark.parametrize(
    "payload, changes, code",
    [
        (b"not json", {}, "UNREADABLE_PAYLOAD"),
        (b"{}", {}, "UNREADABLE_PAYLOAD"),
        (vendor.order(), {"topic": "products/create"}, "UNKNOWN_TOPIC"),
        (vendor.order(), {"id": None}, "REQUIRED"),
        (vendor.order(1, vendor.line(quantity=-1)), {}, "NEGATIVE_AMOUNT"),
        (vendor.order(updated_at="2099-01-01T00:00:00Z"), {}, "DATE_IN_FUTURE"),
    ],
)
def test_what_cannot_be_taken_in_is_a_422_and_changes_nothing(
    shop: Api, payload: vendor.Payload | bytes, changes: dict[str, Any], code: str
) -> None:
    before = rows(shop)

    answer = post(shop, payload, **changes)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/json"
    assert set(answer.json()["error"]) == {"code", "field", "message"}
    assert answer.json()["error"]["code"] in {code, "INVALID_QUANTITY"}
    assert rows(shop) == before


def test_other_content_of_the_same_time_is_a_409(shop: Api) -> None:
    post(shop, vendor.order())
    before = rows(shop)

    answer = post(shop, vendor.order(1001, vendor.line(price="1.00")), id="d-2")

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "CONFLICT")
    assert rows(shop) == before


def test_a_refused_delivery_may_come_again_under_its_id(shop: Api) -> None:
    assert post(shop, b"{}").status_code == 422

    assert post(shop, vendor.order()).json() == {"status": "RECORDED"}


def test_a_body_beyond_the_limit_is_a_413_in_json(shop: Api) -> None:
    answer = post(shop, b" " * (4 * 1_048_576 + 1))

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "TOO_LARGE")


def test_only_posts_are_answered(shop: Api) -> None:
    assert shop.client.get("/webhooks/shopify/paris").status_code == 405
