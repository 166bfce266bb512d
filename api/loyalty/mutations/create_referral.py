"""createReferral: a member's code to pass on to friends."""

from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.mutations.referral_inputs import ShopperTracesInput, shown
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import referrals


@strawberry.input(description="The program whose referral code is wanted.")
class CreateReferralInput:
    """One program."""

    program_id: strawberry.ID = strawberry.field(description="The program, of which the customer is a member.")
    shopper: ShopperTracesInput | None = strawberry.field(default=None, description="What was seen of the shopper.")


@error_codes("Why createReferral did nothing.")
class CreateReferralErrorCode(Enum):
    """Every code of loyalty.referrals.create_code."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    TOO_LONG = "TOO_LONG"


@strawberry.type(description="The member's code.")
class CreateReferralPayload:
    """The code, or why not."""

    code: str | None = strawberry.field(description="Drawn when first asked for, and the same ever after.")
    user_errors: list[UserError[CreateReferralErrorCode]] = strawberry.field(description="Empty when there is a code.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def create_referral(
    info: Info, input: CreateReferralInput, idempotency_key: IdempotencyKey = None
) -> CreateReferralPayload:
    """Get one's code to pass on. A friend who accepts it and buys brings points to both."""
    caller, program_id = info.context.caller, id_or_none_such("Program", input.program_id)
    seen = shown(input.shopper)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: referrals.create_code(
            session, customer_id=customer_of(session, caller), program_id=program_id, shown=seen
        ),
    )
    if isinstance(outcome, Refusal):
        return CreateReferralPayload(code=None, user_errors=user_errors(info, CreateReferralErrorCode, outcome))
    return CreateReferralPayload(code=cast("str", outcome), user_errors=[])
