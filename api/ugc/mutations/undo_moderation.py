"""undoModeration: take back one's own last decision about a review."""

from enum import Enum

import strawberry

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
from ugc import moderation
from ugc.moderation import Undo


@strawberry.input(description="Which decision to take back: the last one about a review.")
class UndoModerationInput:
    """As ugc.moderation.Undo."""

    review_id: strawberry.ID = strawberry.field(description="Which review.")
    version: int = strawberry.field(description="The review's version as the decision made it.")


@error_codes("Why undoModeration did nothing.")
class UndoModerationErrorCode(Enum):
    """Every code of ugc.moderation.undo."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REVIEW_NOT_FOUND = "REVIEW_NOT_FOUND"
    CONFLICT = "CONFLICT"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    NOTHING_TO_UNDO = "NOTHING_TO_UNDO"
    NOT_YOUR_DECISION = "NOT_YOUR_DECISION"
    UNDO_TOO_LATE = "UNDO_TOO_LATE"


@strawberry.type(description="The review as it was before the decision.")
class UndoModerationPayload:
    """The review, or why not."""

    review: Review | None = strawberry.field(description="It.")
    user_errors: list[UserError[UndoModerationErrorCode]] = strawberry.field(description="Empty when it was undone.")


@mutation(requires=Permission.MODERATE)
async def undo_moderation(
    info: Info, input: UndoModerationInput, idempotency_key: IdempotencyKey = None
) -> UndoModerationPayload:
    """Restore what a review was before one's own last decision, within ten minutes and if nothing happened since."""
    undone = Undo(
        review_id=id_or_none_such("Review", input.review_id),
        version=input.version,
        staff_id=info.context.caller.staff_id or 0,
    )
    outcome = await write(info, input, idempotency_key, lambda session: moderation.undo(session, undone))
    if isinstance(outcome, Refusal):
        return UndoModerationPayload(review=None, user_errors=user_errors(info, UndoModerationErrorCode, outcome))
    return UndoModerationPayload(review=await after_write(info, outcome), user_errors=[])
