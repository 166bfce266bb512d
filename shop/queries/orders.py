"""Statements about orders, their lines and refunds."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import and_, delete, exists, func, or_, text, update
from sqlmodel import Session, col, select

from core import db
from shop.facts import LineFact, RefundLineFact, ToldRefund
from shop.tables import Order, OrderLine, OrderState, Product, Refund, RefundLine, Storefront


class LineKeys(NamedTuple):
    """By what a line's product is looked for, the most telling first."""

    variant_external_id: str | None
    product_external_id: str | None
    sku: str | None


def hold(session: Session, storefront_id: int, order_external_id: str) -> None:
    """Keep this order and its refunds, told or not, to this transaction. One statement, on PostgreSQL alone.

    A row cannot be locked before it is there, and a refund may be parked at the very moment its order arrives; on
    SQLite there is one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        digest = hashlib.sha256(f"order:{storefront_id}:{order_external_id}".encode()).digest()
        number = int.from_bytes(digest[:8], "big", signed=True)
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def order_by_external_id(session: Session, storefront_id: int, external_id: str) -> Order | None:
    """The order as it is now. One statement."""
    return session.exec(
        select(Order)
        .where(col(Order.storefront_id) == storefront_id, col(Order.external_id) == external_id)
        .execution_options(populate_existing=True)
    ).first()


def orders(session: Session, order_ids: Sequence[int]) -> list[Order]:
    """The orders that exist, by id. One statement."""
    return list(session.exec(select(Order).where(col(Order.id).in_(order_ids)).order_by(col(Order.id))))


def drop_lines(session: Session, order_id: int) -> None:
    """Remove the lines of an order's former version."""
    db.changed_rows(session, delete(OrderLine).where(col(OrderLine.order_id) == order_id))


def lines_by_order(session: Session, order_ids: Sequence[int]) -> dict[int, list[LineFact]]:
    """Lines with what their products are, in the order told. One statement."""
    rows = session.exec(
        select(OrderLine, Product.family_id, Product.category, Product.brand)
        .join(Product, col(Product.id) == col(OrderLine.product_id), isouter=True)
        .where(col(OrderLine.order_id).in_(order_ids))
        .order_by(col(OrderLine.id))
    )
    found: dict[int, list[LineFact]] = defaultdict(list)
    for line, family_id, category, brand in rows:
        found[line.order_id].append(
            LineFact(line.external_id, line.product_id, family_id, category, brand, line.quantity, line.total_minor)
        )
    return found


def refund_by_external_id(session: Session, storefront_id: int, external_id: str) -> Refund | None:
    """The refund, parked or not. One statement."""
    return session.exec(
        select(Refund).where(col(Refund.storefront_id) == storefront_id, col(Refund.external_id) == external_id)
    ).first()


def told_refunds(session: Session, refund_ids: Sequence[int]) -> list[tuple[Refund, str, list[RefundLineFact]]]:
    """Refunds with their currency (the order's, while parked the storefront's) and their lines. Two statements."""
    rows = session.exec(
        select(Refund, func.coalesce(Order.currency, Storefront.currency))
        .join(Storefront, col(Storefront.id) == col(Refund.storefront_id))
        .join(Order, col(Order.id) == col(Refund.order_id), isouter=True)
        .where(col(Refund.id).in_(refund_ids))
    ).all()
    lines = _refund_lines(session, refund_ids)
    return [(refund, currency, lines[refund.id]) for refund, currency in rows]


def refunds_by_order(session: Session, order_ids: Sequence[int]) -> dict[int, list[ToldRefund]]:
    """Refunds of each order as told. Two statements."""
    refunds = session.exec(select(Refund).where(col(Refund.order_id).in_(order_ids))).all()
    lines = _refund_lines(session, [refund.id for refund in refunds])
    found: dict[int, list[ToldRefund]] = defaultdict(list)
    for refund in refunds:
        if refund.order_id is not None:
            found[refund.order_id].append(
                ToldRefund(
                    refund.id,
                    refund.external_id,
                    refund.refunded_at,
                    refund.order_level_minor,
                    tuple(lines[refund.id]),
                )
            )
    return found


def _refund_lines(session: Session, refund_ids: Sequence[int]) -> dict[int, list[RefundLineFact]]:
    rows = session.exec(
        select(RefundLine).where(col(RefundLine.refund_id).in_(refund_ids)).order_by(col(RefundLine.id))
    )
    found: dict[int, list[RefundLineFact]] = defaultdict(list)
    for line in rows:
        found[line.refund_id].append(RefundLineFact(line.line_external_id, line.quantity, line.amount_minor))
    return found


def paid_up_to(session: Session, customer_id: int, order_id: int) -> int:
    """How many of the customer's orders up to this one are paid. One statement."""
    return session.exec(
        select(func.count())
        .select_from(Order)
        .where(col(Order.customer_id) == customer_id, col(Order.state) == OrderState.PAID, col(Order.id) <= order_id)
    ).one()


def attach_parked(session: Session, order: Order) -> int:
    """Give the refunds that waited for this order to it; says how many there were. One statement."""
    return db.changed_rows(
        session,
        update(Refund)
        .where(
            col(Refund.storefront_id) == order.storefront_id,
            col(Refund.order_external_id) == order.external_id,
            col(Refund.order_id).is_(None),
        )
        .values(order_id=order.id),
    )


def refund_ids(session: Session, order_id: int) -> list[int]:
    """The order's refunds in the order in which they happened. One statement."""
    return list(
        session.exec(
            select(Refund.id)
            .where(col(Refund.order_id) == order_id)
            .order_by(col(Refund.refunded_at), col(Refund.external_id))
        )
    )


def paid_orders_with(session: Session, customer_id: int, product_ids: Sequence[int], *, limit: int) -> list[int]:
    """Ids of the customer's paid orders that hold one of the products, the latest first. One statement."""
    query = (
        select(Order.id)
        .join(OrderLine, col(OrderLine.order_id) == col(Order.id))
        .where(
            col(Order.customer_id) == customer_id,
            col(Order.state) == OrderState.PAID,
            col(OrderLine.product_id).in_(product_ids),
        )
    )
    return list(session.exec(query.distinct().order_by(col(Order.id).desc()).limit(limit)))


def has_ordered(session: Session, customer_id: int) -> bool:
    """Whether the customer has any order, whatever its state. One statement."""
    return bool(session.scalar(exists().where(col(Order.customer_id) == customer_id).select()))


def products_for_lines(session: Session, keys: Iterable[LineKeys]) -> dict[LineKeys, int]:
    """The product of each line that has one: by variant, then by product, then by SKU. Two statements."""
    wanted = list(keys)
    external_ids = {key for line in wanted for key in line[:2] if key is not None}
    skus = {line.sku for line in wanted if line.sku is not None}
    by_external_id = dict(
        session.exec(select(Product.external_id, Product.id).where(col(Product.external_id).in_(external_ids))).all()
    )
    by_sku = dict(
        session.exec(
            select(Product.sku, Product.id).where(col(Product.sku).in_(skus)).order_by(col(Product.id).desc())
        ).all()
    )
    found: dict[LineKeys, int] = {}
    for line in wanted:
        product_id = (
            by_external_id.get(line.variant_external_id or "")
            or by_external_id.get(line.product_external_id or "")
            or by_sku.get(line.sku or "")
        )
        if product_id is not None:
            found[line] = product_id
    return found


def link_lines(session: Session, product: Product) -> int:
    """Give lines told before their product to it; says how many. One statement."""
    of_product = or_(
        col(OrderLine.variant_external_id) == product.external_id,
        col(OrderLine.product_external_id) == product.external_id,
    )
    if product.sku is not None:
        of_product = or_(of_product, col(OrderLine.sku) == product.sku)
    unlinked = and_(col(OrderLine.product_id).is_(None), of_product)
    return db.changed_rows(session, update(OrderLine).where(unlinked).values(product_id=product.id))
