"""Customers, orders and refunds as the API shows them, to staff, the merchant's systems and the customer alone."""

import asyncio
from datetime import date
from typing import cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.enums import described
from api.fields import field
from api.nodes import Node
from api.root import node_type
from api.scalars import DateTime, Money
from api.shop.loaders import customers_by_ids, orders_by_ids, products_by_ids, refunds_by_ids
from api.shop.types import Product
from core import money
from core.identity import Caller, Permission
from shop import consents
from shop.facts import LineFact, OrderFact
from shop.refunds import RefundRow
from shop.tables import Customer as CustomerEntity
from shop.tables import OrderState

described(
    OrderState,
    description="Whether an order is paid; only a paid one earns.",
    values={
        "PENDING": "It is placed and not paid.",
        "PAID": "It is paid: it earns.",
        "CANCELLED": "It is called off: what it earned is taken back.",
    },
)


# who buys, who reads of buyers, and the systems that tell of them
BUYER_AND_MERCHANT = (Permission.ACT_AS_CUSTOMER, Permission.READ_MEMBERS, Permission.MANAGE_SHOP)


@seen_by(*BUYER_AND_MERCHANT)
@strawberry.type(description="That a customer agreed to a purpose, or withdrew from it.")
class Consent:
    """A shop.tables.Consent."""

    purpose: str = strawberry.field(description="What for.")
    granted: bool = strawberry.field(description="Whether the customer agrees.")
    source: str = strawberry.field(description="Where it was said.")
    at: DateTime = strawberry.field(description="When it was said.")


@seen_by(*BUYER_AND_MERCHANT)
@strawberry.type(
    description="A person who buys. Seen by staff with READ_MEMBERS, the merchant's systems and themselves."
)
class Customer(Node):
    """A shop.tables.Customer."""

    email: str | None = strawberry.field(description="Their e-mail.")
    email_confirmed: bool = strawberry.field(description="Whether the shop has proof that the e-mail is theirs.")
    first_name: str | None = strawberry.field(description="Given name.")
    last_name: str | None = strawberry.field(description="Family name.")
    birthday: date | None = strawberry.field(description="Date of birth, when they gave it.")
    locale: str | None = strawberry.field(description="The language they chose, BCP 47.")
    time_zone: str | None = strawberry.field(description="Their IANA time zone.")
    created_at: DateTime = strawberry.field(description="When they were first heard of.")

    @field()
    async def consents(self, info: Info) -> list[Consent]:
        """Their newest word on each purpose."""
        customer = cast("CustomerEntity", self)
        return cast("list[Consent]", await info.context.load(consents.current_of, customer.id) or [])


@seen_by(*BUYER_AND_MERCHANT)
@strawberry.type(description="One line of an order.")
class OrderLine:
    """A shop.facts.LineFact with its order's currency."""

    fact: strawberry.Private[LineFact]
    currency: strawberry.Private[str]
    external_id: str = strawberry.field(description="The shop's own id of the line.")
    quantity: int = strawberry.field(description="Units bought.")
    returned_quantity: int = strawberry.field(description="Units given back.")
    total: Money = strawberry.field(description="The whole line after discounts, taxed as the shop shows its prices.")
    refunded: Money = strawberry.field(description="Money given back.")

    @classmethod
    def of(cls, fact: LineFact, currency: str) -> "OrderLine":
        """The line as the contract has it."""
        return cls(
            fact=fact,
            currency=currency,
            external_id=fact.external_id,
            quantity=fact.quantity,
            returned_quantity=fact.returned_quantity,
            total=Money.of(money.Money(fact.total_minor, currency)),
            refunded=Money.of(money.Money(fact.refunded_minor, currency)),
        )

    @field()
    async def product(self, info: Info) -> Product | None:
        """What was bought, when the shop has told us of it."""
        if self.fact.product_id is None:
            return None
        caller = info.context.caller
        found = await info.context.load(products_by_ids, self.fact.product_id, caller.storefront_id)
        return cast("Product | None", found)


@seen_by(*BUYER_AND_MERCHANT)
@strawberry.type(description="An order as last told, with its refunds set against its lines.")
class Order(Node):
    """A shop.facts.OrderFact."""

    external_id: str = strawberry.field(description="The shop's own id.")
    state: OrderState = strawberry.field(description="Whether it is paid.")
    version: int = strawberry.field(description="Grows with each newer content.")
    placed_at: DateTime = strawberry.field(description="When it was placed.")
    paid_at: DateTime | None = strawberry.field(description="When it was paid.")

    @field()
    def lines(self) -> list[OrderLine]:
        """Its lines; at most 500."""
        order = cast("OrderFact", self)
        return [OrderLine.of(line, order.currency) for line in order.lines]

    @field()
    def shipping(self) -> Money:
        """What was paid for shipping."""
        order = cast("OrderFact", self)
        return Money.of(money.Money(order.shipping_minor, order.currency))

    @field()
    async def customer(self, info: Info) -> Customer | None:
        """The buyer, when recognised."""
        customer_id = cast("OrderFact", self).customer_id
        if customer_id is None or not _may_see_person(info.context.caller, customer_id):
            return None
        return cast("Customer | None", await info.context.load(customers_by_ids, customer_id))

    @field()
    async def refunds(self, info: Info) -> "list[Refund]":
        """Its refunds, in the order in which they happened."""
        asked = (info.context.load(refunds_by_ids, refund.id) for refund in cast("OrderFact", self).refunds)
        # together: one after the other, each would be a batch of its own
        found = await asyncio.gather(*asked)
        return cast("list[Refund]", [refund for refund in found if refund is not None])


@seen_by(*BUYER_AND_MERCHANT)
@strawberry.type(description="Money given back for an order, as told.")
class Refund(Node):
    """A shop.refunds.RefundRow."""

    external_id: str = strawberry.field(description="The shop's own id.")
    order_external_id: str = strawberry.field(description="The order's, which may not have been told yet.")
    refunded_at: DateTime = strawberry.field(name="at", description="When the money was given back.")

    @field()
    def order_level(self) -> Money:
        """Money that the shop tied to no line."""
        row = cast("RefundRow", self)
        return Money.of(money.Money(row.order_level_minor, row.currency))

    @field()
    def lines(self) -> "list[RefundLine]":
        """What it gives back by line."""
        row = cast("RefundRow", self)
        return [
            RefundLine(
                line_external_id=line.line_external_id,
                quantity=line.quantity,
                amount=Money.of(money.Money(line.amount_minor, row.currency)),
            )
            for line in row.lines
        ]

    @field()
    async def order(self, info: Info) -> Order | None:
        """The order; null while the refund waits for it."""
        order_id = cast("RefundRow", self).order_id
        return None if order_id is None else cast("Order | None", await info.context.load(orders_by_ids, order_id))


@seen_by(*BUYER_AND_MERCHANT)
@strawberry.type(description="What a refund gives back for one line.")
class RefundLine:
    """A shop.facts.RefundLineFact."""

    line_external_id: str = strawberry.field(description="The order line's id.")
    quantity: int = strawberry.field(description="Units given back.")
    amount: Money = strawberry.field(description="Money given back.")


def _may_see_person(caller: Caller, customer_id: int) -> bool:
    return caller.may(Permission.READ_MEMBERS) or caller.customer_id == customer_id


def _may_see_order(caller: Caller, order: OrderFact) -> bool:
    own = order.customer_id is not None and order.customer_id == caller.customer_id
    return own or caller.may(Permission.READ_MEMBERS) or caller.may(Permission.MANAGE_SHOP)


@node_type("Customer")
async def find_customer(info: Info, number: int) -> object | None:
    """Oneself, or anyone for those who read members."""
    if not _may_see_person(info.context.caller, number):
        return None
    return await info.context.load(customers_by_ids, number)


@node_type("Order")
async def find_order(info: Info, number: int) -> object | None:
    """One's own, or any for those who read members or manage the shop."""
    order = await info.context.load(orders_by_ids, number)
    return order if order is not None and _may_see_order(info.context.caller, order) else None


@node_type("Refund")
async def find_refund(info: Info, number: int) -> object | None:
    """As the order it belongs to; a parked one for those who manage the shop."""
    refund = await info.context.load(refunds_by_ids, number)
    if refund is None or info.context.caller.may(Permission.MANAGE_SHOP):
        return refund
    return refund if refund.order_id and await find_order(info, refund.order_id) else None
