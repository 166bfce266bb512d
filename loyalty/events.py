"""What happens in loyalty that others react to. Who reacts is worker.reactions'."""

from core.outbox import EventName


class LoyaltyEvent(EventName):
    """Names of the room's events; aggregate ("Membership", id), payload membershipId and what is named here.

    - PROGRAM_PUBLISHED, PROGRAM_CLOSED: aggregate ("Program", id), programId alone; PROGRAM_CLOSING: lastDay besides.
    - TERMS_CHANGED: aggregate ("Program", id), programId, termsVersion.
    - MEMBER_JOINED, MEMBER_LEFT: programId, customerId.
    - POINTS_MOVED: customerId, entryId, kind, points (signed). Once for every entry that moves any.
    - TIER_REACHED, TIER_LOWERED: customerId, tierId (empty: below every tier), formerTierId.
    - TIER_PROLONGED: customerId, tierId.
    - TIER_WARNED: customerId, tierId, lastDay of the term, basis and how much of it is missing, orBasis, orMissing.
    - REWARD_REDEEMED: redemptionId, rewardId.
    - REFERRAL_ACCEPTED, REFERRAL_FLAGGED, REFERRAL_COMPLETED, REFERRAL_REJECTED (taken back too),
      REFERRAL_EXPIRED: referralId; the membership is the advocate's.
    - MEMBERSHIP_*: of a paid membership: paidMembershipId, planId; paymentId and kind where a payment is meant, reason
      where it has ended.
    """

    PROGRAM_PUBLISHED = "ProgramPublished"
    PROGRAM_CLOSING = "ProgramClosing"
    PROGRAM_CLOSED = "ProgramClosed"
    TERMS_CHANGED = "TermsChanged"
    MEMBER_JOINED = "MemberJoined"
    MEMBER_LEFT = "MemberLeft"
    POINTS_MOVED = "PointsMoved"
    TIER_REACHED = "TierReached"
    TIER_LOWERED = "TierLowered"
    TIER_PROLONGED = "TierProlonged"
    TIER_WARNED = "TierWarned"
    REWARD_REDEEMED = "RewardRedeemed"
    REFERRAL_ACCEPTED = "ReferralAccepted"
    REFERRAL_FLAGGED = "ReferralFlagged"
    REFERRAL_COMPLETED = "ReferralCompleted"
    REFERRAL_REJECTED = "ReferralRejected"
    REFERRAL_EXPIRED = "ReferralExpired"
    MEMBERSHIP_STARTED = "MembershipStarted"
    MEMBERSHIP_RENEWAL_NEAR = "MembershipRenewalNear"
    MEMBERSHIP_PAYMENT_DUE = "MembershipPaymentDue"
    MEMBERSHIP_PAYMENT_FAILED = "MembershipPaymentFailed"
    MEMBERSHIP_RENEWED = "MembershipRenewed"
    MEMBERSHIP_PLAN_CHANGED = "MembershipPlanChanged"
    MEMBERSHIP_PRICE_RISE = "MembershipPriceRise"
    MEMBERSHIP_CANCELLED = "MembershipCancelled"
    MEMBERSHIP_PAUSED = "MembershipPaused"
    MEMBERSHIP_RESUMED = "MembershipResumed"
    MEMBERSHIP_LAPSED = "MembershipLapsed"
    MEMBERSHIP_ENDED = "MembershipEnded"
    MEMBERSHIP_REFUNDED = "MembershipRefunded"
