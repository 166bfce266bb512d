"""The checks of a referral, in order; the first that objects decides. What a shopper hears of it is referrals'."""

from sqlmodel import Session

from loyalty.referral_checks import (
    advocate_limit,
    circle,
    known_buyer,
    known_mailbox,
    other_advocate,
    own_code,
    suspended,
)
from loyalty.referral_checks.claim import Check, Claim, ReferralFault

__all__ = ["REFERRAL_CHECKS", "Check", "Claim", "ReferralFault", "first_fault"]

REFERRAL_CHECKS: tuple[Check, ...] = (
    own_code.check,
    other_advocate.check,
    known_buyer.check,
    known_mailbox.check,
    circle.check,
    suspended.check,
    advocate_limit.check,
)


def first_fault(session: Session, claim: Claim) -> ReferralFault | None:
    """The true reason against the claim, if there is one."""
    return next((fault for check in REFERRAL_CHECKS if (fault := check(session, claim))), None)
