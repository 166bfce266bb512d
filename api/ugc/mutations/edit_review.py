"""editReview: new words for one's own review."""

from enum import Enum

import strawberry
from sqlmodel import Session

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.ugc.outcomes import after_write
from api.ugc.types import Review
from api.writing import IdempotencyKey, write
from core.identity import Caller, Permission
from core.refusal import Refusal
from loyalty import reviews as loyalty_reviews
from ugc import reviews
from ugc.drafts import EditDraft, Words


@strawberry.input(description="New words for a review, whole: they take the place of all that was written before.")
class EditReviewInput:
    """As ugc.drafts.EditDraft."""

    review_id: strawberry.ID = strawberry.field(description="One's own review.")
    version: int = strawberry.field(description="Its `standing.version` as it was read.")
    rating: int = strawberry.field(description="1 to 5 stars.")
    title: str | None = strawberry.field(default=None, description="Up to 120 characters.")
    body: str = strawberry.field(description="Plain text of up to 5,000 characters.")
    locale: str | None = strawberry.field(
        default=None, description="The language it is written in, BCP 47; the storefront's when left out."
    )

    def draft(self, session: Session, caller: Caller) -> EditDraft:
        """As the room takes it, with what loyalty has promised this author."""
        author_id = customer_of(session, caller)
        return EditDraft(
            review_id=id_or_none_such("Review", self.review_id),
            author_id=author_id,
            version=self.version,
            words=Words(rating=self.rating, title=self.title, body=self.body, locale=self.locale or caller.locale),
            promised=loyalty_reviews.promise(session, author_id),
        )


@error_codes("Why editReview did nothing.")
class EditReviewErrorCode(Enum):
    """Every code of ugc.reviews.edit."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REVIEW_NOT_FOUND = "REVIEW_NOT_FOUND"
    REJECTED_FOR_GOOD = "REJECTED_FOR_GOOD"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    CONFLICT = "CONFLICT"
    RATING_OUT_OF_RANGE = "RATING_OUT_OF_RANGE"
    TITLE_TOO_LONG = "TITLE_TOO_LONG"
    BODY_MISSING = "BODY_MISSING"
    BODY_TOO_LONG = "BODY_TOO_LONG"
    LOCALE_UNKNOWN = "LOCALE_UNKNOWN"


@strawberry.type(description="The review that was edited.")
class EditReviewPayload:
    """The review, or why not."""

    review: Review | None = strawberry.field(description="It; the former text stays public until the new one clears.")
    user_errors: list[UserError[EditReviewErrorCode]] = strawberry.field(description="Empty when it was taken.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def edit_review(info: Info, input: EditReviewInput, idempotency_key: IdempotencyKey = None) -> EditReviewPayload:
    """Put new words into one's own review, as its next revision. It is screened like the first."""
    caller = info.context.caller
    outcome = await write(
        info, input, idempotency_key, lambda session: reviews.edit(session, input.draft(session, caller))
    )
    if isinstance(outcome, Refusal):
        return EditReviewPayload(review=None, user_errors=user_errors(info, EditReviewErrorCode, outcome))
    return EditReviewPayload(review=await after_write(info, outcome), user_errors=[])
