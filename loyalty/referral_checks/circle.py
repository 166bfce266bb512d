"""Members do not bring each other in a ring, however long."""

from sqlmodel import Session

from loyalty.queries import referrals as queries
from loyalty.referral_checks.claim import Claim, ReferralFault


def check(session: Session, claim: Claim) -> ReferralFault | None:
    """The friend stands somewhere above the advocate. One statement a generation; each has one parent, so it ends."""
    above = queries.of_friend(session, claim.advocate.id)
    while above is not None:
        if above.advocate_id == claim.friend.id:
            return ReferralFault.CIRCLE
        above = queries.of_friend(session, above.advocate_id)
    return None
