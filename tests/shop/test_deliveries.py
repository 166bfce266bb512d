"""Vendors' deliveries: taken in once each, and without a trace when refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session

from core.db import Database
from core.refusal import Refusal
from shop import customers, deliveries, orders
from shop.deliveries import Delivery, Taken
from shop.refusals import ShopRefusal
from shop.tables import Order, Refund, WebhookDelivery
from tests.make import shop as make
from tests.shop import shopify as vendor
from tests.shop.told import count, events

pytestmark = pytest.mark.usefixtures("frozen_clock")


def delivery(storefront_id: int, payload: vendor.Payload, *, id: str = "d-1", topic: str = "orders/create") -> Delivery:
    return Delivery(storefront_id=storefront_id, id=id, topic=topic, body=vendor.body(payload))


def test_a_delivery_repeated_ten_times_counts_once(session: Session) -> None:
    told = delivery(make.storefront(session), vendor.order())

    outcomes = [deliveries.take_shopify(session, told) for _ in range(10)]

    assert outcomes == [Taken.RECORDED] + [Taken.REPEATED] * 9
    assert (count(session, Order), count(session, WebhookDelivery)) == (1, 1)
    assert events(session) == ["OrderPaid"]


def test_creation_and_payment_of_an_order_paid_at_once_count_once(session: Session) -> None:
    storefront = make.storefront(session)

    for number, topic in enumerate(("orders/create", "orders/paid")):
        taken = deliveries.take_shopify(session, delivery(storefront, vendor.order(), id=f"d-{number}", topic=topic))
        assert taken is Taken.RECORDED

    assert events(session) == ["OrderPaid"]


def test_an_order_ends_with_its_buyer_and_its_refund(session: Session) -> None:
    storefront = make.storefront(session)
    refund = vendor.refund(2001, (11, 1, "20.00"))
    deliveries.take_shopify(session, delivery(storefront, refund, id="d-1", topic="refunds/create"))

    deliveries.take_shopify(session, delivery(storefront, vendor.order(), id="d-2"))

    recorded = make.accepted(orders.record(session, _draft(storefront)))
    fact = orders.fact(session, recorded.order_id)
    assert fact is not None
    assert fact.customer_id == customers.of_external_id(session, storefront, "77")
    assert fact.lines[0].refunded_minor == 2000
    assert events(session) == ["OrderPaid", "OrderRefunded"]


def test_a_refund_of_shipping_alone_is_taken_and_changes_nothing(session: Session) -> None:
    refund = vendor.refund(2001, adjustments=(("shipping_refund", "-4.90"),))

    taken = deliveries.take_shopify(session, delivery(make.storefront(session), refund, topic="refunds/create"))

    assert taken is Taken.RECORDED
    assert count(session, Refund) == 0


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"topic": "products/create"}, ShopRefusal.UNKNOWN_TOPIC),
        ({"body": b"{}"}, ShopRefusal.UNREADABLE_PAYLOAD),
        ({"id": ""}, ShopRefusal.REQUIRED),
        ({"id": "x" * 201}, ShopRefusal.TOO_LONG),
        ({"body": vendor.body(vendor.order(1, vendor.line(quantity=0)))}, ShopRefusal.INVALID_QUANTITY),
        ({"body": vendor.body(vendor.order(1, updated_at="2030-01-01T00:00:00Z"))}, ShopRefusal.DATE_IN_FUTURE),
    ],
)
def test_a_refused_delivery_leaves_no_trace(
    database: Database, changes: dict[str, str | bytes], code: ShopRefusal
) -> None:
    storefront = database.writing(make.storefront)
    told = {"id": "d-1", "topic": "orders/create", "body": vendor.body(vendor.order()), **changes}

    refused = database.writing(
        lambda session: deliveries.take_shopify(session, Delivery(storefront_id=storefront, **told))  # type: ignore[arg-type]
    )

    assert isinstance(refused, Refusal)
    assert refused.code is code
    with database.reading() as session:
        assert (count(session, Order), count(session, WebhookDelivery), events(session)) == (0, 0, [])


def test_eight_deliveries_at_once_count_once(database: Database) -> None:
    told = delivery(database.writing(make.storefront), vendor.order())

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(
            threads.map(lambda _: database.writing(lambda session: deliveries.take_shopify(session, told)), range(8))
        )

    assert sorted(map(str, outcomes)) == ["RECORDED"] + ["REPEATED"] * 7
    with database.reading() as session:
        assert (count(session, Order), events(session)) == (1, ["OrderPaid"])


def _draft(storefront: int) -> orders.OrderDraft:
    from shop.connectors import shopify

    return make.accepted(shopify.read_order(vendor.body(vendor.order()), storefront_id=storefront))
