"""What other rooms may know of an order, and how its refunds are set against its lines. Reading it is shop.orders'."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from core import ids
from core.rounding import largest_remainder
from shop.tables import OrderState


@dataclass(frozen=True, slots=True)
class RefundLineFact:
    """Units and money that one refund gave back for one line; never more than was left of it."""

    line_external_id: str
    quantity: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class RefundFact:
    """A refund with all its money on lines. In an OrderFact refunds stand in the order in which they happened."""

    id: int
    external_id: str
    refunded_at: datetime
    lines: tuple[RefundLineFact, ...]


@dataclass(frozen=True, slots=True)
class LineFact:
    """A line of the order's present version. `total_minor` is before refunds, `refunded_minor` is at most that."""

    external_id: str
    product_id: int | None
    family_id: int | None
    category: str | None
    brand: str | None
    quantity: int
    total_minor: int
    returned_quantity: int = 0
    refunded_minor: int = 0

    @property
    def is_wholly_refunded(self) -> bool:
        """Whether all units came back, or all the money of a line that cost something."""
        return self.returned_quantity >= self.quantity or 0 < self.total_minor <= self.refunded_minor


@dataclass(frozen=True, slots=True)
class OrderFact:
    """An order as other rooms may know it."""

    id: int
    storefront_id: int
    external_id: str
    customer_id: int | None
    currency: str
    state: OrderState
    version: int
    placed_at: datetime
    paid_at: datetime | None
    shipping_minor: int
    points_paid_minor: int
    lines: tuple[LineFact, ...]
    refunds: tuple[RefundFact, ...]
    type_name: ClassVar[str] = "Order"

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


@dataclass(frozen=True, slots=True)
class ToldRefund:
    """A refund as recorded: what it says of lines, and what belongs to none."""

    id: int
    external_id: str
    refunded_at: datetime
    order_level_minor: int
    lines: tuple[RefundLineFact, ...]


def settle(
    lines: Sequence[LineFact], refunds: Iterable[ToldRefund]
) -> tuple[tuple[LineFact, ...], tuple[RefundFact, ...]]:
    """Lines with what came back of each, and refunds with all their money on lines.

    Refunds count in the order of their instants, so the outcome is the same however they arrived. What exceeds a line
    (a refund that was parked, an order that shrank) is cut off, and lines that are not there are left out.
    """
    left = {line.external_id: line for line in lines}
    settled: list[RefundFact] = []
    for refund in sorted(refunds, key=lambda told: (told.refunded_at, told.external_id)):
        parts = _parts(left, refund)
        for part in parts:
            left[part.line_external_id] = _less(left[part.line_external_id], part)
        settled.append(RefundFact(refund.id, refund.external_id, refund.refunded_at, parts))
    return tuple(left.values()), tuple(settled)


def _parts(left: dict[str, LineFact], refund: ToldRefund) -> tuple[RefundLineFact, ...]:
    own = {
        part.line_external_id: _cut(part, left[part.line_external_id])
        for part in refund.lines
        if part.line_external_id in left
    }
    lines = list(left.values())
    room = [line.total_minor - line.refunded_minor - _amount(own.get(line.external_id)) for line in lines]
    shares = largest_remainder(min(refund.order_level_minor, sum(room)), room) if lines else []
    for line, share in zip(lines, shares, strict=True):
        told = own.get(line.external_id, RefundLineFact(line.external_id, 0, 0))
        own[line.external_id] = replace(told, amount_minor=told.amount_minor + share)
    return tuple(part for part in own.values() if part.quantity or part.amount_minor)


def _cut(part: RefundLineFact, line: LineFact) -> RefundLineFact:
    units = min(part.quantity, line.quantity - line.returned_quantity)
    return replace(part, quantity=units, amount_minor=min(part.amount_minor, line.total_minor - line.refunded_minor))


def _less(line: LineFact, part: RefundLineFact) -> LineFact:
    return replace(
        line,
        returned_quantity=line.returned_quantity + part.quantity,
        refunded_minor=line.refunded_minor + part.amount_minor,
    )


def _amount(part: RefundLineFact | None) -> int:
    return 0 if part is None else part.amount_minor
