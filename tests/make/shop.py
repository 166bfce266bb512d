"""Builders of what the shop tells: only what a test is about needs passing. Ids come back, as from the room itself."""

import itertools
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from shop import customers, families, orders, products, refunds, storefronts
from shop.customers import CustomerDraft
from shop.drafts import CustomerKeys, LineDraft, OrderDraft, RefundDraft, RefundLineDraft
from shop.families import FamilyDraft
from shop.products import ListingDraft, ProductDraft
from shop.storefronts import StorefrontDraft
from shop.tables import OrderState

Made = TypeVar("Made")

_numbers = itertools.count(1)


def storefront_draft(
    handle: str = "paris",
    *,
    locale: str = "fr-FR",
    currency: str = "EUR",
    time_zone: str = "Europe/Paris",
    shopify_secret: str | None = None,
) -> StorefrontDraft:
    """A storefront at https://<handle>.example."""
    return StorefrontDraft(
        handle=handle,
        name=handle.title(),
        origin=f"https://{handle}.example",
        locale=locale,
        currency=currency,
        time_zone=time_zone,
        product_url=f"https://{handle}.example/products/{{handle}}",
        allowed_origins=(f"https://{handle}.example",),
        shopify_secret=shopify_secret,
    )


def storefront(
    session: Session,
    handle: str = "paris",
    *,
    locale: str = "fr-FR",
    currency: str = "EUR",
    time_zone: str = "Europe/Paris",
    shopify_secret: str | None = None,
) -> int:
    """The storefront of this handle; made once, then found."""
    draft = storefront_draft(
        handle, locale=locale, currency=currency, time_zone=time_zone, shopify_secret=shopify_secret
    )
    return accepted(storefronts.record(session, draft))


def product(
    session: Session,
    handle: str | None = None,
    *,
    name: str | None = None,
    external_id: str | None = None,
    sku: str | None = None,
    brand: str | None = None,
    category: str | None = None,
    gtin: str | None = None,
    open_for_reviews: bool = True,
    listings: tuple[ListingDraft, ...] = (),
) -> int:
    """A product; its external id is its handle with "ext-" before it."""
    handle = handle or f"product-{next(_numbers)}"
    draft = ProductDraft(
        external_id=external_id or f"ext-{handle}",
        handle=handle,
        name=name or handle.replace("-", " ").title(),
        sku=sku,
        brand=brand,
        category=category,
        gtin=gtin,
        open_for_reviews=open_for_reviews,
        listings=listings,
    )
    return accepted(products.record(session, draft))


def family(session: Session, *product_ids: int, external_id: str | None = None) -> int:
    """A family of these products."""
    name = external_id or f"family-{next(_numbers)}"
    return accepted(families.record(session, FamilyDraft(external_id=name, name=name, product_ids=product_ids)))


def customer(
    session: Session,
    external_id: str | None = None,
    *,
    storefront_id: int | None = None,
    email: str | None = None,
    email_confirmed: bool = True,
    first_name: str = "Camille",
    last_name: str = "Roux",
    locale: str | None = None,
) -> int:
    """A customer with an account of this id and a confirmed e-mail <id>@mail.example."""
    external_id = external_id or f"customer-{next(_numbers)}"
    draft = CustomerDraft(
        storefront_id=storefront_id or storefront(session),
        external_id=external_id,
        email=email or f"{external_id}@mail.example",
        email_confirmed=email_confirmed,
        first_name=first_name,
        last_name=last_name,
        locale=locale,
    )
    return accepted(customers.record(session, draft))


def line(
    total_minor: int = 1000,
    *,
    external_id: str = "line-1",
    product: str | None = None,
    quantity: int = 1,
) -> LineDraft:
    """A line of an order; `product` is a handle, or an external id."""
    known = product is None or product.startswith("ext-")
    return LineDraft(
        external_id=external_id,
        title="Line",
        quantity=quantity,
        total_minor=total_minor,
        product_external_id=product if known else f"ext-{product}",
    )


def order_draft(
    storefront_id: int,
    *lines: LineDraft,
    external_id: str | None = None,
    customer: str | None = None,
    email: str | None = None,
    state: OrderState = OrderState.PAID,
    currency: str = "EUR",
    placed_at: datetime | None = None,
    paid_at: datetime | None = None,
    updated_at: datetime | None = None,
    shipping_minor: int = 0,
    points_paid_minor: int = 0,
) -> OrderDraft:
    """A paid order of one line of 10.00, placed now; `customer` is an external id."""
    placed_at = placed_at or clock.now()
    return OrderDraft(
        storefront_id=storefront_id,
        external_id=external_id or f"order-{next(_numbers)}",
        customer=CustomerKeys(external_id=customer, order_email=email),
        state=state,
        currency=currency,
        lines=lines or (line(),),
        placed_at=placed_at,
        paid_at=paid_at,
        updated_at=updated_at or placed_at,
        shipping_minor=shipping_minor,
        points_paid_minor=points_paid_minor,
    )


def order(
    session: Session,
    *lines: LineDraft,
    storefront_id: int | None = None,
    external_id: str | None = None,
    customer: str | None = None,
    email: str | None = None,
    state: OrderState = OrderState.PAID,
    currency: str = "EUR",
    placed_at: datetime | None = None,
    updated_at: datetime | None = None,
    shipping_minor: int = 0,
    points_paid_minor: int = 0,
) -> int:
    """`order_draft`, recorded."""
    draft = order_draft(
        storefront_id or storefront(session),
        *lines,
        external_id=external_id,
        customer=customer,
        email=email,
        state=state,
        currency=currency,
        placed_at=placed_at,
        updated_at=updated_at,
        shipping_minor=shipping_minor,
        points_paid_minor=points_paid_minor,
    )
    return accepted(orders.record(session, draft)).order_id


def refund_draft(
    storefront_id: int,
    order_external_id: str,
    *lines: tuple[str, int, int],
    external_id: str | None = None,
    refunded_at: datetime | None = None,
    order_level_minor: int = 0,
) -> RefundDraft:
    """A refund of lines given as (line external id, quantity, amount in minor units)."""
    return RefundDraft(
        storefront_id=storefront_id,
        external_id=external_id or f"refund-{next(_numbers)}",
        order_external_id=order_external_id,
        refunded_at=refunded_at or clock.now(),
        lines=tuple(
            RefundLineDraft(line_external_id=line_id, quantity=quantity, amount_minor=amount)
            for line_id, quantity, amount in lines
        ),
        order_level_minor=order_level_minor,
    )


def refund(
    session: Session,
    order_external_id: str,
    *lines: tuple[str, int, int],
    storefront_id: int | None = None,
    external_id: str | None = None,
    refunded_at: datetime | None = None,
    order_level_minor: int = 0,
) -> int:
    """`refund_draft`, recorded."""
    draft = refund_draft(
        storefront_id or storefront(session),
        order_external_id,
        *lines,
        external_id=external_id,
        refunded_at=refunded_at,
        order_level_minor=order_level_minor,
    )
    return accepted(refunds.record_refund(session, draft))


def accepted(outcome: Made | Refusal) -> Made:
    """What a room gave, known not to be a refusal."""
    assert not isinstance(outcome, Refusal), outcome
    return outcome
