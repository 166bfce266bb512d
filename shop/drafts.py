"""Orders and refunds as callers hand them over, and what is refused about their form. Recording is elsewhere."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from core import money
from core.idempotency import fingerprint
from core.refusal import Refusal
from shop import emails, validation
from shop.refusals import ShopRefusal
from shop.tables import OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerKeys:
    """By what a buyer may be recognised. `email_confirmed`: the shop has proof that `customer_email` is the buyer's."""

    external_id: str | None = None
    order_email: str | None = None
    customer_email: str | None = None
    email_confirmed: bool = False

    def refusal(self, path: tuple[str, ...]) -> Refusal | None:
        """What is wrong with the keys' form."""
        return validation.first(
            validation.text(
                self.external_id, (*path, "externalId"), maximum=validation.MAX_EXTERNAL_ID, required=False
            ),
            _email(self.order_email, (*path, "orderEmail")),
            _email(self.customer_email, (*path, "email")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One line. `total_minor` is for the whole line, after discounts, taxed as the shop shows its prices.

    The product is looked for by `variant_external_id`, then `product_external_id`, then `sku`; a line whose product is
    not known yet finds it when the product is recorded.
    """

    external_id: str
    title: str
    quantity: int
    total_minor: int
    product_external_id: str | None = None
    variant_external_id: str | None = None
    sku: str | None = None

    def refusal(self, path: tuple[str, ...]) -> Refusal | None:
        """What is wrong with the line."""
        return validation.first(
            validation.external_id(self.external_id, (*path, "externalId")),
            validation.text(self.title, (*path, "title"), maximum=validation.MAX_NAME),
            validation.quantity(self.quantity, (*path, "quantity")),
            validation.amount(self.total_minor, (*path, "totalMinor")),
            *(
                validation.text(value, (*path, name), maximum=validation.MAX_EXTERNAL_ID, required=False)
                for name, value in (
                    ("productExternalId", self.product_external_id),
                    ("variantExternalId", self.variant_external_id),
                    ("sku", self.sku),
                )
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """An order as the shop tells it at `updated_at`. A paid one without `paid_at` counts as paid when placed."""

    storefront_id: int
    external_id: str
    state: OrderState
    currency: str
    lines: tuple[LineDraft, ...]
    placed_at: datetime
    updated_at: datetime
    customer: CustomerKeys = CustomerKeys()
    paid_at: datetime | None = None
    shipping_minor: int = 0
    tax_minor: int = 0
    points_paid_minor: int = 0

    def refusal(self) -> Refusal | None:
        """What is wrong with the order's form, by the first field at fault."""
        return validation.first(
            validation.external_id(self.external_id, ("externalId",)),
            validation.currency(self.currency, ("currency",)),
            validation.amount(self.shipping_minor, ("shippingMinor",)),
            validation.amount(self.tax_minor, ("taxMinor",)),
            validation.amount(self.points_paid_minor, ("pointsPaidMinor",)),
            validation.past(self.placed_at, ("placedAt",)),
            validation.past(self.paid_at, ("paidAt",)),
            validation.past(self.updated_at, ("updatedAt",)),
            self.customer.refusal(("customer",)),
            self._lines_refusal,
        )

    def _lines_refusal(self) -> Refusal | None:
        return validation.first(
            None if self.lines else Refusal(ShopRefusal.REQUIRED, ("lines",)),
            validation.at_most(len(self.lines), validation.MAX_LINES, ("lines",)),
            *(line.refusal(("lines", str(index))) for index, line in enumerate(self.lines[: validation.MAX_LINES])),
            validation.distinct([line.external_id for line in self.lines], ("lines",)),
            # the ledger and the metrics add whole orders up: the sum must stay countable as well
            validation.amount(min(self.total_minor, money.MAX_AMOUNT_MINOR + 1), ("lines",)),
        )

    @property
    def total_minor(self) -> int:
        """All lines together, shipping aside."""
        return sum(line.total_minor for line in self.lines)

    def content_hash(self) -> str:
        """Equal for two tellings of the same order, whenever told and in whatever order of lines."""
        told = dataclasses.asdict(self)
        del told["updated_at"]
        told["lines"] = sorted(told["lines"], key=lambda line: str(line["external_id"]))
        return fingerprint(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLineDraft:
    """Units and money given back for one line of the order; either may be 0, not both."""

    line_external_id: str
    quantity: int
    amount_minor: int

    def refusal(self, path: tuple[str, ...]) -> Refusal | None:
        """What is wrong with the line."""
        empty = self.quantity == 0 and self.amount_minor == 0
        return validation.first(
            validation.external_id(self.line_external_id, (*path, "lineExternalId")),
            validation.quantity(self.quantity, (*path, "quantity"), minimum=0),
            validation.amount(self.amount_minor, (*path, "amountMinor")),
            Refusal(ShopRefusal.INVALID_QUANTITY, (*path, "quantity")) if empty else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDraft:
    """Money given back for an order, which need not be known yet.

    `order_level_minor` is what belongs to no line (a gesture, a rounding); it counts as given back for all lines, in
    proportion to what is left of each.
    """

    storefront_id: int
    external_id: str
    order_external_id: str
    refunded_at: datetime
    lines: tuple[RefundLineDraft, ...] = ()
    order_level_minor: int = 0

    def refusal(self) -> Refusal | None:
        """What is wrong with the refund's form, by the first field at fault."""
        empty = not self.lines and self.order_level_minor == 0
        return validation.first(
            validation.external_id(self.external_id, ("externalId",)),
            validation.external_id(self.order_external_id, ("orderExternalId",)),
            validation.past(self.refunded_at, ("refundedAt",)),
            validation.amount(self.order_level_minor, ("orderLevelMinor",)),
            Refusal(ShopRefusal.REQUIRED, ("lines",)) if empty else None,
            validation.at_most(len(self.lines), validation.MAX_LINES, ("lines",)),
            *(line.refusal(("lines", str(index))) for index, line in enumerate(self.lines[: validation.MAX_LINES])),
            validation.distinct([line.line_external_id for line in self.lines], ("lines",)),
        )

    def content_hash(self) -> str:
        """Equal for two tellings of the same refund."""
        told = dataclasses.asdict(self)
        told["lines"] = sorted(told["lines"], key=lambda line: str(line["line_external_id"]))
        return fingerprint(told)


def _email(value: str | None, path: tuple[str, ...]) -> Refusal | None:
    if value is None or emails.normalise(value) is not None:
        return None
    return Refusal(ShopRefusal.INVALID_EMAIL, path)
