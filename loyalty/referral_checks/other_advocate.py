"""One advocate a friend and program, for good."""

from sqlmodel import Session

from loyalty.queries import referrals as queries
from loyalty.referral_checks.claim import Claim, ReferralFault


def check(session: Session, claim: Claim) -> ReferralFault | None:
    """The friend has accepted another's code before."""
    return ReferralFault.OTHER_ADVOCATE if queries.of_friend(session, claim.friend.id) else None
