"""What is told outside of orders and products: ids and cache keys; never a name, an address or an amount."""

from dataclasses import dataclass

from publishing.outward.declaring import EventData, PublicId, node, told

_ORDER = "The order."
_CUSTOMER = "Who bought; null when the shop named nobody."
_STOREFRONT = "Where it was placed."


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaidEvent(EventData):
    """An order has become paid."""

    order_id: PublicId = node("Order", _ORDER)
    customer_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId = node("Storefront", _STOREFRONT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChangedEvent(EventData):
    """A paid order has a later version that is paid as well."""

    order_id: PublicId = node("Order", _ORDER)
    customer_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId = node("Storefront", _STOREFRONT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelledEvent(EventData):
    """A paid order is no longer paid."""

    order_id: PublicId = node("Order", _ORDER)
    customer_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId = node("Storefront", _STOREFRONT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefundedEvent(EventData):
    """A paid order has a refund."""

    order_id: PublicId = node("Order", _ORDER)
    refund_id: PublicId = node("Refund", "The refund.")
    customer_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId = node("Storefront", _STOREFRONT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductChangedEvent(EventData):
    """A product's pages show something new: its own words or price, or a review, photo or rating of its family."""

    product_id: PublicId = node("Product", "The product that changed.")
    product_ids: list[PublicId] = told("It and the variants it shares its reviews with.")
    surrogate_keys: list[str] = told("The cache keys of all their pages; purge these.")
