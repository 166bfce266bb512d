"""Nobody refers themselves."""

from sqlmodel import Session

from loyalty.referral_checks.claim import Claim, ReferralFault


def check(_session: Session, claim: Claim) -> ReferralFault | None:
    """The code is the friend's own."""
    return ReferralFault.OWN_CODE if claim.advocate.customer_id == claim.friend.customer_id else None
