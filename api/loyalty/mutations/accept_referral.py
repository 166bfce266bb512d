"""acceptReferral: a new member says whose code brought them."""

from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import referrals_by_ids
from api.loyalty.mutations.referral_inputs import ShopperTracesInput, shown
from api.loyalty.referral_types import Referral
from api.loyalty.seeing import own_or_all
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import referrals
from loyalty.referrals import Link


@strawberry.input(
    description="Who brought the customer: a `code`, or the link that `visitor` followed for the program `programId`."
)
class AcceptReferralInput:
    """As loyalty.referrals.accept."""

    code: str | None = strawberry.field(default=None, description="The code, however it was typed; it beats a link.")
    visitor: str | None = strawberry.field(
        default=None, description="The token that recordReferralClick was given. Goes with `programId`."
    )
    program_id: strawberry.ID | None = strawberry.field(default=None, description="The link's program.")
    shopper: ShopperTracesInput | None = strawberry.field(default=None, description="What was seen of the shopper.")


@error_codes("Why acceptReferral did nothing. No code tells whether another's code or account exists.")
class AcceptReferralErrorCode(Enum):
    """Every code of loyalty.referrals.accept."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    EXPIRED = "EXPIRED"
    LIMIT_REACHED = "LIMIT_REACHED"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"


@strawberry.type(description="The referral.")
class AcceptReferralPayload:
    """The referral, or why not."""

    referral: Referral | None = strawberry.field(description="It, waiting for the qualifying order.")
    user_errors: list[UserError[AcceptReferralErrorCode]] = strawberry.field(description="Empty when it was accepted.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def accept_referral(
    info: Info, input: AcceptReferralInput, idempotency_key: IdempotencyKey = None
) -> AcceptReferralPayload:
    """Accept a friend's code or link, as a member who has not ordered yet. The first paid order rewards both."""
    caller, link, seen = info.context.caller, _link(input), shown(input.shopper)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: referrals.accept(
            session, customer_id=customer_of(session, caller), code=input.code, link=link, shown=seen
        ),
    )
    if isinstance(outcome, Refusal):
        return AcceptReferralPayload(referral=None, user_errors=user_errors(info, AcceptReferralErrorCode, outcome))
    found = await info.context.load(referrals_by_ids, cast("int", outcome), own_or_all(info))
    return AcceptReferralPayload(referral=cast("Referral | None", found), user_errors=[])


def _link(input: AcceptReferralInput) -> Link | None:
    if not input.visitor or input.program_id is None:
        return None
    return Link(input.visitor, id_or_none_such("Program", input.program_id))
