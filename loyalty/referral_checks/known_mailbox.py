"""A friend is new: somebody who is a member under another spelling of the same mailbox was not brought by anybody."""

from sqlmodel import Session

from loyalty import referral_traces
from loyalty.queries import referral_traces as queries
from loyalty.referral_checks.claim import Claim, ReferralFault
from loyalty.tables import TraceKind


def check(session: Session, claim: Claim) -> ReferralFault | None:
    """The friend's mailbox is the advocate's, or another member's."""
    friend = referral_traces.mailbox(session, claim.friend.customer_id)
    if friend is None:
        return None
    advocate = referral_traces.mailbox(session, claim.advocate.customer_id)
    if advocate is not None and advocate.address == friend.address:
        return ReferralFault.OWN_CODE
    digest = referral_traces.pseudonym(TraceKind.EMAIL, friend.address)
    known = queries.others_with_mailbox(session, claim.friend.program_id, digest, than=claim.friend.id)
    return ReferralFault.KNOWN_MEMBER if known else None
