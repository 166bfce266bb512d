"""acceptReferral: a new member says whose code brought them."""

from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import referrals_by_ids
from api.loyalty.seeing import own_or_all
from api.loyalty.types import Referral
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import referrals


@strawberry.input(description="The code of the member who brought the customer.")
class AcceptReferralInput:
    """One code."""

    code: str = strawberry.field(description="The code, however it was typed.")


@error_codes("Why acceptReferral did nothing. No code tells whether another's code or account exists.")
class AcceptReferralErrorCode(Enum):
    """Every code of loyalty.referrals.accept."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    EXPIRED = "EXPIRED"
    LIMIT_REACHED = "LIMIT_REACHED"


@strawberry.type(description="The referral.")
class AcceptReferralPayload:
    """The referral, or why not."""

    referral: Referral | None = strawberry.field(description="It, waiting for the first paid order.")
    user_errors: list[UserError[AcceptReferralErrorCode]] = strawberry.field(description="Empty when it was accepted.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def accept_referral(
    info: Info, input: AcceptReferralInput, idempotency_key: IdempotencyKey = None
) -> AcceptReferralPayload:
    """Accept a friend's code, as a member who has not ordered yet. The first paid order brings points to both."""
    caller = info.context.caller
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: referrals.accept(session, customer_id=customer_of(session, caller), code=input.code),
    )
    if isinstance(outcome, Refusal):
        return AcceptReferralPayload(referral=None, user_errors=user_errors(info, AcceptReferralErrorCode, outcome))
    found = await info.context.load(referrals_by_ids, cast("int", outcome), own_or_all(info))
    return AcceptReferralPayload(referral=cast("Referral | None", found), user_errors=[])
