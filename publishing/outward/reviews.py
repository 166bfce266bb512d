"""What is told outside of reviews and photos: ids, states and reasons; never a word, a name or a star."""

from dataclasses import dataclass

from publishing.outward.declaring import EventData, PublicId, node, told
from ugc.reasons import ReasonCode
from ugc.states import ReviewAct, ReviewStatus

_REVIEW = "The review."
_PRODUCT = "The product it is about."
_STOREFRONT = "Where it was written; null for imports."
_CUSTOMER = "Its author; null for imports."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSubmittedEvent(EventData):
    """An author has sent a review, or an edit of one."""

    review_id: PublicId = node("Review", _REVIEW)
    product_id: PublicId = node("Product", _PRODUCT)
    author_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId | None = node("Storefront", _STOREFRONT)
    revision_no: int = told("The revision that was sent, from 1.")
    status: ReviewStatus = told("Where that revision stands.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPublishedEvent(EventData):
    """A review has become public. It may come again after `review.unpublished`."""

    review_id: PublicId = node("Review", _REVIEW)
    product_id: PublicId = node("Product", _PRODUCT)
    author_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId | None = node("Storefront", _STOREFRONT)
    revision_no: int = told("The revision that the public reads.")
    incentivised: bool = told("Whether anything was promised for it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRevisedEvent(EventData):
    """A public review stays public, with another text or other stars."""

    review_id: PublicId = node("Review", _REVIEW)
    product_id: PublicId = node("Product", _PRODUCT)
    author_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId | None = node("Storefront", _STOREFRONT)
    revision_no: int = told("The revision that the public reads now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewUnpublishedEvent(EventData):
    """A review was public and is no more."""

    review_id: PublicId = node("Review", _REVIEW)
    product_id: PublicId = node("Product", _PRODUCT)
    author_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId | None = node("Storefront", _STOREFRONT)
    revision_no: int = told("The revision that the public read.")
    cause: ReviewAct = told("What took it from the public: REJECT, WITHDRAW or UNDO.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRejectedEvent(EventData):
    """A moderator, or a screen, has rejected a revision."""

    review_id: PublicId = node("Review", _REVIEW)
    product_id: PublicId = node("Product", _PRODUCT)
    author_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId | None = node("Storefront", _STOREFRONT)
    revision_no: int = told("The revision that was rejected.")
    reason: ReasonCode | None = told("Why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWithdrawnEvent(EventData):
    """An author has taken a review back."""

    review_id: PublicId = node("Review", _REVIEW)
    product_id: PublicId = node("Product", _PRODUCT)
    author_id: PublicId | None = node("Customer", _CUSTOMER)
    storefront_id: PublicId | None = node("Storefront", _STOREFRONT)
    revision_no: int = told("The newest revision.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoApprovedEvent(EventData):
    """A photo of a review has been approved."""

    photo_id: PublicId = node("Photo", "The photo.")
    review_id: PublicId = node("Review", "The review it belongs to.")
    product_id: PublicId = node("Product", _PRODUCT)
    author_id: PublicId | None = node("Customer", _CUSTOMER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRejectedEvent(EventData):
    """A photo of a review has been rejected."""

    photo_id: PublicId = node("Photo", "The photo.")
    review_id: PublicId = node("Review", "The review it belongs to.")
    product_id: PublicId = node("Product", _PRODUCT)
    author_id: PublicId | None = node("Customer", _CUSTOMER)
