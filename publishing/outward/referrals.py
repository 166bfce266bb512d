"""What is told outside of referrals: ids alone; never who the two are, nor what speaks against them."""

from dataclasses import dataclass

from publishing.outward.declaring import EventData, PublicId, node

_ADVOCATE = "The advocate's membership."
_REFERRAL = "The referral."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAcceptedEvent(EventData):
    """A friend has accepted a member's code or link."""

    membership_id: PublicId = node("Membership", _ADVOCATE)
    referral_id: PublicId = node("Referral", _REFERRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFlaggedEvent(EventData):
    """A referral waits for a person: `referralQueue` has it, with what speaks against it."""

    membership_id: PublicId = node("Membership", _ADVOCATE)
    referral_id: PublicId = node("Referral", _REFERRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCompletedEvent(EventData):
    """A friend whom a member brought has done what was asked."""

    membership_id: PublicId = node("Membership", _ADVOCATE)
    referral_id: PublicId = node("Referral", _REFERRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRejectedEvent(EventData):
    """A referral has been rejected; why is the merchant's to see, in the API."""

    membership_id: PublicId = node("Membership", _ADVOCATE)
    referral_id: PublicId = node("Referral", _REFERRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralExpiredEvent(EventData):
    """The friend's order did not come in time."""

    membership_id: PublicId = node("Membership", _ADVOCATE)
    referral_id: PublicId = node("Referral", _REFERRAL)
