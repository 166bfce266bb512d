"""The closed sets of reviews as the contract names and describes them. What they mean is the room's."""

from api.enums import described
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

described(
    ReviewStatus,
    description="Where a review stands; only PUBLISHED is public and counted.",
    values={
        "QUEUED": "It waits for a moderator.",
        "WITHHELD": "A screen keeps it from the public until a moderator decides.",
        "PUBLISHED": "It is public and counted.",
        "REJECTED": "A moderator has refused it.",
        "WITHDRAWN": "Its author has taken it back.",
    },
)
described(
    Verification,
    description="What ties the author to the product; only ORDER is a verified buyer of this merchant.",
    values={
        "NONE": "Nothing but their word.",
        "ORDER": "An order of this merchant: a verified buyer.",
        "IMPORTED": "The word of the system that it was imported from.",
    },
)
described(
    Origin,
    name="ReviewOrigin",
    description="Where a review was collected; ELSEWHERE is shown with its source, never counted.",
    values={
        "OWN_SITE": "By this merchant.",
        "ELSEWHERE": "By somebody else, named in `source`.",
    },
)
described(
    ReasonCode,
    description="Why a review or a photo was rejected, alike at every number of stars.",
    values={
        "COMPETITOR": "It compares with or promotes a competitor.",
        "DIVERTS_BUSINESS": "It sends readers to another seller.",
        "PICTURE": "A picture of it cannot be shown.",
        "PERSONAL_DATA": "It holds personal data.",
        "PRICE": "It is only about a price.",
        "DELIVERY": "It is about the delivery, not the product.",
        "LINK": "It holds a link.",
        "OFF_TOPIC": "It says nothing of the product.",
        "INAPPROPRIATE": "It attacks or hurts people.",
        "UNLAWFUL": "It holds what the law forbids to publish.",
        "WRONG_PRODUCT": "It is about another product.",
        "UNDER_AGE": "It appears to be written by a child.",
        "CUSTOMER_SERVICE": "It is about the customer service, not the product.",
        "WRONG_LANGUAGE": "It is in a language that the shop does not publish.",
        "SPAM": "It reads as advertising.",
        "PROFANITY": "It uses coarse words.",
        "FRAUD": "There are signs that it tells of no experience of its own.",
    },
)
described(
    ReviewAct,
    description="What was done to a review.",
    values={
        "SUBMIT": "The author sent it.",
        "EDIT": "The author wrote a new revision.",
        "WITHDRAW": "The author took it back.",
        "APPROVE": "A moderator or a screen let it be public.",
        "REJECT": "A moderator refused it.",
        "UNDO": "A moderator took the last decision back.",
    },
)
described(
    Actor,
    name="ReviewActor",
    description="Who acted on a review.",
    values={
        "AUTHOR": "Its author.",
        "STAFF": "A moderator.",
        "SYSTEM": "The platform itself: a screen or an import.",
    },
)
described(
    ScreenOutcome,
    description="A screen's opinion; the first QUEUE or WITHHOLD decides, NOTE informs.",
    values={
        "PASS": "Nothing was found.",
        "NOTE": "Something a moderator may want to know.",
        "QUEUE": "A moderator should look first.",
        "WITHHOLD": "It must not be public unless a moderator says so.",
    },
)
described(
    ScreenCode,
    description="What a screen found.",
    values={
        "TEXT_SHORT": "The text is very short.",
        "SIBLING_COPY": "It copies the author's review of a sibling: neither shown nor counted.",
        "REPEATED_BY_AUTHOR": "The author wrote the same of another product.",
        "REPEATED_BY_OTHER": "Another author wrote the same.",
        "SUSPECT_WORD": "A word of the merchant's list.",
        "LINK": "A link or an e-mail address.",
        "DISGUISED_LINK": "A link that was made hard to recognise.",
        "FIRST_CONTRIBUTION": "The author's first contribution, without an order.",
    },
)
described(
    ReviewOrder,
    name="ReviewSort",
    description="How reviews are sorted; among equal stars HIGHEST starts with the newest, LOWEST with the oldest.",
    values={
        "NEWEST": "The newest first.",
        "OLDEST": "The oldest first.",
        "HIGHEST": "Five stars first.",
        "LOWEST": "One star first.",
    },
)
