"""The shop's batches and shared reads, for context.load and context.read_once. Statements are the room's."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from shop import customers, families, orders, products, refunds, storefronts
from shop.facts import OrderFact
from shop.queries.products import ProductRow
from shop.refunds import RefundRow
from shop.tables import Customer, Family, Storefront


def products_by_ids(session: Session, ids: Sequence[int], storefront_id: int | None) -> Mapping[int, ProductRow]:
    """Products in the storefront's words. One statement."""
    return products.shown_by_ids(session, ids, storefront_id=storefront_id)


def product_by_handle(session: Session, handle: str, storefront_id: int | None) -> ProductRow | None:
    """The product of a handle in the storefront's words. One statement."""
    return products.shown_by_handle(session, handle, storefront_id=storefront_id)


def families_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, Family]:
    """Families. One statement."""
    return families.by_ids(session, ids)


def products_by_families(
    session: Session, family_ids: Sequence[int], storefront_id: int | None
) -> Mapping[int, list[ProductRow]]:
    """The variants of families in the storefront's words, oldest first. One statement."""
    return products.shown_by_families(session, family_ids, storefront_id=storefront_id)


def customers_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, Customer]:
    """Customers. One statement."""
    return customers.by_ids(session, ids)


def orders_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, OrderFact]:
    """Orders as facts. Four statements."""
    return {order.id: order for order in orders.facts(session, ids)}


def refunds_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, RefundRow]:
    """Refunds as told. Two statements."""
    return refunds.by_ids(session, ids)


def storefront_by_id(session: Session, storefront_id: int) -> Storefront | None:
    """A storefront. At most one statement."""
    return storefronts.get(session, storefront_id)
