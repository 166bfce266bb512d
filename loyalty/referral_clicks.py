"""Links that were followed, and whose counts. We set no cookie: the shop passes a token of its own for the visitor."""

from datetime import timedelta

from sqlmodel import Session

from core import clock, db
from core.refusal import Refusal
from loyalty import codes, referral_terms, referral_traces
from loyalty.queries import referral_traces as queries
from loyalty.queries import referrals as referral_queries
from loyalty.referral_traces import MAX_TRACE
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Membership, ReferralClick

# the longest window that terms may have
_LONGEST = timedelta(days=365)


def record(session: Session, *, code: str, visitor: str) -> bool | Refusal:
    """Remember that a visitor followed the link of this code; an unknown code is answered alike and leaves nothing.

    Refuses REQUIRED and TOO_LONG of the visitor's token.
    """
    if not visitor.strip():
        return Refusal(LoyaltyRefusal.REQUIRED, ("visitor",))
    if len(visitor) > MAX_TRACE:
        return Refusal(LoyaltyRefusal.TOO_LONG, ("visitor",), {"maximum": MAX_TRACE})
    advocate = referral_queries.owner_of(session, codes.normalised(code))
    if advocate is not None:
        _keep(session, advocate.id, _digest(visitor))
    return True


def advocate_of(session: Session, visitor: str, program_id: int) -> Membership | None:
    """Who brought the visitor by a link, within the program's window and by its attribution."""
    terms = referral_terms.of(session, program_id)
    since = clock.now() - timedelta(days=terms.window_days)
    return queries.clicked_advocate(session, _digest(visitor), program_id, attribution=terms.attribution, since=since)


def forget_old(session: Session) -> int:
    """Drop clicks that no window reaches any more; returns how many."""
    return queries.forget_clicks(session, before=clock.now() - _LONGEST)


def _keep(session: Session, membership_id: int, visitor: str) -> None:
    now = clock.now()
    row = {"visitor": visitor, "membership_id": membership_id, "first_at": now, "last_at": now}
    if not db.insert_once(session, ReferralClick, row):
        queries.clicked_again(session, visitor, membership_id, at=now)


def _digest(visitor: str) -> str:
    return referral_traces.pseudonym("VISITOR", visitor.strip())
