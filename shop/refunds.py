"""Record refunds, before or after their order. How they weigh on an order's lines is shop.facts'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from core import clock, ids
from core.refusal import Refusal
from shop import orders, storefronts
from shop.drafts import RefundDraft, RefundLineDraft
from shop.facts import LineFact, RefundLineFact
from shop.queries import orders as queries
from shop.refusals import ShopRefusal
from shop.tables import Order, Refund, RefundLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRow:
    """A refund as it was told; `order_id` is empty while it is parked."""

    id: int
    external_id: str
    order_id: int | None
    order_external_id: str
    refunded_at: datetime
    currency: str
    order_level_minor: int
    lines: tuple[RefundLineFact, ...]
    type_name: ClassVar[str] = "Refund"

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


def record_refund(session: Session, draft: RefundDraft) -> int | Refusal:
    """Take in a refund; returns its id. Told twice: nothing; other content under its id: CONFLICT.

    A refund of an order not told yet is parked and attached when the order arrives. One of a known order is refused
    when it names a line that is not there, or gives back more units or money than is left.
    """
    refused = draft.refusal() or storefronts.unknown(session, draft.storefront_id)
    if refused is not None:
        return refused
    queries.hold(session, draft.storefront_id, draft.order_external_id)
    known = queries.refund_by_external_id(session, draft.storefront_id, draft.external_id)
    if known is not None:
        same = known.content_hash == draft.content_hash()
        return known.id if same else Refusal(ShopRefusal.CONFLICT, ("externalId",))
    order = queries.order_by_external_id(session, draft.storefront_id, draft.order_external_id)
    if order is None:
        return _write(session, draft, order_id=None)
    return _refund_of(session, order, draft)


def by_ids(session: Session, refund_ids: Sequence[int]) -> dict[int, RefundRow]:
    """The refunds that exist, by id. Two statements."""
    return {
        refund.id: RefundRow(
            id=refund.id,
            external_id=refund.external_id,
            order_id=refund.order_id,
            order_external_id=refund.order_external_id,
            refunded_at=refund.refunded_at,
            currency=currency,
            order_level_minor=refund.order_level_minor,
            lines=tuple(lines),
        )
        for refund, currency, lines in queries.told_refunds(session, refund_ids)
    }


def _refund_of(session: Session, order: Order, draft: RefundDraft) -> int | Refusal:
    exceeding = _exceeding(session, order, draft)
    if exceeding is not None:
        return exceeding
    refund_id = _write(session, draft, order_id=order.id)
    orders.announce_refund(session, order, refund_id)
    return refund_id


def _exceeding(session: Session, order: Order, draft: RefundDraft) -> Refusal | None:
    fact = orders.fact(session, order.id)
    left = {line.external_id: line for line in fact.lines} if fact else {}
    for index, part in enumerate(draft.lines):
        if part.line_external_id not in left:
            return Refusal(ShopRefusal.LINE_NOT_FOUND, ("lines", str(index), "lineExternalId"))
        too_much = _too_much(part, left[part.line_external_id])
        if too_much is not None:
            return Refusal(ShopRefusal.REFUND_EXCEEDS_ORDER, ("lines", str(index), too_much))
    room = sum(line.total_minor - line.refunded_minor for line in left.values())
    if sum(part.amount_minor for part in draft.lines) + draft.order_level_minor > room:
        return Refusal(ShopRefusal.REFUND_EXCEEDS_ORDER, ("orderLevelMinor",))
    return None


def _too_much(part: RefundLineDraft, line: LineFact) -> str | None:
    if part.quantity > line.quantity - line.returned_quantity:
        return "quantity"
    return "amountMinor" if part.amount_minor > line.total_minor - line.refunded_minor else None


def _write(session: Session, draft: RefundDraft, *, order_id: int | None) -> int:
    refund = Refund(
        id=ids.new_id(),
        storefront_id=draft.storefront_id,
        external_id=draft.external_id,
        order_external_id=draft.order_external_id,
        order_id=order_id,
        order_level_minor=draft.order_level_minor,
        content_hash=draft.content_hash(),
        refunded_at=draft.refunded_at,
        recorded_at=clock.now(),
    )
    session.add(refund)
    session.flush()
    for line in draft.lines:
        session.add(
            RefundLine(
                id=ids.new_id(),
                refund_id=refund.id,
                line_external_id=line.line_external_id,
                quantity=line.quantity,
                amount_minor=line.amount_minor,
            )
        )
    session.flush()
    return refund.id
