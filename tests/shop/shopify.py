"""Invented Shopify payloads in the vendor's shape, and how a delivery of them is signed."""

import base64
import hashlib
import hmac
import json
from typing import Any

Payload = dict[str, Any]


def money(amount: str, currency: str = "EUR") -> Payload:
    """An amount as `..._set` fields hold it; the buyer paid in another currency."""
    return {
        "shop_money": {"amount": amount, "currency_code": currency},
        "presentment_money": {"amount": "999.99", "currency_code": "USD"},
    }


def line(id: int = 11, *, price: str = "20.00", quantity: int = 1, discounts: tuple[str, ...] = ()) -> Payload:
    """A line item of product 55, variant 66."""
    return {
        "id": id,
        "title": "Felt hat",
        "quantity": quantity,
        "price": price,
        "price_set": money(price),
        "sku": "HAT-1",
        "product_id": 55,
        "variant_id": 66,
        "total_discount": "0.00",
        "discount_allocations": [{"amount": amount, "amount_set": money(amount)} for amount in discounts],
    }


def order(id: int = 1001, *lines: Payload, **changes: Any) -> Payload:  # noqa: ANN401 - JSON
    """A paid order of one hat, sent for 4.90 by a customer whose e-mail the shop has verified."""
    return {
        "id": id,
        "admin_graphql_api_id": f"gid://shopify/Order/{id}",
        "currency": "EUR",
        "presentment_currency": "USD",
        "financial_status": "paid",
        "created_at": "2026-03-01T10:00:00+01:00",
        "processed_at": "2026-03-01T10:00:00+01:00",
        "updated_at": "2026-03-01T10:00:02+01:00",
        "cancelled_at": None,
        "email": "ada@mail.example",
        "contact_email": "ada@mail.example",
        "customer": {"id": 77, "email": "ada@mail.example", "verified_email": True},
        "taxes_included": True,
        "total_tax": "3.33",
        "line_items": list(lines) or [line()],
        "shipping_lines": [{"price": "4.90", "discounted_price": "4.90", "discounted_price_set": money("4.90")}],
        **changes,
    }


def refund(
    id: int = 2001,
    *items: tuple[int, int, str],
    order_id: int = 1001,
    adjustments: tuple[tuple[str, str], ...] = (),
) -> Payload:
    """A refund of (line, quantity, subtotal) and of adjustments (kind, amount)."""
    return {
        "id": id,
        "order_id": order_id,
        "created_at": "2026-03-02T09:00:00+01:00",
        "processed_at": "2026-03-02T09:00:00+01:00",
        "refund_line_items": [
            {"line_item_id": line_id, "quantity": quantity, "subtotal": float(amount), "subtotal_set": money(amount)}
            for line_id, quantity, amount in items
        ],
        "order_adjustments": [
            {"kind": kind, "amount": amount, "amount_set": money(amount)} for kind, amount in adjustments
        ],
    }


def body(payload: Payload) -> bytes:
    """The raw body of a delivery."""
    return json.dumps(payload).encode()


def signature(raw: bytes, secret: str) -> str:
    """What Shopify sends as X-Shopify-Hmac-Sha256."""
    return base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()
