"""What reviews tell as it happens: to everybody what is published, to moderators what waits and no longer waits."""

from collections.abc import AsyncGenerator, Sequence
from enum import StrEnum
from typing import Annotated, cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.enums import described
from api.fields import field, subscription
from api.nodes import id_or_none_such
from api.streams.feed import Topic
from api.streams.watching import Watch, watch
from api.ugc.case_types import ModerationQueueItem
from api.ugc.loaders import public_reviews
from api.ugc.photo_types import Photo, known_photo
from api.ugc.types import Review, known_review
from core.identity import Permission
from core.outbox import Event
from shop import products
from ugc import cases
from ugc.events import QueueEvent, ReviewEvent


class QueueChange(StrEnum):
    """The members of ugc.events.QueueEvent."""

    ENTERED = "ENTERED"
    LEFT = "LEFT"


described(
    QueueChange,
    description="How the moderators' queue has changed.",
    values={
        "ENTERED": "It waits now; told again when an edit replaces a text that waited.",
        "LEFT": "It waits no more: decided, or withdrawn by its author.",
    },
)


@seen_by(Permission.READ_PUBLIC)
@strawberry.type(description="A review has been published.")
class ReviewPublication:
    """A payload; the review is read when it is told."""

    review: Review = strawberry.field(description="The review, as the public reads it now.")


@seen_by(Permission.MODERATE)
@strawberry.type(description="A review's text or a photo has come to wait for a moderator, or waits no more.")
class ModerationQueueChange:
    """A payload; all else is read when it is told."""

    review_number: strawberry.Private[int]
    photo_number: strawberry.Private[int | None]
    change: QueueChange = strawberry.field(description="What has happened.")

    @field(requires=Permission.READ_REVIEWS)
    async def item(self, info: Info) -> ModerationQueueItem | None:
        """The text's place in the queue now; null for a photo, and for a text that does not wait any more."""
        if self.photo_number is not None:
            return None
        found = await info.context.read_once(cases.queued, self.review_number)
        return None if found is None else ModerationQueueItem.of(found)

    @field(requires=Permission.READ_REVIEWS)
    async def review(self, info: Info) -> Review | None:
        """The review that it is, or belongs to."""
        return await known_review(info, self.review_number)

    @field(requires=Permission.READ_REVIEWS)
    async def photo(self, info: Info) -> Photo | None:
        """The photo; null for a text."""
        return None if self.photo_number is None else await known_photo(info, self.photo_number)


class _Publications(Watch[ReviewPublication]):
    def __init__(self, info: Info, product_ids: Sequence[int] | None) -> None:
        super().__init__(info.context)
        self._product_ids = product_ids

    def topics(self) -> frozenset[Topic]:
        if self._product_ids is None:
            return frozenset({Topic(ReviewEvent.PUBLISHED)})
        return frozenset(Topic(ReviewEvent.PUBLISHED, "productId", each) for each in self._product_ids)

    async def tell(self, event: Event) -> ReviewPublication | None:
        found = await self.context.load(public_reviews, cast("int", event.payload["reviewId"]))
        return None if found is None else ReviewPublication(review=cast("Review", found))


class _Queue(Watch[ModerationQueueChange]):
    def topics(self) -> frozenset[Topic]:
        return frozenset({Topic(QueueEvent.ENTERED), Topic(QueueEvent.LEFT)})

    async def tell(self, event: Event) -> ModerationQueueChange:
        return ModerationQueueChange(
            review_number=cast("int", event.payload["reviewId"]),
            photo_number=cast("int | None", event.payload.get("photoId")),
            change=QueueChange.ENTERED if event.name == QueueEvent.ENTERED else QueueChange.LEFT,
        )


@strawberry.type
class ReviewSubscription:
    """The part of Subscription that reviews answer."""

    @subscription(requires=Permission.READ_PUBLIC)
    async def review_published(
        self,
        info: Info,
        product_id: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Only reviews of this product and the variants it shares them with."),
        ] = None,
    ) -> AsyncGenerator[ReviewPublication]:
        """Each review that becomes public from now on, again when it comes back after it had left."""
        if product_id is None:
            return await watch(info, _Publications(info, None))
        family = await info.context.rooms.read(products.siblings, id_or_none_such("Product", product_id))
        return await watch(info, _Publications(info, family))

    @subscription(requires=Permission.MODERATE)
    async def moderation_queue_changed(self, info: Info) -> AsyncGenerator[ModerationQueueChange]:
        """Each text or photo that comes to wait for a moderator from now on, or waits no more."""
        return await watch(info, _Queue(info.context))
