"""recordRefund: tell of money given back for an order."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.scalars import DateTime, MinorUnits
from api.shop.loaders import refunds_by_ids
from api.shop.mutations.addressing import storefront_number
from api.shop.order_types import Refund
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import refunds
from shop.drafts import RefundDraft, RefundLineDraft


@strawberry.input(description="What is given back for one line; units or money may be 0, not both.")
class RefundLineInput:
    """As shop.drafts.RefundLineDraft."""

    line_external_id: str = strawberry.field(description="The order line's id.")
    quantity: int = strawberry.field(description="Units given back.")
    amount_minor: MinorUnits = strawberry.field(description="Money given back, in the order's minor units.")


@strawberry.input(description="A refund, whole or in part, of an order that need not be known yet.")
class RecordRefundInput:
    """As shop.drafts.RefundDraft."""

    storefront_id: strawberry.ID | None = strawberry.field(
        default=None, description="Where the order was placed; left out, the storefront whose key was sent."
    )
    external_id: str = strawberry.field(description="The shop's own id of the refund.")
    order_external_id: str = strawberry.field(description="The shop's own id of the order.")
    refunded_at: DateTime = strawberry.field(description="When the money was given back.")
    lines: list[RefundLineInput] = strawberry.field(default_factory=list, description="By line; at most 500.")
    order_level_minor: MinorUnits = strawberry.field(
        default=MinorUnits(0), description="Money of no line, in minor units: spread over what is left of each."
    )

    def draft(self, info: Info) -> RefundDraft:
        """As the room takes it."""
        told = {
            **vars(self),
            "storefront_id": storefront_number(info, self.storefront_id),
            "lines": tuple(RefundLineDraft(**vars(line)) for line in self.lines),
        }
        return RefundDraft(**told)


@error_codes("Why recordRefund did nothing.", CONFLICT="This refund was told before with other content.")
class RecordRefundErrorCode(Enum):
    """Every code of shop.refunds.record_refund."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    CONFLICT = "CONFLICT"
    REFUND_EXCEEDS_ORDER = "REFUND_EXCEEDS_ORDER"
    LINE_NOT_FOUND = "LINE_NOT_FOUND"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    DUPLICATE = "DUPLICATE"
    INVALID_TEXT = "INVALID_TEXT"
    INVALID_QUANTITY = "INVALID_QUANTITY"
    NEGATIVE_AMOUNT = "NEGATIVE_AMOUNT"
    AMOUNT_TOO_LARGE = "AMOUNT_TOO_LARGE"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"
    DATE_TOO_OLD = "DATE_TOO_OLD"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"


@strawberry.type(description="What recordRefund answers.")
class RecordRefundPayload:
    """The refund, or why not."""

    refund: Refund | None = strawberry.field(description="The refund; it waits while its order is unknown.")
    user_errors: list[UserError[RecordRefundErrorCode]] = strawberry.field(description="Empty when it was taken in.")


@mutation(requires=Permission.MANAGE_SHOP)
async def record_refund(
    info: Info, input: RecordRefundInput, idempotency_key: IdempotencyKey = None
) -> RecordRefundPayload:
    """Tell of a refund, before or after its order. Repeats do nothing."""
    draft = input.draft(info)
    outcome = await write(info, input, idempotency_key, lambda session: refunds.record_refund(session, draft))
    if isinstance(outcome, Refusal):
        return RecordRefundPayload(refund=None, user_errors=user_errors(info, RecordRefundErrorCode, outcome))
    found = await info.context.load(refunds_by_ids, cast("int", outcome))
    return RecordRefundPayload(refund=cast("Refund | None", found), user_errors=[])
