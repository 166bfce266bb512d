"""What time alone does to referrals: holds end, waiting ends, traces and clicks are forgotten. Late or twice: alike."""

from collections.abc import Sequence

from sqlmodel import Session

from core import clock
from loyalty import referral_clicks, referral_moves, referral_rewards, referral_traces, referrals
from loyalty.queries import referrals as queries
from loyalty.tables import Referral, ReferralStage


def due(session: Session, *, after: int, limit: int) -> Sequence[int]:
    """Referrals with something to do now, lowest id first, above `after`."""
    return queries.due(session, now=clock.now(), after=after, limit=limit)


def run(session: Session, referral_id: int) -> None:
    """End the referral's hold, or its wait for an order."""
    referral_rewards.lock(session, session.get_one(Referral, referral_id))
    referral = queries.locked(session, referral_id)
    if referral is None:
        return
    now = clock.now()
    if referral.stage is ReferralStage.ATTRIBUTED and referral.expires_at is not None and referral.expires_at <= now:
        referral_moves.move(session, referral, ReferralStage.EXPIRED)
    referrals.end_hold(session, referral)


def forget(session: Session, *, limit: int) -> int:
    """Drop traces and clicks past their time; returns how many."""
    return referral_traces.forget_old(session, limit=limit) + referral_clicks.forget_old(session)
