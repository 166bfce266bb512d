"""What staff decide about referrals: the queue of the grey zone, and any that the rules or they decided before."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import referral_moves, referral_rewards, referrals
from loyalty.queries import referrals as queries
from loyalty.referral_stages import MOVES, RECONSIDERED
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Referral, ReferralRejection, ReferralStage
from shop import orders

MAX_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Approve or reject the referral as it stood at `version`; the reason is for staff alone."""

    referral_id: int
    version: int
    approves: bool
    reason: str
    actor_id: int


def decide(session: Session, verdict: Verdict) -> int | Refusal:
    """Approve or reject; returns the referral's id. An approved one serves what is left of its hold.

    Refuses REFERRAL_NOT_FOUND; REQUIRED, TOO_LONG and INVALID_TEXT of the reason; CONFLICT when it has moved since
    `version`; ILLEGAL_TRANSITION from where it stands, and for approving one whose order came back.
    """
    known = session.get(Referral, verdict.referral_id)
    if known is None:
        return Refusal(LoyaltyRefusal.REFERRAL_NOT_FOUND, ("referralId",))
    refused = _reason_refusal(verdict.reason)
    if refused is not None:
        return refused
    referral_rewards.lock(session, known)
    referral = cast("Referral", queries.locked(session, verdict.referral_id))
    if referral.version != verdict.version:
        return Refusal(LoyaltyRefusal.CONFLICT, ("version",))
    act = _approve if verdict.approves else _reject
    return act(session, referral, verdict, at=clock.now()) or referral.id


def _approve(session: Session, referral: Referral, verdict: Verdict, *, at: datetime) -> Refusal | None:
    order = orders.fact(session, referral.order_id) if referral.order_id is not None else None
    if referral.stage not in RECONSIDERED:
        return _illegal()
    by = (verdict.actor_id, verdict.reason.strip())
    # what was paid and taken back before has used up its ledger keys
    again = referral.round + (referral.stage is not ReferralStage.FLAGGED)
    taken_up = {"is_cleared": True, "round": again}
    if order is None:
        referral_moves.move(session, referral, ReferralStage.ATTRIBUTED, by=by, also=taken_up)
        return None
    if not referrals.reaches_minimum(session, referral, order):
        return _illegal()
    held = {**taken_up, "hold_until": referral.hold_until or at}
    referral_moves.move(session, referral, ReferralStage.PENDING, by=by, also=held)
    referral_rewards.pay_friend(session, referral, at=at)
    referrals.end_hold(session, referral)
    return None


def _reject(session: Session, referral: Referral, verdict: Verdict, *, at: datetime) -> Refusal | None:
    to = ReferralStage.REVERSED if referral.stage is ReferralStage.REWARDED else ReferralStage.REJECTED
    if to not in MOVES[referral.stage]:
        return _illegal()
    by = (verdict.actor_id, verdict.reason.strip())
    referrals.cancel(session, referral, ReferralRejection.BY_STAFF, at=at, by=by)
    return None


def _illegal() -> Refusal:
    return Refusal(LoyaltyRefusal.ILLEGAL_TRANSITION, ("referralId",))


def _reason_refusal(reason: str) -> Refusal | None:
    if not reason.strip():
        return Refusal(LoyaltyRefusal.REQUIRED, ("reason",))
    if len(reason) > MAX_REASON:
        return Refusal(LoyaltyRefusal.TOO_LONG, ("reason",), {"maximum": MAX_REASON})
    # PostgreSQL keeps no NUL
    return Refusal(LoyaltyRefusal.INVALID_TEXT, ("reason",)) if "\x00" in reason else None
