"""recordPayment: the shop tells what became of a payment."""

from enum import Enum, StrEnum
from typing import cast

import strawberry

from api.context import Info
from api.enums import described, error_codes
from api.fields import mutation
from api.loyalty.paid_loaders import payments_by_ids
from api.loyalty.paid_types import MembershipPayment
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import payments
from loyalty.payments import Reported


class ReportedOutcome(StrEnum):
    """What a shop can report."""

    PAID = "PAID"
    FAILED = "FAILED"


described(
    ReportedOutcome,
    description="What became of a payment.",
    values={"PAID": "The money has moved.", "FAILED": "It was refused, and is not being tried by you any more."},
)


@strawberry.input(description="A payment and what became of it.")
class RecordPaymentInput:
    """As loyalty.payments.report."""

    payment_id: strawberry.ID = strawberry.field(description="The payment, of `payment.due`.")
    outcome: ReportedOutcome = strawberry.field(description="What became of it.")
    reference: str | None = strawberry.field(default=None, description="Your provider's name of it.")
    failure: str | None = strawberry.field(default=None, description="FAILED: why, a short code.")


@error_codes("Why recordPayment did nothing.")
class RecordPaymentErrorCode(Enum):
    """Every code of loyalty.payments.report."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAYMENT_NOT_FOUND = "PAYMENT_NOT_FOUND"
    CONFLICT = "CONFLICT"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"


@strawberry.type(description="The payment.")
class RecordPaymentPayload:
    """The payment, or why not."""

    payment: MembershipPayment | None = strawberry.field(description="It, as it is now.")
    user_errors: list[UserError[RecordPaymentErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def record_payment(
    info: Info, input: RecordPaymentInput, idempotency_key: IdempotencyKey = None
) -> RecordPaymentPayload:
    """Tell what became of a payment that Fidelio asked for. Safe to repeat."""
    payment_id = id_or_none_such("MembershipPayment", input.payment_id)
    told = Reported(input.outcome is ReportedOutcome.PAID, input.reference, input.failure)
    outcome = await write(info, input, idempotency_key, lambda session: payments.report(session, payment_id, told))
    if isinstance(outcome, Refusal):
        return RecordPaymentPayload(payment=None, user_errors=user_errors(info, RecordPaymentErrorCode, outcome))
    found = await info.context.load(payments_by_ids, cast("int", outcome), None)
    return RecordPaymentPayload(payment=cast("MembershipPayment | None", found), user_errors=[])
