"""Shopify's payloads: exact money, the shop's own currency, discounts and refunds where they belong."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.refusal import Refusal
from shop.connectors import shopify
from shop.drafts import CustomerKeys, OrderDraft, RefundDraft
from shop.refusals import ShopRefusal
from shop.tables import OrderState
from tests.shop import shopify as vendor

UNREADABLE = Refusal(ShopRefusal.UNREADABLE_PAYLOAD)


def read_order(payload: vendor.Payload) -> OrderDraft:
    draft = shopify.read_order(vendor.body(payload), storefront_id=1)
    assert isinstance(draft, OrderDraft)
    return draft


def read_refund(payload: vendor.Payload) -> RefundDraft:
    draft = shopify.read_refund(vendor.body(payload), storefront_id=1, currency="EUR")
    assert isinstance(draft, RefundDraft)
    return draft


def test_an_order_is_read_in_the_shops_own_money() -> None:
    draft = read_order(vendor.order(1001, vendor.line(11, price="19.99", quantity=3, discounts=("5.00", "0.97"))))

    assert (draft.external_id, draft.currency, draft.state) == ("1001", "EUR", OrderState.PAID)
    assert draft.placed_at == datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    assert draft.updated_at == datetime(2026, 3, 1, 9, 0, 2, tzinfo=UTC)
    assert (draft.shipping_minor, draft.tax_minor) == (490, 333)
    assert draft.customer == CustomerKeys(
        external_id="77",
        order_email="ada@mail.example",
        customer_email="ada@mail.example",
        email_confirmed=True,
    )
    line = draft.lines[0]
    assert (line.external_id, line.quantity, line.total_minor) == ("11", 3, 5997 - 597)
    assert (line.variant_external_id, line.product_external_id, line.sku) == ("66", "55", "HAT-1")
    assert draft.refusal() is None


@pytest.mark.parametrize(
    "changes, state",
    [
        ({"financial_status": "pending"}, OrderState.PENDING),
        ({"financial_status": "authorized"}, OrderState.PENDING),
        ({"financial_status": "partially_paid"}, OrderState.PENDING),
        ({"financial_status": "partially_refunded"}, OrderState.PAID),
        ({"financial_status": "refunded"}, OrderState.PAID),
        ({"financial_status": "voided"}, OrderState.CANCELLED),
        ({"cancelled_at": "2026-03-01T11:00:00Z"}, OrderState.CANCELLED),
    ],
)
def test_the_financial_status_says_whether_it_is_paid(changes: dict[str, object], state: OrderState) -> None:
    assert read_order(vendor.order(1, **changes)).state is state


def test_an_older_payload_without_allocations_states_the_lines_discount() -> None:
    line = vendor.line(11, price="20.00", quantity=2)
    del line["discount_allocations"], line["price_set"]
    line["total_discount"] = "5.50"

    assert read_order(vendor.order(1, line)).lines[0].total_minor == 3450


def test_a_global_id_is_the_number_in_it() -> None:
    draft = read_order({**vendor.order(), "id": "gid://shopify/Order/1001"})

    assert draft.external_id == "1001"


def test_an_order_without_a_person_and_one_with_a_broken_address_count_all_the_same() -> None:
    draft = read_order(vendor.order(1, customer=None, email="", contact_email="not an address"))

    assert draft.customer == CustomerKeys()


def test_yen_have_no_cents() -> None:
    line = {**vendor.line(11), "price": "1250", "price_set": vendor.money("1250", "JPY")}
    draft = read_order(vendor.order(1, line, currency="JPY", total_tax="0", shipping_lines=[]))

    assert draft.lines[0].total_minor == 1250


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'{"id": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
        vendor.body(vendor.order(1, {**vendor.line(), "price_set": vendor.money("20.001")})),
        vendor.body(vendor.order(1, {**vendor.line(), "price_set": vendor.money("20,00")})),
        vendor.body(vendor.order(1, {**vendor.line(), "price_set": vendor.money("1e9")})),
        vendor.body(vendor.order(1, {**vendor.line(), "price_set": vendor.money("20.00", "USD")})),
        vendor.body(vendor.order(1, updated_at="2026-03-01T10:00:02")),
        vendor.body(vendor.order(1, line_items=None)),
    ],
)
def test_what_cannot_be_read_is_refused_whole(raw: bytes) -> None:
    assert shopify.read_order(raw, storefront_id=1) == UNREADABLE
    assert shopify.read_refund(raw, storefront_id=1, currency="EUR") == UNREADABLE


def test_a_refund_gives_back_units_and_money_by_line() -> None:
    draft = read_refund(vendor.refund(2001, (11, 1, "19.99"), (12, 2, "7.50"), (11, 1, "0.01")))

    assert (draft.external_id, draft.order_external_id, draft.order_level_minor) == ("2001", "1001", 0)
    assert [(line.line_external_id, line.quantity, line.amount_minor) for line in draft.lines] == [
        ("11", 2, 2000),
        ("12", 2, 750),
    ]


def test_what_is_paid_out_beyond_the_lines_belongs_to_none() -> None:
    draft = read_refund(vendor.refund(2001, adjustments=(("refund_discrepancy", "-10.00"),)))

    assert (draft.lines, draft.order_level_minor) == ((), 1000)


def test_what_is_kept_back_is_taken_off_the_lines_in_proportion() -> None:
    draft = read_refund(
        vendor.refund(2001, (11, 1, "20.00"), (12, 1, "10.00"), adjustments=(("refund_discrepancy", "5.00"),))
    )

    assert [line.amount_minor for line in draft.lines] == [2000 - 333, 1000 - 167]
    assert draft.order_level_minor == 0


def test_a_refund_of_shipping_alone_is_nothing_to_record() -> None:
    payload = vendor.refund(2001, adjustments=(("shipping_refund", "-4.90"),))

    assert shopify.read_refund(vendor.body(payload), storefront_id=1, currency="EUR") is None


def test_a_subtotal_that_is_a_number_keeps_its_digits() -> None:
    payload = vendor.refund(2001, (11, 1, "195.66"))
    del payload["refund_line_items"][0]["subtotal_set"]

    assert read_refund(payload).lines[0].amount_minor == 19566


def test_only_the_bodys_own_signature_is_good() -> None:
    raw = vendor.body(vendor.order())
    good = vendor.signature(raw, "secret")

    assert shopify.is_signed(raw, good, "secret")
    assert not shopify.is_signed(raw + b" ", good, "secret")
    assert not shopify.is_signed(raw, good, "other")
    assert not shopify.is_signed(raw, "", "secret")
    assert not shopify.is_signed(raw, "é", "secret")


@pytest.mark.parametrize("name", ["membi_order_create_dis2.json", "membi_order_create_data_i_need.json"])
def test_real_orders_add_up_to_what_they_say(corpus: Path, name: str) -> None:
    raw = (corpus / "shopify_orders" / name).read_bytes()
    payload: dict[str, Any] = json.loads(raw)

    draft = shopify.read_order(raw, storefront_id=1)

    assert isinstance(draft, OrderDraft)
    assert draft.refusal() is None
    assert draft.state is OrderState.PAID
    assert len(draft.lines) == len(payload["line_items"])
    # booleans, so that a failure prints nobody's data
    assert (draft.total_minor == round(float(payload["subtotal_price"]) * 100)) is True
    assert (draft.total_minor + draft.shipping_minor == round(float(payload["total_price"]) * 100)) is True


def test_the_fixtures_of_a_client_library_are_readable(corpus: Path) -> None:
    raw = (corpus / "shopify_orders" / "go-shopify_order_with_transaction.json").read_text()

    draft = shopify.read_order(json.dumps(json.loads(raw)["order"]).encode(), storefront_id=1)

    assert isinstance(draft, OrderDraft)
    assert draft.state is OrderState.CANCELLED
    assert [line.total_minor for line in draft.lines] == [0, 0]
