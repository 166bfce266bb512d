"""Moving a referral from one stage to the next: once, with its audit row and its event. Why is the callers'."""

from collections.abc import Mapping

from sqlmodel import Session

from core import clock, ids, outbox
from loyalty.events import LoyaltyEvent
from loyalty.queries import referrals as queries
from loyalty.referral_stages import MOVES
from loyalty.tables import OVER, Referral, ReferralDecision, ReferralRejection, ReferralStage

_TOLD: dict[ReferralStage, LoyaltyEvent] = {
    ReferralStage.FLAGGED: LoyaltyEvent.REFERRAL_FLAGGED,
    ReferralStage.REWARDED: LoyaltyEvent.REFERRAL_COMPLETED,
    ReferralStage.REJECTED: LoyaltyEvent.REFERRAL_REJECTED,
    ReferralStage.REVERSED: LoyaltyEvent.REFERRAL_REJECTED,
    ReferralStage.EXPIRED: LoyaltyEvent.REFERRAL_EXPIRED,
}


class ReferralError(Exception):
    """A referral would move where no referral may: a bug, never an expected "no"."""


def move(
    session: Session,
    referral: Referral,
    to: ReferralStage,
    *,
    rejection: ReferralRejection | None = None,
    by: tuple[int, str] | None = None,
    also: Mapping[str, object] | None = None,
) -> bool:
    """Move the referral on, and write `also` with it; False when it has moved meanwhile.

    `by`: the account or key that decided, and its reason; None: the rules did.
    """
    former = referral.stage
    if to not in MOVES[former]:
        raise ReferralError(f"referral {referral.id}: {former} to {to}")
    now = clock.now()
    is_decided = to in OVER or to is ReferralStage.REWARDED
    values = {**(also or {}), "stage": to, "rejection": rejection, "decided_at": now if is_decided else None}
    if to is ReferralStage.REWARDED:
        values["rewarded_at"] = now
    if not queries.move(session, referral, values):
        return False
    _note(session, referral, former, by)
    if to in _TOLD:
        tell(session, _TOLD[to], referral)
    return True


def tell(session: Session, name: LoyaltyEvent, referral: Referral) -> None:
    """Record an event about the referral."""
    payload = {"membershipId": referral.advocate_id, "referralId": referral.id}
    outbox.record(session, name, aggregate=("Membership", referral.advocate_id), payload=payload)


def _note(session: Session, referral: Referral, former: ReferralStage, by: tuple[int, str] | None) -> None:
    actor_id, reason = by or (None, None)
    session.add(
        ReferralDecision(
            id=ids.new_id(),
            referral_id=referral.id,
            former=former,
            stage=referral.stage,
            rejection=referral.rejection,
            actor_id=actor_id,
            reason=reason,
            score=referral.score,
            signals=referral.signals,
            decided_at=clock.now(),
        )
    )
    session.flush()
