"""withdrawReview: take one's own review back."""

from enum import Enum

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.ugc.outcomes import after_write
from api.ugc.types import Review
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from ugc import reviews


@strawberry.input(description="Which review to take back.")
class WithdrawReviewInput:
    """One's own review."""

    review_id: strawberry.ID = strawberry.field(description="One's own review.")


@error_codes("Why withdrawReview did nothing.")
class WithdrawReviewErrorCode(Enum):
    """Every code of ugc.reviews.withdraw."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REVIEW_NOT_FOUND = "REVIEW_NOT_FOUND"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    CONFLICT = "CONFLICT"


@strawberry.type(description="The review that was taken back.")
class WithdrawReviewPayload:
    """The review, or why not."""

    review: Review | None = strawberry.field(description="It, public nowhere any more.")
    user_errors: list[UserError[WithdrawReviewErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def withdraw_review(
    info: Info, input: WithdrawReviewInput, idempotency_key: IdempotencyKey = None
) -> WithdrawReviewPayload:
    """Take one's own review back, whatever its state. It may be edited and sent again later."""
    caller, number = info.context.caller, id_or_none_such("Review", input.review_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: reviews.withdraw(session, number, author_id=customer_of(session, caller)),
    )
    if isinstance(outcome, Refusal):
        return WithdrawReviewPayload(review=None, user_errors=user_errors(info, WithdrawReviewErrorCode, outcome))
    return WithdrawReviewPayload(review=await after_write(info, outcome), user_errors=[])
