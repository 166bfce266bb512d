"""decideReferral: staff approve or reject a referral."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import described, error_codes
from api.fields import mutation
from api.loyalty.loaders import referrals_by_ids
from api.loyalty.referral_types import Referral
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import referral_review
from loyalty.referral_review import Verdict


class ReferralVerdict(Enum):
    """What staff say of a referral."""

    APPROVE = "APPROVE"
    REJECT = "REJECT"


described(
    ReferralVerdict,
    description="What staff say of a referral.",
    values={
        "APPROVE": "It counts; what is left of its hold is served first. From FLAGGED, REJECTED and REVERSED.",
        "REJECT": "It does not count; rewards go back. From every stage but those that are over.",
    },
)


@strawberry.input(description="The decision about a referral.")
class DecideReferralInput:
    """As loyalty.referral_review.decide."""

    referral_id: strawberry.ID = strawberry.field(description="The referral.")
    version: int = strawberry.field(description="The version that was looked at.")
    verdict: ReferralVerdict = strawberry.field(description="Approve or reject.")
    reason: str = strawberry.field(description="Why, for staff alone; up to 300 characters.")


@error_codes(
    "Why decideReferral did nothing.",
    ILLEGAL_TRANSITION="Where the referral stands does not allow this, or its order came back.",
)
class DecideReferralErrorCode(Enum):
    """Every code of loyalty.referral_review.decide."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REFERRAL_NOT_FOUND = "REFERRAL_NOT_FOUND"
    CONFLICT = "CONFLICT"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"


@strawberry.type(description="The referral where it stands now.")
class DecideReferralPayload:
    """The referral, or why not."""

    referral: Referral | None = strawberry.field(description="It.")
    user_errors: list[UserError[DecideReferralErrorCode]] = strawberry.field(description="Empty when it was decided.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def decide_referral(
    info: Info, input: DecideReferralInput, idempotency_key: IdempotencyKey = None
) -> DecideReferralPayload:
    """Approve or reject a referral, or take an earlier decision back. Members read a neutral notice, no reason."""
    caller = info.context.caller
    verdict = Verdict(
        referral_id=id_or_none_such("Referral", input.referral_id),
        version=input.version,
        approves=input.verdict is ReferralVerdict.APPROVE,
        reason=input.reason,
        actor_id=caller.staff_id or caller.service_key_id or 0,
    )
    outcome = await write(info, input, idempotency_key, lambda session: referral_review.decide(session, verdict))
    if isinstance(outcome, Refusal):
        return DecideReferralPayload(referral=None, user_errors=user_errors(info, DecideReferralErrorCode, outcome))
    found = await info.context.load(referrals_by_ids, cast("int", outcome), None)
    return DecideReferralPayload(referral=cast("Referral | None", found), user_errors=[])
