"""consentToPrice: a member agrees to a plan's higher price."""

from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.paid_loaders import paid_by_ids
from api.loyalty.paid_types import PaidMembership
from api.loyalty.seeing import own_or_all
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.scalars import MinorUnits
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import paid


@strawberry.input(description="Which paid membership, and the price agreed to.")
class ConsentToPriceInput:
    """As loyalty.paid.consent."""

    paid_membership_id: strawberry.ID = strawberry.field(description="Which.")
    price_minor: MinorUnits = strawberry.field(description="The price as it was shown to the member.")


@error_codes("Why consentToPrice did nothing.")
class ConsentToPriceErrorCode(Enum):
    """Every code of loyalty.paid.consent."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAID_MEMBERSHIP_NOT_FOUND = "PAID_MEMBERSHIP_NOT_FOUND"
    NOT_NOW = "NOT_NOW"
    PRICE_CHANGED = "PRICE_CHANGED"


@strawberry.type(description="The paid membership after it.")
class ConsentToPricePayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="It.")
    user_errors: list[UserError[ConsentToPriceErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def consent_to_price(
    info: Info, input: ConsentToPriceInput, idempotency_key: IdempotencyKey = None
) -> ConsentToPricePayload:
    """Agree to the plan's present price from the next period on."""
    caller, paid_membership_id = info.context.caller, id_or_none_such("PaidMembership", input.paid_membership_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: paid.consent(
            session,
            paid_membership_id,
            price_minor=input.price_minor,
            customer_id=customer_of(session, caller),
        ),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, ConsentToPriceErrorCode, outcome)
        return ConsentToPricePayload(paid_membership=None, user_errors=errors)
    found = await info.context.load(paid_by_ids, cast("int", outcome), own_or_all(info))
    return ConsentToPricePayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])
