"""recordOrder: tell of an order, new or changed."""

from collections.abc import Mapping
from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import described, error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.scalars import CurrencyCode, DateTime, MinorUnits
from api.shop.loaders import orders_by_ids
from api.shop.mutations.addressing import storefront_number
from api.shop.order_types import Order
from api.writing import IdempotencyKey, write
from core.idempotency import Answer
from core.identity import Permission
from core.refusal import Refusal
from shop import orders
from shop.drafts import CustomerKeys, LineDraft, OrderDraft
from shop.orders import Outcome
from shop.tables import OrderState

described(
    Outcome,
    name="RecordOrderOutcome",
    description="What recording an order did.",
    values={
        "CREATED": "The order was not known before.",
        "UPDATED": "It took the place of what was told before.",
        "UNCHANGED": "The same was told before.",
        "OUTDATED": "A newer telling is known; nothing was done.",
    },
)


@strawberry.input(description="By what the buyer may be recognised: external id, then the order's e-mail, then theirs.")
class OrderCustomerInput:
    """As shop.drafts.CustomerKeys."""

    external_id: str | None = strawberry.field(default=None, description="The shop's own id of the customer.")
    order_email: str | None = strawberry.field(default=None, description="The e-mail given with the order.")
    email: str | None = strawberry.field(default=None, description="The customer's own e-mail.")
    email_confirmed: bool = strawberry.field(
        default=False, description="Whether the shop has proof that the customer's own e-mail is theirs."
    )

    def keys(self) -> CustomerKeys:
        """As the room takes them."""
        return CustomerKeys(
            external_id=self.external_id,
            order_email=self.order_email,
            customer_email=self.email,
            email_confirmed=self.email_confirmed,
        )


@strawberry.input(description="One line of an order.")
class OrderLineInput:
    """As shop.drafts.LineDraft."""

    external_id: str = strawberry.field(description="The shop's own id of the line.")
    title: str = strawberry.field(description="What the buyer saw.")
    quantity: int = strawberry.field(description="Units bought, at least 1.")
    total_minor: MinorUnits = strawberry.field(
        description="The whole line in minor units, after discounts, taxed as the shop shows its prices."
    )
    variant_external_id: str | None = strawberry.field(
        default=None, description="The shop's id of the variant; looked for before the product's."
    )
    product_external_id: str | None = strawberry.field(default=None, description="The shop's id of the product.")
    sku: str | None = strawberry.field(default=None, description="The SKU, looked for last.")


@strawberry.input(description="An order as it is at `updatedAt`. Tell it whenever it changes, in any order of arrival.")
class RecordOrderInput:
    """As shop.drafts.OrderDraft."""

    storefront_id: strawberry.ID | None = strawberry.field(
        default=None, description="Where it was placed; left out, the storefront whose key was sent."
    )
    external_id: str = strawberry.field(description="The shop's own id.")
    customer: OrderCustomerInput | None = strawberry.field(default=None, description="Who bought.")
    state: OrderState = strawberry.field(description="Whether it is paid; only a paid order earns.")
    currency: CurrencyCode = strawberry.field(description="The currency of all its amounts.")
    lines: list[OrderLineInput] = strawberry.field(description="1 to 500 lines.")
    shipping_minor: MinorUnits = strawberry.field(
        default=MinorUnits(0), description="Paid for shipping, in minor units."
    )
    tax_minor: MinorUnits = strawberry.field(
        default=MinorUnits(0), description="Tax of the whole order, in minor units."
    )
    points_paid_minor: MinorUnits = strawberry.field(
        default=MinorUnits(0), description="The part paid with points or gift cards, in minor units; it earns nothing."
    )
    placed_at: DateTime = strawberry.field(description="When it was placed.")
    paid_at: DateTime | None = strawberry.field(default=None, description="When it was paid; left out, when placed.")
    updated_at: DateTime = strawberry.field(description="When the shop last changed it: the newest telling counts.")

    def draft(self, info: Info) -> OrderDraft:
        """As the room takes it."""
        told = {
            **vars(self),
            "storefront_id": storefront_number(info, self.storefront_id),
            "customer": self.customer.keys() if self.customer else CustomerKeys(),
            "lines": tuple(LineDraft(**vars(line)) for line in self.lines),
        }
        return OrderDraft(**told)


@error_codes("Why recordOrder did nothing.", CONFLICT="The same update time was told before with other content.")
class RecordOrderErrorCode(Enum):
    """Every code of shop.orders.record."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    CONFLICT = "CONFLICT"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    DUPLICATE = "DUPLICATE"
    INVALID_TEXT = "INVALID_TEXT"
    INVALID_EMAIL = "INVALID_EMAIL"
    INVALID_CURRENCY = "INVALID_CURRENCY"
    INVALID_QUANTITY = "INVALID_QUANTITY"
    NEGATIVE_AMOUNT = "NEGATIVE_AMOUNT"
    AMOUNT_TOO_LARGE = "AMOUNT_TOO_LARGE"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"
    DATE_TOO_OLD = "DATE_TOO_OLD"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"


@strawberry.type(description="What recordOrder answers.")
class RecordOrderPayload:
    """The order and what became of the telling, or why not."""

    order: Order | None = strawberry.field(description="The order as it is now.")
    outcome: Outcome | None = strawberry.field(description="What this telling did.")
    user_errors: list[UserError[RecordOrderErrorCode]] = strawberry.field(description="Empty when it was taken in.")


@mutation(requires=Permission.MANAGE_SHOP)
async def record_order(
    info: Info, input: RecordOrderInput, idempotency_key: IdempotencyKey = None
) -> RecordOrderPayload:
    """Tell of an order. Repeats do nothing, a newer telling replaces the lines, an older one is ignored."""
    draft = input.draft(info)
    outcome = await write(info, input, idempotency_key, lambda session: _record(session, draft))
    if isinstance(outcome, Refusal):
        return RecordOrderPayload(
            order=None, outcome=None, user_errors=user_errors(info, RecordOrderErrorCode, outcome)
        )
    answer = cast("Mapping[str, int | str]", outcome)
    found = await info.context.load(orders_by_ids, cast("int", answer["orderId"]))
    return RecordOrderPayload(
        order=cast("Order | None", found), outcome=Outcome(str(answer["outcome"])), user_errors=[]
    )


def _record(session: Session, draft: OrderDraft) -> Answer | Refusal:
    recorded = orders.record(session, draft)
    if isinstance(recorded, Refusal):
        return recorded
    return {"orderId": recorded.order_id, "outcome": recorded.outcome.value}
