"""The closed sets of reviews as the contract names and describes them. What they mean is the room's."""

import strawberry

from ugc.listing import ReviewOrder
from ugc.reasons import ReasonCode
from ugc.screening.screen import ScreenCode
from ugc.states import ReviewAct, ReviewStatus
from ugc.tables.reviews import Actor, Origin, ScreenOutcome, Verification

__all__ = [
    "Actor",
    "Origin",
    "ReasonCode",
    "ReviewAct",
    "ReviewOrder",
    "ReviewStatus",
    "ScreenCode",
    "ScreenOutcome",
    "Verification",
]

strawberry.enum(ReviewStatus, description="Where a review stands; only PUBLISHED is public and counted.")
strawberry.enum(
    Verification, description="What ties the author to the product; only ORDER is a verified buyer of this merchant."
)
strawberry.enum(
    Origin,
    name="ReviewOrigin",
    description="Where a review was collected; ELSEWHERE is shown with its source, never counted.",
)
strawberry.enum(ReasonCode, description="Why a review or a photo was rejected, alike at every number of stars.")
strawberry.enum(ReviewAct, description="What was done to a review.")
strawberry.enum(Actor, name="ReviewActor", description="Who acted on a review.")
strawberry.enum(ScreenOutcome, description="A screen's opinion; the first QUEUE or WITHHOLD decides, NOTE informs.")
strawberry.enum(ScreenCode, description="What a screen found.")
strawberry.enum(
    ReviewOrder,
    name="ReviewSort",
    description="How reviews are sorted; among equal stars HIGHEST starts with the newest, LOWEST with the oldest.",
)
