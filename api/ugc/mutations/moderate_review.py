"""moderateReview: approve or reject a revision."""

from enum import Enum

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import described, error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.ugc.enums import ReasonCode
from api.ugc.outcomes import after_write
from api.ugc.types import Review
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from ugc import moderation
from ugc.moderation import Decision


class ReviewDecision(Enum):
    """The two decisions of a moderator."""

    APPROVE = "APPROVE"
    REJECT = "REJECT"


described(
    ReviewDecision,
    description="What is decided about a revision.",
    values={
        "APPROVE": "Publish the revision.",
        "REJECT": "Keep it from the public, for a reason.",
    },
)


@strawberry.input(description="A decision about the review as the moderator saw it.")
class ModerateReviewInput:
    """As ugc.moderation.Decision."""

    review_id: strawberry.ID = strawberry.field(description="Which review.")
    revision_no: int = strawberry.field(description="The revision that was read: the newest, or the public one.")
    version: int = strawberry.field(description="The review's version as it was read.")
    decision: ReviewDecision = strawberry.field(description="What is decided.")
    reason: ReasonCode | None = strawberry.field(default=None, description="Why; a rejection needs one.")

    def decide(self, session: Session, staff_id: int) -> int | Refusal:
        """Ask the room to decide so."""
        decision = Decision(
            review_id=id_or_none_such("Review", self.review_id),
            revision_no=self.revision_no,
            version=self.version,
            staff_id=staff_id,
        )
        if self.decision is ReviewDecision.APPROVE:
            return moderation.approve(session, decision)
        return moderation.reject(session, decision, reason=self.reason)


@error_codes("Why moderateReview did nothing.")
class ModerateReviewErrorCode(Enum):
    """Every code of ugc.moderation.approve and reject."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REVIEW_NOT_FOUND = "REVIEW_NOT_FOUND"
    CONFLICT = "CONFLICT"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    REASON_REQUIRED = "REASON_REQUIRED"


@strawberry.type(description="The review that was decided on.")
class ModerateReviewPayload:
    """The review, or why not."""

    review: Review | None = strawberry.field(description="It; its `standing.version` is what undoing needs.")
    user_errors: list[UserError[ModerateReviewErrorCode]] = strawberry.field(description="Empty when it was decided.")


@mutation(requires=Permission.MODERATE)
async def moderate_review(
    info: Info, input: ModerateReviewInput, idempotency_key: IdempotencyKey = None
) -> ModerateReviewPayload:
    """Approve or reject a revision. Of two moderators at once one wins, and the other gets CONFLICT."""
    staff_id = info.context.caller.staff_id or 0
    outcome = await write(info, input, idempotency_key, lambda session: input.decide(session, staff_id))
    if isinstance(outcome, Refusal):
        return ModerateReviewPayload(review=None, user_errors=user_errors(info, ModerateReviewErrorCode, outcome))
    return ModerateReviewPayload(review=await after_write(info, outcome), user_errors=[])
