"""Take vendors' webhook deliveries in, once each. What their JSON means is the connectors'; HTTP is the api's."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from core import clock, db, ids
from core.refusal import Refusal
from shop import orders, refunds, storefronts, validation
from shop.connectors import shopify
from shop.refusals import ShopRefusal
from shop.tables import WebhookDelivery

_MAX_ID = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery as it came. `id` is the vendor's; its repeats bear the same."""

    storefront_id: int
    id: str
    topic: str
    body: bytes


class Taken(StrEnum):
    """What taking a delivery in did."""

    RECORDED = "RECORDED"
    REPEATED = "REPEATED"


def take_shopify(session: Session, delivery: Delivery) -> Taken | Refusal:
    """Record what a signed delivery tells. A repeat of its id does nothing; a refused one leaves no trace."""
    read = _SHOPIFY_TOPICS.get(delivery.topic)
    if read is None:
        return Refusal(ShopRefusal.UNKNOWN_TOPIC)
    refused = validation.text(delivery.id, ("deliveryId",), maximum=_MAX_ID)
    if refused is not None:
        return refused
    if not _is_first(session, delivery):
        return Taken.REPEATED
    outcome = read(session, delivery)
    return outcome if isinstance(outcome, Refusal) else Taken.RECORDED


def _is_first(session: Session, delivery: Delivery) -> bool:
    row = {
        "id": ids.new_id(),
        "storefront_id": delivery.storefront_id,
        "delivery_id": delivery.id,
        "topic": delivery.topic,
        "received_at": clock.now(),
    }
    return db.insert_once(session, WebhookDelivery, row)


def _order(session: Session, delivery: Delivery) -> object:
    draft = shopify.read_order(delivery.body, storefront_id=delivery.storefront_id)
    return draft if isinstance(draft, Refusal) else orders.record(session, draft)


def _refund(session: Session, delivery: Delivery) -> object:
    storefront = storefronts.get(session, delivery.storefront_id)
    if storefront is None:
        return Refusal(ShopRefusal.STOREFRONT_NOT_FOUND)
    draft = shopify.read_refund(delivery.body, storefront_id=storefront.id, currency=storefront.currency)
    return draft if draft is None or isinstance(draft, Refusal) else refunds.record_refund(session, draft)


_SHOPIFY_TOPICS: dict[str, Callable[[Session, Delivery], object]] = {
    "orders/create": _order,
    "orders/paid": _order,
    "refunds/create": _refund,
}
