"""A friend is new: someone who has ordered before was not brought by anybody."""

from sqlmodel import Session

from loyalty.referral_checks.claim import Claim, ReferralFault
from shop import orders


def check(session: Session, claim: Claim) -> ReferralFault | None:
    """The friend has an order, paid or not."""
    return ReferralFault.KNOWN_BUYER if orders.has_ordered(session, claim.friend.customer_id) else None
