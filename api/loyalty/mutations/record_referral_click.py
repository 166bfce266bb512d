"""recordReferralClick: a visitor has followed a member's link."""

from enum import Enum

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import referral_clicks


@strawberry.input(description="The link's code, and who followed it.")
class RecordReferralClickInput:
    """As loyalty.referral_clicks.record."""

    code: str = strawberry.field(description="The code of the link's `ref`.")
    visitor: str = strawberry.field(
        description="The shop's own token for the visitor; acceptReferral takes it again. Only its hash is kept."
    )


@error_codes("Why recordReferralClick did nothing. No code tells whether the link's code exists.")
class RecordReferralClickErrorCode(Enum):
    """Every code of loyalty.referral_clicks.record."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"


@strawberry.type(description="Whether the click was heard.")
class RecordReferralClickPayload:
    """That it was, or why not."""

    is_heard: bool = strawberry.field(description="True for unknown codes too.")
    user_errors: list[UserError[RecordReferralClickErrorCode]] = strawberry.field(description="Empty when it was.")


@mutation(requires=Permission.READ_PUBLIC)
async def record_referral_click(
    info: Info, input: RecordReferralClickInput, idempotency_key: IdempotencyKey = None
) -> RecordReferralClickPayload:
    """Remember that a visitor followed a member's link. We set no cookie: the storefront keeps the visitor's token."""
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: referral_clicks.record(session, code=input.code, visitor=input.visitor),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, RecordReferralClickErrorCode, outcome)
        return RecordReferralClickPayload(is_heard=False, user_errors=errors)
    return RecordReferralClickPayload(is_heard=True, user_errors=[])
