"""EVENTS: every event that is told outside, by its outward name: what it is inside, and what its data is.

A name, once given, stays; a field may be added to its data, none is taken away or changes its meaning.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.outbox import EventName
from core.webhooks.events import WebhookEvent
from loyalty.events import LoyaltyEvent
from publishing.events import CoverageEvent
from publishing.outward import endpoints, members, pages, paid, programs, referrals, reviews, shops, tiers
from publishing.outward.declaring import EventData
from shop.events import ShopEvent
from ugc.events import PhotoEvent, ReviewEvent


class OutwardEvent(StrEnum):
    """The names by which endpoints subscribe."""

    REVIEW_SUBMITTED = "review.submitted"
    REVIEW_PUBLISHED = "review.published"
    REVIEW_REVISED = "review.revised"
    REVIEW_UNPUBLISHED = "review.unpublished"
    REVIEW_REJECTED = "review.rejected"
    REVIEW_WITHDRAWN = "review.withdrawn"
    PHOTO_APPROVED = "photo.approved"
    PHOTO_REJECTED = "photo.rejected"
    PRODUCT_CHANGED = "product.changed"
    ORDER_PAID = "order.paid"
    ORDER_CHANGED = "order.changed"
    ORDER_CANCELLED = "order.cancelled"
    ORDER_REFUNDED = "order.refunded"
    PROGRAM_PUBLISHED = "program.published"
    PROGRAM_CLOSING = "program.closing"
    PROGRAM_CLOSED = "program.closed"
    TERMS_CHANGED = "terms.changed"
    MEMBER_JOINED = "member.joined"
    MEMBER_LEFT = "member.left"
    MEMBERSHIP_STARTED = "membership.started"
    MEMBERSHIP_WARNED = "membership.warned"
    PAYMENT_DUE = "payment.due"
    PAYMENT_FAILED = "payment.failed"
    MEMBERSHIP_RENEWED = "membership.renewed"
    MEMBERSHIP_CHANGED = "membership.changed"
    MEMBERSHIP_REPRICED = "membership.repriced"
    MEMBERSHIP_CANCELLED = "membership.cancelled"
    MEMBERSHIP_PAUSED = "membership.paused"
    MEMBERSHIP_RESUMED = "membership.resumed"
    MEMBERSHIP_LAPSED = "membership.lapsed"
    MEMBERSHIP_ENDED = "membership.ended"
    PAYMENT_REFUNDED = "payment.refunded"
    POINTS_MOVED = "points.moved"
    TIER_REACHED = "tier.reached"
    TIER_PROLONGED = "tier.prolonged"
    TIER_WARNED = "tier.warned"
    TIER_LOWERED = "tier.lowered"
    REWARD_REDEEMED = "reward.redeemed"
    REFERRAL_ACCEPTED = "referral.accepted"
    REFERRAL_FLAGGED = "referral.flagged"
    REFERRAL_COMPLETED = "referral.completed"
    REFERRAL_REJECTED = "referral.rejected"
    COVERAGE_FELL = "coverage.fell"
    REFERRAL_EXPIRED = "referral.expired"
    ENDPOINT_DISABLED = "endpoint.disabled"


# sent to one endpoint when staff ask for it; nobody subscribes to it
TEST = "webhook.test"


@dataclass(frozen=True, slots=True)
class Outward:
    """What an outward event is inside, and the declaration of its data."""

    source: EventName
    data: type[EventData]


EVENTS: dict[OutwardEvent, Outward] = {
    OutwardEvent.REVIEW_SUBMITTED: Outward(ReviewEvent.SUBMITTED, reviews.ReviewSubmittedEvent),
    OutwardEvent.REVIEW_PUBLISHED: Outward(ReviewEvent.PUBLISHED, reviews.ReviewPublishedEvent),
    OutwardEvent.REVIEW_REVISED: Outward(ReviewEvent.REVISED, reviews.ReviewRevisedEvent),
    OutwardEvent.REVIEW_UNPUBLISHED: Outward(ReviewEvent.UNPUBLISHED, reviews.ReviewUnpublishedEvent),
    OutwardEvent.REVIEW_REJECTED: Outward(ReviewEvent.REJECTED, reviews.ReviewRejectedEvent),
    OutwardEvent.REVIEW_WITHDRAWN: Outward(ReviewEvent.WITHDRAWN, reviews.ReviewWithdrawnEvent),
    OutwardEvent.PHOTO_APPROVED: Outward(PhotoEvent.APPROVED, reviews.PhotoApprovedEvent),
    OutwardEvent.PHOTO_REJECTED: Outward(PhotoEvent.REJECTED, reviews.PhotoRejectedEvent),
    OutwardEvent.PRODUCT_CHANGED: Outward(ShopEvent.PRODUCT_CHANGED, shops.ProductChangedEvent),
    OutwardEvent.ORDER_PAID: Outward(ShopEvent.ORDER_PAID, shops.OrderPaidEvent),
    OutwardEvent.ORDER_CHANGED: Outward(ShopEvent.ORDER_CHANGED, shops.OrderChangedEvent),
    OutwardEvent.ORDER_CANCELLED: Outward(ShopEvent.ORDER_CANCELLED, shops.OrderCancelledEvent),
    OutwardEvent.ORDER_REFUNDED: Outward(ShopEvent.ORDER_REFUNDED, shops.OrderRefundedEvent),
    OutwardEvent.PROGRAM_PUBLISHED: Outward(LoyaltyEvent.PROGRAM_PUBLISHED, programs.ProgramPublishedEvent),
    OutwardEvent.PROGRAM_CLOSING: Outward(LoyaltyEvent.PROGRAM_CLOSING, programs.ProgramClosingEvent),
    OutwardEvent.PROGRAM_CLOSED: Outward(LoyaltyEvent.PROGRAM_CLOSED, programs.ProgramClosedEvent),
    OutwardEvent.TERMS_CHANGED: Outward(LoyaltyEvent.TERMS_CHANGED, programs.TermsChangedEvent),
    OutwardEvent.MEMBER_JOINED: Outward(LoyaltyEvent.MEMBER_JOINED, members.MemberJoinedEvent),
    OutwardEvent.MEMBER_LEFT: Outward(LoyaltyEvent.MEMBER_LEFT, members.MemberLeftEvent),
    OutwardEvent.MEMBERSHIP_STARTED: Outward(LoyaltyEvent.MEMBERSHIP_STARTED, paid.MembershipStartedEvent),
    OutwardEvent.MEMBERSHIP_WARNED: Outward(LoyaltyEvent.MEMBERSHIP_RENEWAL_NEAR, paid.MembershipWarnedEvent),
    OutwardEvent.PAYMENT_DUE: Outward(LoyaltyEvent.MEMBERSHIP_PAYMENT_DUE, paid.PaymentDueEvent),
    OutwardEvent.PAYMENT_FAILED: Outward(LoyaltyEvent.MEMBERSHIP_PAYMENT_FAILED, paid.PaymentFailedEvent),
    OutwardEvent.MEMBERSHIP_RENEWED: Outward(LoyaltyEvent.MEMBERSHIP_RENEWED, paid.MembershipRenewedEvent),
    OutwardEvent.MEMBERSHIP_CHANGED: Outward(LoyaltyEvent.MEMBERSHIP_PLAN_CHANGED, paid.MembershipChangedEvent),
    OutwardEvent.MEMBERSHIP_REPRICED: Outward(LoyaltyEvent.MEMBERSHIP_PRICE_RISE, paid.MembershipRepricedEvent),
    OutwardEvent.MEMBERSHIP_CANCELLED: Outward(LoyaltyEvent.MEMBERSHIP_CANCELLED, paid.MembershipCancelledEvent),
    OutwardEvent.MEMBERSHIP_PAUSED: Outward(LoyaltyEvent.MEMBERSHIP_PAUSED, paid.MembershipPausedEvent),
    OutwardEvent.MEMBERSHIP_RESUMED: Outward(LoyaltyEvent.MEMBERSHIP_RESUMED, paid.MembershipResumedEvent),
    OutwardEvent.MEMBERSHIP_LAPSED: Outward(LoyaltyEvent.MEMBERSHIP_LAPSED, paid.MembershipLapsedEvent),
    OutwardEvent.MEMBERSHIP_ENDED: Outward(LoyaltyEvent.MEMBERSHIP_ENDED, paid.MembershipEndedEvent),
    OutwardEvent.PAYMENT_REFUNDED: Outward(LoyaltyEvent.MEMBERSHIP_REFUNDED, paid.PaymentRefundedEvent),
    OutwardEvent.POINTS_MOVED: Outward(LoyaltyEvent.POINTS_MOVED, members.PointsMovedEvent),
    OutwardEvent.TIER_REACHED: Outward(LoyaltyEvent.TIER_REACHED, tiers.TierReachedEvent),
    OutwardEvent.TIER_PROLONGED: Outward(LoyaltyEvent.TIER_PROLONGED, tiers.TierProlongedEvent),
    OutwardEvent.TIER_WARNED: Outward(LoyaltyEvent.TIER_WARNED, tiers.TierWarnedEvent),
    OutwardEvent.TIER_LOWERED: Outward(LoyaltyEvent.TIER_LOWERED, tiers.TierLoweredEvent),
    OutwardEvent.REWARD_REDEEMED: Outward(LoyaltyEvent.REWARD_REDEEMED, members.RewardRedeemedEvent),
    OutwardEvent.REFERRAL_ACCEPTED: Outward(LoyaltyEvent.REFERRAL_ACCEPTED, referrals.ReferralAcceptedEvent),
    OutwardEvent.REFERRAL_FLAGGED: Outward(LoyaltyEvent.REFERRAL_FLAGGED, referrals.ReferralFlaggedEvent),
    OutwardEvent.REFERRAL_COMPLETED: Outward(LoyaltyEvent.REFERRAL_COMPLETED, referrals.ReferralCompletedEvent),
    OutwardEvent.REFERRAL_REJECTED: Outward(LoyaltyEvent.REFERRAL_REJECTED, referrals.ReferralRejectedEvent),
    OutwardEvent.COVERAGE_FELL: Outward(CoverageEvent.FELL, pages.CoverageFellEvent),
    OutwardEvent.REFERRAL_EXPIRED: Outward(LoyaltyEvent.REFERRAL_EXPIRED, referrals.ReferralExpiredEvent),
    OutwardEvent.ENDPOINT_DISABLED: Outward(WebhookEvent.ENDPOINT_DISABLED, endpoints.EndpointDisabledEvent),
}

# the outbox's name -> the outward one
BY_SOURCE: dict[str, OutwardEvent] = {outward.source.value: name for name, outward in EVENTS.items()}
