"""Shopify's webhook payloads and signature: JSON becomes drafts here. Taking a delivery in is shop.deliveries'.

Field meanings: Shopify's REST Admin API, resources Order and Refund. Amounts are read in the shop's own money
(`shop_money`), never in the buyer's presentment currency, and exactly, from their digits.
"""

import json
from collections.abc import Iterable
from typing import TypeVar

from pydantic import AwareDatetime, BaseModel, ValidationError

from core.money import from_decimal
from core.refusal import Refusal
from core.rounding import largest_remainder
from core.signatures import is_hmac_base64
from shop import emails, validation
from shop.drafts import CustomerKeys, LineDraft, OrderDraft, RefundDraft, RefundLineDraft
from shop.refusals import ShopRefusal
from shop.tables import OrderState

_PAID = frozenset({"paid", "partially_refunded", "refunded"})
_CANCELLED = frozenset({"voided"})
_UNREADABLE = Refusal(ShopRefusal.UNREADABLE_PAYLOAD)

Id = int | str
Digits = str | int


class UnreadableMoneyError(ValueError):
    """An amount that is no decimal number of its currency."""


class _ShopMoney(BaseModel):
    amount: Digits
    currency_code: str


class _MoneySet(BaseModel):
    shop_money: _ShopMoney


class _Allocation(BaseModel):
    amount: Digits
    amount_set: _MoneySet | None = None


class _LineItem(BaseModel):
    id: Id
    quantity: int
    price: Digits
    price_set: _MoneySet | None = None
    title: str | None = None
    name: str | None = None
    sku: str | None = None
    product_id: Id | None = None
    variant_id: Id | None = None
    total_discount: Digits = "0"
    discount_allocations: list[_Allocation] | None = None


class _ShippingLine(BaseModel):
    price: Digits
    price_set: _MoneySet | None = None
    discounted_price: Digits | None = None
    discounted_price_set: _MoneySet | None = None
    is_removed: bool = False


class _Customer(BaseModel):
    id: Id | None = None
    email: str | None = None
    verified_email: bool = False


class _Order(BaseModel):
    id: Id
    currency: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    processed_at: AwareDatetime | None = None
    cancelled_at: AwareDatetime | None = None
    financial_status: str | None = None
    email: str | None = None
    contact_email: str | None = None
    customer: _Customer | None = None
    total_tax: Digits | None = None
    line_items: list[_LineItem]
    shipping_lines: list[_ShippingLine] = []


class _RefundLineItem(BaseModel):
    line_item_id: Id
    quantity: int
    subtotal: Digits = "0"
    subtotal_set: _MoneySet | None = None


class _Adjustment(BaseModel):
    kind: str
    amount: Digits
    amount_set: _MoneySet | None = None


class _Refund(BaseModel):
    id: Id
    order_id: Id
    created_at: AwareDatetime
    processed_at: AwareDatetime | None = None
    refund_line_items: list[_RefundLineItem] = []
    order_adjustments: list[_Adjustment] = []


Payload = TypeVar("Payload", bound=BaseModel)


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether `signature` (X-Shopify-Hmac-Sha256) is the base64 of the raw body's HMAC-SHA256 under `secret`."""
    return is_hmac_base64(secret, body, signature)


def read_order(body: bytes, *, storefront_id: int) -> OrderDraft | Refusal:
    """The order of an `orders/create` or `orders/paid` delivery.

    A line's total is its price times its quantity less its share of the discounts, taxed as the shop shows its prices.
    An e-mail that is none is left out rather than refused: the order counts all the same.
    """
    order = _read(body, _Order)
    if isinstance(order, Refusal):
        return order
    try:
        return OrderDraft(
            storefront_id=storefront_id,
            external_id=_plain(order.id),
            customer=_keys(order),
            state=_state(order),
            currency=order.currency,
            lines=tuple(_line(item, order.currency) for item in order.line_items),
            shipping_minor=sum(_shipping(line, order.currency) for line in order.shipping_lines),
            tax_minor=_minor(order.total_tax or "0", None, order.currency),
            placed_at=order.processed_at or order.created_at,
            updated_at=order.updated_at,
        )
    except UnreadableMoneyError:
        return _UNREADABLE


def read_refund(body: bytes, *, storefront_id: int, currency: str) -> RefundDraft | Refusal | None:
    """The refund of a `refunds/create` delivery; None when it gives back shipping alone.

    `currency` is the shop's, which the payload itself may leave out. A refund that pays out more or less than its lines
    says so by an adjustment: what is more belongs to no line, what is less is taken off its lines in proportion.
    """
    refund = _read(body, _Refund)
    if isinstance(refund, Refusal):
        return refund
    try:
        surplus = _surplus(refund.order_adjustments, currency)
        lines = _refund_lines(refund.refund_line_items, currency, shortfall=max(0, -surplus))
    except UnreadableMoneyError:
        return _UNREADABLE
    if not lines and surplus <= 0:
        return None
    return RefundDraft(
        storefront_id=storefront_id,
        external_id=_plain(refund.id),
        order_external_id=_plain(refund.order_id),
        refunded_at=refund.processed_at or refund.created_at,
        lines=lines,
        order_level_minor=max(0, surplus),
    )


def _read(body: bytes, model: type[Payload]) -> Payload | Refusal:
    try:
        # numbers are kept as their digits: a float would already have rounded the money
        return model.model_validate(json.loads(body, parse_float=str))
    except (ValidationError, ValueError, RecursionError):
        return _UNREADABLE


def _plain(number: Id) -> str:
    """`gid://shopify/Order/5` and 5 are the same order."""
    return str(number).rpartition("/")[2]


def _plain_or_none(number: Id | None) -> str | None:
    return None if number is None else _plain(number)


def _minor(amount: Digits, money: _MoneySet | None, currency: str) -> int:
    told, code = (money.shop_money.amount, money.shop_money.currency_code) if money else (amount, currency)
    read = from_decimal(str(told), currency)
    if read is None or code != currency:
        raise UnreadableMoneyError
    return read.amount_minor


def _state(order: _Order) -> OrderState:
    if order.cancelled_at is not None or order.financial_status in _CANCELLED:
        return OrderState.CANCELLED
    return OrderState.PAID if order.financial_status in _PAID else OrderState.PENDING


def _keys(order: _Order) -> CustomerKeys:
    customer = order.customer or _Customer()
    return CustomerKeys(
        external_id=_plain_or_none(customer.id),
        order_email=_email(order.email) or _email(order.contact_email),
        customer_email=_email(customer.email),
        email_confirmed=customer.verified_email,
    )


def _email(value: str | None) -> str | None:
    return value if value and emails.normalise(value) else None


def _line(item: _LineItem, currency: str) -> LineDraft:
    return LineDraft(
        external_id=_plain(item.id),
        title=(item.title or item.name or _plain(item.id))[: validation.MAX_NAME],
        quantity=item.quantity,
        total_minor=_minor(item.price, item.price_set, currency) * item.quantity - _discount(item, currency),
        product_external_id=_plain_or_none(item.product_id),
        variant_external_id=_plain_or_none(item.variant_id),
        sku=item.sku or None,
    )


def _discount(item: _LineItem, currency: str) -> int:
    if item.discount_allocations is None:
        return _minor(item.total_discount, None, currency)
    return sum(_minor(part.amount, part.amount_set, currency) for part in item.discount_allocations)


def _shipping(line: _ShippingLine, currency: str) -> int:
    if line.is_removed:
        return 0
    if line.discounted_price is None:
        return _minor(line.price, line.price_set, currency)
    return _minor(line.discounted_price, line.discounted_price_set, currency)


def _surplus(adjustments: Iterable[_Adjustment], currency: str) -> int:
    """What is paid out beyond the lines: an adjustment is what the lines come to less what was paid out."""
    discrepancies = (each for each in adjustments if each.kind == "refund_discrepancy")
    return -sum(_minor(each.amount, each.amount_set, currency) for each in discrepancies)


def _refund_lines(items: list[_RefundLineItem], currency: str, *, shortfall: int) -> tuple[RefundLineDraft, ...]:
    amounts = [_minor(item.subtotal, item.subtotal_set, currency) for item in items]
    cuts = largest_remainder(min(shortfall, sum(amounts)), amounts) if items else []
    merged: dict[str, RefundLineDraft] = {}
    for item, amount, cut in zip(items, amounts, cuts, strict=True):
        # a line stands twice when its units come back in different ways (restocked, lost)
        line_id = _plain(item.line_item_id)
        before = merged.get(line_id, RefundLineDraft(line_external_id=line_id, quantity=0, amount_minor=0))
        merged[line_id] = RefundLineDraft(
            line_external_id=line_id,
            quantity=before.quantity + item.quantity,
            amount_minor=before.amount_minor + amount - cut,
        )
    return tuple(merged.values())
