"""grantEligibility: a customer has proved what a plan asks for."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.method_types import Eligibility
from api.loyalty.paid_loaders import eligibilities_of
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.scalars import DateTime
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import plans
from loyalty.plans import EligibilityDraft


@strawberry.input(description="A customer and what they hold.")
class GrantEligibilityInput:
    """As loyalty.plans.grant."""

    customer_id: strawberry.ID = strawberry.field(description="Who.")
    attribute: str = strawberry.field(description="What, as plans name it in `eligibility`.")
    until: DateTime = strawberry.field(description="To when.")


@error_codes("Why grantEligibility did nothing.")
class GrantEligibilityErrorCode(Enum):
    """Every code of loyalty.plans.grant."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
    INVALID_CODE = "INVALID_CODE"


@strawberry.type(description="What the customer holds after it.")
class GrantEligibilityPayload:
    """What they hold, or why not."""

    eligibilities: list[Eligibility] = strawberry.field(description="By attribute.")
    user_errors: list[UserError[GrantEligibilityErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def grant_eligibility(
    info: Info, input: GrantEligibilityInput, idempotency_key: IdempotencyKey = None
) -> GrantEligibilityPayload:
    """Note that a customer holds an attribute, such as `student`, until an instant; one that is past ends it.

    Your server has seen the proof; none is kept.
    """
    caller = info.context.caller
    draft = EligibilityDraft(
        customer_id=id_or_none_such("Customer", input.customer_id),
        attribute=input.attribute,
        until=input.until,
        actor_id=caller.staff_id or caller.service_key_id or 0,
    )
    outcome = await write(info, input, idempotency_key, lambda session: plans.grant(session, draft))
    if isinstance(outcome, Refusal):
        return GrantEligibilityPayload(
            eligibilities=[], user_errors=user_errors(info, GrantEligibilityErrorCode, outcome)
        )
    found = await info.context.rooms.read(eligibilities_of, cast("int", outcome))
    return GrantEligibilityPayload(eligibilities=cast("list[Eligibility]", found), user_errors=[])
