"""Reviews and ratings as everybody sees them, and where a review stands for its author. Staff's view is case_types'."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.fields import field
from api.nodes import Node
from api.root import node_type
from api.scalars import DateTime
from api.sharing import shared
from api.shop.loaders import products_by_ids
from api.ugc.case_types import ReviewCase
from api.ugc.enums import Origin, ReasonCode, ReviewStatus, Verification
from api.ugc.loaders import (
    known_reviews,
    photos_of_reviews,
    public_reviews,
    review_case,
    sent_photos,
    standings,
)
from api.ugc.photo_types import Photo
from core import texts
from core.identity import Permission
from ugc.own_reviews import Standing
from ugc.queries.published import PublishedReview
from ugc.queries.ratings import STARS
from ugc.ratings import RatingSummary as Ratings

if TYPE_CHECKING:
    from api.shop.types import Product

# who may know of what is not public: of their own, or of everybody's
_AUTHOR_AND_STAFF = (Permission.ACT_AS_CUSTOMER, Permission.READ_REVIEWS)
# the id of no customer: whoever has no row has written nothing
_NOBODY = -1


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="How many ratings have one number of stars.")
class RatingBucket:
    """A bar of the histogram."""

    rating: int = strawberry.field(description="1 to 5.")
    count: int = strawberry.field(description="How many.")


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="The ratings of a product and the variants it shares its reviews with.")
class RatingSummary:
    """A ugc.ratings.RatingSummary."""

    count: int = strawberry.field(description="All ratings, with or without words.")
    review_count: int = strawberry.field(description="Those with words.")
    photo_review_count: int = strawberry.field(description="Those with photos that are shown.")
    mean_tenths: int | None = strawberry.field(
        description="The mean in tenths of a star, half up: 43 is 4.3. The same on page, markup and feed."
    )

    @field(shared=True)
    def mean(self) -> float | None:
        """The mean with one decimal; null without ratings."""
        tenths = cast("Ratings", self).mean_tenths
        return None if tenths is None else tenths / 10

    @field(shared=True)
    def histogram(self) -> list[RatingBucket]:
        """How many ratings have 5, 4, 3, 2 and 1 stars."""
        numbers = dict(zip(STARS, cast("Ratings", self).histogram, strict=True))
        return [RatingBucket(rating=star, count=numbers[star]) for star in reversed(STARS)]


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="What the public may know of an author: no way leads from here to the customer.")
class ReviewAuthor:
    """Read from the review's own row."""

    display_name: str | None = strawberry.field(description="The name they chose; null when there is none.")


@seen_by(*_AUTHOR_AND_STAFF)
@strawberry.type(description="Where a review stands. Only its author and staff see it.")
class ReviewStanding:
    """Made from ugc.own_reviews.Standing."""

    status: ReviewStatus = strawberry.field(description="PUBLISHED while any revision of it is public.")
    latest_status: ReviewStatus = strawberry.field(
        description="The state of the newest revision: an edit may wait while the text before it stays public."
    )
    decided: bool = strawberry.field(description="Whether a person has decided on the newest revision.")
    version: int = strawberry.field(description="Grows with every act; pass it on to edit or to decide.")
    revision_no: int = strawberry.field(description="The newest revision's number, from 1.")
    rating: int = strawberry.field(description="The newest revision's stars.")
    title: str | None = strawberry.field(description="The newest revision's title.")
    body: str = strawberry.field(description="The newest revision's text.")
    written_at: DateTime = strawberry.field(description="When the newest revision was sent.")
    reason: ReasonCode | None = strawberry.field(description="Why the newest revision was rejected.")
    reason_message: str | None = strawberry.field(description="The same in the reader's language, and what to do.")
    editable: bool = strawberry.field(description="Whether an edit can mend it; false after a final rejection.")

    @classmethod
    def of(cls, standing: Standing, locale: str) -> "ReviewStanding":
        """The standing in the reader's language."""
        review, newest, reason = standing
        return cls(
            status=review.status,
            latest_status=review.latest_status,
            decided=review.decided,
            version=review.version,
            revision_no=newest.no,
            rating=newest.rating,
            title=newest.title,
            body=newest.body,
            written_at=DateTime(newest.created_at),
            reason=reason,
            reason_message=texts.say("ugc", f"reason.{reason.value}", locale) if reason else None,
            editable=reason is None or reason.editable or review.public_revision_no is not None,
        )


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="One person's review of one product.")
class Review(Node):
    """Read from a PublishedReview row: its public words, else, for those who may see them, its newest."""

    rating: int = strawberry.field(description="1 to 5 stars.")
    title: str | None = strawberry.field(description="Its title, plain text.")
    body: str = strawberry.field(description="Its text, plain, with line ends; empty for a rating without words.")
    locale: str = strawberry.field(description="The language it is written in, BCP 47.")
    author: ReviewAuthor = strawberry.field(description="Who wrote it, as far as the public may know.")
    verification: Verification = strawberry.field(description="What ties the author to the product.")
    incentivised: bool = strawberry.field(
        description="Whether anything was promised to the author when it was written, whatever the stars."
    )
    origin: Origin = strawberry.field(description="Where it was collected.")
    source: str | None = strawberry.field(description="The other system or site it comes from.")
    photo_count: int = strawberry.field(description="How many of its photos are shown.")
    public_since_ms: DateTime | None = strawberry.field(
        name="publishedAt", description="When it was first published; null before that, or when an import knew no date."
    )
    updated_ms: DateTime | None = strawberry.field(
        name="updatedAt", description="When the shown text replaced an earlier one; null when it is the first."
    )
    experienced_on: date | None = strawberry.field(description="The day of the experience, when the author told it.")

    @field(shared=True)
    async def product(self, info: Info) -> Annotated["Product", strawberry.lazy("api.shop.types")]:
        """What it is about."""
        row = cast("PublishedReview", self)
        found = await info.context.load(products_by_ids, row.product_id, info.context.caller.storefront_id)
        return cast("Product", found)

    @field(shared=True)
    async def photos(self, info: Info) -> list[Photo]:
        """Its photos that are shown, in the order its author gave them."""
        row = cast("PublishedReview", self)
        if row.photo_count == 0:
            return []
        return cast("list[Photo]", await info.context.load(photos_of_reviews, row.id) or [])

    @field(only_for=_AUTHOR_AND_STAFF)
    async def sent_photos(self, info: Info) -> list[Photo] | None:
        """All photos sent with it, whatever was decided, for its author and for staff; null for everybody else."""
        row = cast("PublishedReview", self)
        if await known_review(info, row.id) is None:
            return None
        return cast("list[Photo]", await info.context.load(sent_photos, row.id) or [])

    @field(only_for=_AUTHOR_AND_STAFF)
    async def standing(self, info: Info) -> ReviewStanding | None:
        """Where it stands, for its author and for staff; null for everybody else."""
        if not may_know(info):
            return None
        found = await info.context.load(standings, cast("PublishedReview", self).id, own_or_all(info))
        return None if found is None else ReviewStanding.of(found, info.context.caller.locale)

    @field(requires=Permission.READ_REVIEWS)
    async def case(self, info: Info) -> ReviewCase | None:
        """Its whole story, for staff: revisions, what screens said, decisions."""
        found = await info.context.read_once(review_case, cast("PublishedReview", self).id)
        return None if found is None else ReviewCase.of(found, info.context.caller)


@node_type("Review")
async def find_review(info: Info, number: int) -> object | None:
    """Public reviews for everybody; the others for their authors and for staff."""
    return await info.context.load(public_reviews, number) or await known_review(info, number)


async def known_review(info: Info, number: int) -> Review | None:
    """The review in any state, when the caller is its author or staff."""
    if not may_know(info):
        return None
    return cast("Review | None", await info.context.load(known_reviews, number, own_or_all(info)))


def may_know(info: Info) -> bool:
    """Whether the caller may see any review that is not public."""
    caller = info.context.caller
    return caller.may(Permission.READ_REVIEWS) or caller.customer_id is not None


def own_or_all(info: Info) -> int | None:
    """Whose reviews the caller may see in any state: a customer their own; None, for staff, means everybody's."""
    caller = info.context.caller
    return None if caller.may(Permission.READ_REVIEWS) else caller.customer_id or _NOBODY
