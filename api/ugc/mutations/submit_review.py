"""submitReview: a customer's review of a product, with the photos they have sent."""

from datetime import date
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
from ugc import photos, reviews
from ugc.drafts import ReviewDraft, Words


@strawberry.input(description="A review as its author hands it over. One a person and product; edits come later.")
class SubmitReviewInput:
    """As ugc.drafts.ReviewDraft; what was promised to the author is never the author's to say."""

    product_id: strawberry.ID = strawberry.field(description="What it is about.")
    rating: int = strawberry.field(description="1 to 5 stars.")
    title: str | None = strawberry.field(default=None, description="Up to 120 characters.")
    body: str = strawberry.field(description="Plain text of up to 5,000 characters; very short ones wait longer.")
    locale: str | None = strawberry.field(
        default=None, description="The language it is written in, BCP 47; the storefront's when left out."
    )
    display_name: str | None = strawberry.field(
        default=None, description="What to be called in public; first name and initial when left out."
    )
    experienced_on: date | None = strawberry.field(default=None, description="The day of the experience told.")
    photo_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Photos uploaded before, in the order to show them; at most ten."
    )

    def draft(self, session: Session, caller: Caller) -> ReviewDraft:
        """As the room takes it, with what loyalty has promised this author."""
        author_id = customer_of(session, caller)
        return ReviewDraft(
            product_id=id_or_none_such("Product", self.product_id),
            author_id=author_id,
            storefront_id=caller.storefront_id or 0,
            words=Words(rating=self.rating, title=self.title, body=self.body, locale=self.locale or caller.locale),
            display_name=self.display_name,
            experienced_on=self.experienced_on,
            promised=loyalty_reviews.promise(session, author_id),
        )

    def photo_numbers(self) -> list[int]:
        """The photos' own ids."""
        return [id_or_none_such("Photo", photo) for photo in self.photo_ids]


@error_codes("Why submitReview did nothing.")
class SubmitReviewErrorCode(Enum):
    """Every code of ugc.reviews.submit and ugc.photos.attach."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PRODUCT_NOT_FOUND = "PRODUCT_NOT_FOUND"
    PRODUCT_CLOSED = "PRODUCT_CLOSED"
    ALREADY_REVIEWED = "ALREADY_REVIEWED"
    RATING_OUT_OF_RANGE = "RATING_OUT_OF_RANGE"
    TITLE_TOO_LONG = "TITLE_TOO_LONG"
    BODY_MISSING = "BODY_MISSING"
    BODY_TOO_LONG = "BODY_TOO_LONG"
    LOCALE_UNKNOWN = "LOCALE_UNKNOWN"
    DISPLAY_NAME_REFUSED = "DISPLAY_NAME_REFUSED"
    EXPERIENCE_IN_FUTURE = "EXPERIENCE_IN_FUTURE"
    TOO_MANY_PHOTOS = "TOO_MANY_PHOTOS"
    PHOTO_NOT_FOUND = "PHOTO_NOT_FOUND"
    PHOTO_NOT_READY = "PHOTO_NOT_READY"


@strawberry.type(description="The review that was submitted.")
class SubmitReviewPayload:
    """The review, or why not."""

    review: Review | None = strawberry.field(description="It, public or waiting: ask its `standing`.")
    user_errors: list[UserError[SubmitReviewErrorCode]] = strawberry.field(description="Empty when it was taken.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def submit_review(
    info: Info, input: SubmitReviewInput, idempotency_key: IdempotencyKey = None
) -> SubmitReviewPayload:
    """Write a review. It is screened at once and is public when no screen objects; photos are decided on apart."""
    caller = info.context.caller

    def act(session: Session) -> int | Refusal:
        draft = input.draft(session, caller)
        review_id = reviews.submit(session, draft)
        if isinstance(review_id, Refusal) or not input.photo_ids:
            return review_id
        refused = photos.attach(session, review_id, input.photo_numbers(), customer_id=draft.author_id)
        return refused or review_id

    outcome = await write(info, input, idempotency_key, act)
    if isinstance(outcome, Refusal):
        return SubmitReviewPayload(review=None, user_errors=user_errors(info, SubmitReviewErrorCode, outcome))
    return SubmitReviewPayload(review=await after_write(info, outcome), user_errors=[])
