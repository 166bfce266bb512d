"""An advocate with too many rejected referrals brings nobody more; a decision that is reversed counts no longer."""

from sqlmodel import Session

from loyalty import referral_terms
from loyalty.queries import referrals as queries
from loyalty.referral_checks.claim import Claim, ReferralFault


def check(session: Session, claim: Claim) -> ReferralFault | None:
    """As many of the advocate's referrals stand rejected, as suspicious or by staff, as the terms allow."""
    most = referral_terms.of(session, claim.advocate.program_id).suspend_after
    if most is not None and queries.accused(session, claim.advocate.id) >= most:
        return ReferralFault.SUSPENDED
    return None
