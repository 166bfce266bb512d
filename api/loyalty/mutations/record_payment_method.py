"""recordPaymentMethod: the shop's server names a card that its payment provider keeps."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.method_types import PaymentMethod
from api.loyalty.paid_loaders import methods_of
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import payment_methods
from loyalty.payment_methods import MethodDraft


@strawberry.input(description="A customer's way to pay.")
class RecordPaymentMethodInput:
    """As loyalty.payment_methods.record."""

    customer_id: strawberry.ID = strawberry.field(description="Whose it is.")
    reference: str = strawberry.field(description="Your provider's token of it, up to 200 characters.")
    fingerprint: str | None = strawberry.field(
        default=None, description="What your provider gives the same card again; kept as a keyed hash, for trials."
    )
    active: bool = strawberry.field(default=True, description="False: it is not charged any more.")


@error_codes("Why recordPaymentMethod did nothing.")
class RecordPaymentMethodErrorCode(Enum):
    """Every code of loyalty.payment_methods.record."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"


@strawberry.type(description="What is on file after it.")
class RecordPaymentMethodPayload:
    """The methods, or why not."""

    payment_methods: list[PaymentMethod] = strawberry.field(
        description="What can be charged, first to be charged first."
    )
    user_errors: list[UserError[RecordPaymentMethodErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def record_payment_method(
    info: Info, input: RecordPaymentMethodInput, idempotency_key: IdempotencyKey = None
) -> RecordPaymentMethodPayload:
    """Put a method of the shop's payment provider on file for a customer, or take it off.

    Only your server knows whose token it is.
    """
    draft = MethodDraft(
        customer_id=id_or_none_such("Customer", input.customer_id),
        reference=input.reference,
        fingerprint=input.fingerprint,
        active=input.active,
    )
    outcome = await write(info, input, idempotency_key, lambda session: payment_methods.record(session, draft))
    if isinstance(outcome, Refusal):
        return RecordPaymentMethodPayload(
            payment_methods=[], user_errors=user_errors(info, RecordPaymentMethodErrorCode, outcome)
        )
    found = await info.context.rooms.read(methods_of, cast("int", outcome))
    return RecordPaymentMethodPayload(payment_methods=cast("list[PaymentMethod]", found), user_errors=[])
