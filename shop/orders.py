"""Record orders, and read what other rooms may know of them. Refunds are recorded by shop.refunds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from core import clock, ids, outbox
from core.refusal import Refusal
from shop import recognition, storefronts
from shop.drafts import CustomerKeys, LineDraft, OrderDraft
from shop.events import ShopEvent
from shop.facts import LineFact, OrderFact, RefundFact, RefundLineFact, settle
from shop.queries import orders as queries
from shop.refusals import ShopRefusal
from shop.tables import Order, OrderLine, OrderState

__all__ = [
    "CustomerKeys",
    "LineDraft",
    "LineFact",
    "OrderDraft",
    "OrderFact",
    "Outcome",
    "RecordedOrder",
    "RefundFact",
    "RefundLineFact",
    "fact",
    "facts",
    "has_bought",
    "has_ordered",
    "record",
]

# enough to find one line that was kept; a person's other orders of the same product prove nothing more
_ORDERS_LOOKED_AT = 50


class Outcome(StrEnum):
    """What recording an order did."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    OUTDATED = "OUTDATED"


@dataclass(frozen=True, slots=True)
class RecordedOrder:
    """The order's id and what recording it did."""

    order_id: int
    outcome: Outcome


def record(session: Session, draft: OrderDraft) -> RecordedOrder | Refusal:
    """Take in what the shop tells of an order; safe to repeat and in any order of arrival.

    - A new order: CREATED, with the refunds that waited for it.
    - Same content as last told: UNCHANGED. Newer update time, other content: UPDATED, a new version replaces the lines.
    - Older than what is known: OUTDATED, ignored. Same time with other content: refused, CONFLICT.
    - The first buyer known stays the order's; an update may name one where there was none.
    Becoming paid, changing while paid and ceasing to be paid are told by ShopEvent.
    """
    refused = draft.refusal() or storefronts.unknown(session, draft.storefront_id)
    if refused is not None:
        return refused
    queries.hold(session, draft.storefront_id, draft.external_id)
    known = queries.order_by_external_id(session, draft.storefront_id, draft.external_id)
    if known is None:
        return RecordedOrder(_create(session, draft), Outcome.CREATED)
    return _retell(session, known, draft)


def fact(session: Session, order_id: int) -> OrderFact | None:
    """What other rooms may know of the order; None when there is none. At most four statements."""
    return next(iter(facts(session, [order_id])), None)


def facts(session: Session, order_ids: Sequence[int]) -> list[OrderFact]:
    """The facts of the orders that exist, by id. Four statements however many."""
    lines = queries.lines_by_order(session, order_ids)
    refunds = queries.refunds_by_order(session, order_ids)
    found = []
    for order in queries.orders(session, order_ids):
        settled_lines, settled_refunds = settle(lines.get(order.id, []), refunds.get(order.id, []))
        found.append(_fact(order, settled_lines, settled_refunds))
    return found


def has_bought(session: Session, customer_id: int, product_ids: Sequence[int]) -> bool:
    """Whether the customer paid for one of the products and kept some of it."""
    wanted = set(product_ids)
    orders = queries.paid_orders_with(session, customer_id, list(wanted), limit=_ORDERS_LOOKED_AT)
    return any(
        line.product_id in wanted and not line.is_wholly_refunded
        for order in (facts(session, orders) if orders else [])
        for line in order.lines
    )


def has_ordered(session: Session, customer_id: int) -> bool:
    """Whether the customer has any order, whatever its state. One statement."""
    return queries.has_ordered(session, customer_id)


def paid_up_to(session: Session, customer_id: int, order_id: int) -> int:
    """Which of the customer's paid orders this one is, in the order in which we learned of them. One statement."""
    return queries.paid_up_to(session, customer_id, order_id)


def announce_refund(session: Session, order: Order, refund_id: int) -> None:
    """Tell of a refund of a paid order; that of an unpaid one is told once the order is paid."""
    if order.state is OrderState.PAID:
        _tell(session, ShopEvent.ORDER_REFUNDED, order, refundId=refund_id)


def _create(session: Session, draft: OrderDraft) -> int:
    now = clock.now()
    order = Order(
        id=ids.new_id(),
        storefront_id=draft.storefront_id,
        external_id=draft.external_id,
        state=draft.state,
        currency=draft.currency,
        content_hash="",
        placed_at=draft.placed_at,
        updated_at=draft.updated_at,
        recorded_at=now,
    )
    _write(session, order, draft)
    queries.attach_parked(session, order)
    if order.state is OrderState.PAID:
        _tell_paid(session, order)
    return order.id


def _retell(session: Session, order: Order, draft: OrderDraft) -> RecordedOrder | Refusal:
    if draft.content_hash() == order.content_hash:
        # the newest telling counts, so that one between the two is known to be outdated
        order.updated_at = max(order.updated_at, draft.updated_at)
        session.add(order)
        session.flush()
        return RecordedOrder(order.id, Outcome.UNCHANGED)
    if draft.updated_at < order.updated_at:
        return RecordedOrder(order.id, Outcome.OUTDATED)
    if draft.updated_at == order.updated_at:
        return Refusal(ShopRefusal.CONFLICT, ("updatedAt",))
    was_paid = order.state is OrderState.PAID
    order.version += 1
    queries.drop_lines(session, order.id)
    _write(session, order, draft)
    _tell_change(session, order, was_paid=was_paid)
    return RecordedOrder(order.id, Outcome.UPDATED)


def _write(session: Session, order: Order, draft: OrderDraft) -> None:
    paid_at = draft.paid_at or draft.placed_at
    order.customer_id = order.customer_id or recognition.recognise(session, draft.storefront_id, draft.customer)
    order.state = draft.state
    order.currency = draft.currency
    order.shipping_minor = draft.shipping_minor
    order.tax_minor = draft.tax_minor
    order.points_paid_minor = draft.points_paid_minor
    order.content_hash = draft.content_hash()
    order.placed_at = draft.placed_at
    order.paid_at = paid_at if draft.state is OrderState.PAID else draft.paid_at
    order.updated_at = draft.updated_at
    session.add(order)
    session.flush()
    _write_lines(session, order.id, draft.lines)


def _write_lines(session: Session, order_id: int, lines: Sequence[LineDraft]) -> None:
    keys = [queries.LineKeys(line.variant_external_id, line.product_external_id, line.sku) for line in lines]
    products = queries.products_for_lines(session, keys)
    for line, key in zip(lines, keys, strict=True):
        session.add(
            OrderLine(
                id=ids.new_id(),
                order_id=order_id,
                external_id=line.external_id,
                product_id=products.get(key),
                title=line.title,
                quantity=line.quantity,
                total_minor=line.total_minor,
                **key._asdict(),
            )
        )
    session.flush()


def _tell_change(session: Session, order: Order, *, was_paid: bool) -> None:
    if order.state is OrderState.PAID:
        if was_paid:
            _tell(session, ShopEvent.ORDER_CHANGED, order)
        else:
            _tell_paid(session, order)
    elif was_paid:
        _tell(session, ShopEvent.ORDER_CANCELLED, order)


def _tell_paid(session: Session, order: Order) -> None:
    _tell(session, ShopEvent.ORDER_PAID, order)
    for refund_id in queries.refund_ids(session, order.id):
        announce_refund(session, order, refund_id)


def _tell(session: Session, name: ShopEvent, order: Order, **more: int) -> None:
    payload = {"orderId": order.id, "customerId": order.customer_id, "storefrontId": order.storefront_id, **more}
    outbox.record(session, name, aggregate=("Order", order.id), payload=payload)


def _fact(order: Order, lines: tuple[LineFact, ...], refunds: tuple[RefundFact, ...]) -> OrderFact:
    return OrderFact(
        id=order.id,
        storefront_id=order.storefront_id,
        external_id=order.external_id,
        customer_id=order.customer_id,
        currency=order.currency,
        state=order.state,
        version=order.version,
        placed_at=order.placed_at,
        paid_at=order.paid_at,
        shipping_minor=order.shipping_minor,
        points_paid_minor=order.points_paid_minor,
        lines=lines,
        refunds=refunds,
    )
