"""Points that staff give or take by hand, with a reason. They never count toward tiers."""

from dataclasses import dataclass

from sqlmodel import Session

from core import ids
from core.refusal import Refusal
from loyalty import expiry, ledger
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Posting, Source
from loyalty.order_points import MAX_ORDER_POINTS
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EntryKind, Membership, SourceType

MAX_REASON = 300


@dataclass(frozen=True, slots=True)
class AdjustmentDraft:
    """Points to give (positive) or take (negative), why, and the account or key that does it.

    The member sees the reason.
    """

    membership_id: int
    points: int
    reason: str
    actor_id: int


def adjust(session: Session, draft: AdjustmentDraft) -> int | Refusal:
    """Give or take points; returns the entry's id.

    Refuses MEMBERSHIP_NOT_FOUND, OUT_OF_RANGE (no points, or beyond all reason), REQUIRED, TOO_LONG and INVALID_TEXT of
    the reason, and NOT_ENOUGH_POINTS where more is to be taken than can be spent.
    """
    refused = _refusal(session, draft)
    if refused is not None:
        return refused
    account = expiry.opened(session, draft.membership_id)
    is_gift = draft.points > 0
    act_id = ids.new_id()
    code = ExplanationCode.ADJUSTED_UP if is_gift else ExplanationCode.ADJUSTED_DOWN
    posting = Posting(
        kind=EntryKind.ADJUST_CREDIT if is_gift else EntryKind.ADJUST_DEBIT,
        key=f"STAFF:{act_id}",
        source=Source(SourceType.STAFF, act_id),
        explanation=Explanation(code, {"count": abs(draft.points), "reason": draft.reason.strip()}),
        occurred_at=account.now,
        actor_id=draft.actor_id,
    )
    if not is_gift:
        return ledger.spend(session, account, posting, points=-draft.points)
    shelf = expiry.shelf(account.program, account.now)
    return ledger.earn(session, account, posting, points=draft.points, shelf=shelf) or act_id


def _refusal(session: Session, draft: AdjustmentDraft) -> Refusal | None:
    if session.get(Membership, draft.membership_id) is None:
        return Refusal(LoyaltyRefusal.MEMBERSHIP_NOT_FOUND, ("membershipId",))
    if draft.points == 0 or abs(draft.points) > MAX_ORDER_POINTS:
        return Refusal(LoyaltyRefusal.OUT_OF_RANGE, ("points",), {"minimum": 1, "maximum": MAX_ORDER_POINTS})
    if not draft.reason.strip():
        return Refusal(LoyaltyRefusal.REQUIRED, ("reason",))
    if len(draft.reason) > MAX_REASON:
        return Refusal(LoyaltyRefusal.TOO_LONG, ("reason",), {"maximum": MAX_REASON})
    # PostgreSQL keeps no NUL
    if "\x00" in draft.reason:
        return Refusal(LoyaltyRefusal.INVALID_TEXT, ("reason",))
    return None
