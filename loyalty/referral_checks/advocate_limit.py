"""One member brings at most as many friends as the rule says."""

from sqlmodel import Session

from loyalty.queries import referrals as queries
from loyalty.referral_checks.claim import Claim, ReferralFault


def check(session: Session, claim: Claim) -> ReferralFault | None:
    """The advocate has brought as many as may be, rejected ones aside."""
    limit = claim.rule.member_limit
    if limit is not None and queries.counted(session, claim.advocate.id) >= limit:
        return ReferralFault.ADVOCATE_LIMIT
    return None
