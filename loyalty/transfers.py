"""Points that staff move from one member to another of the same program, with a reason. They last as long as before."""

from dataclasses import dataclass

from sqlmodel import Session

from core import ids
from core.refusal import Refusal
from loyalty import bounds, expiry, ledger
from loyalty.adjustments import MAX_REASON
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Account, Posting, Shelf, Source
from loyalty.order_points import MAX_ORDER_POINTS
from loyalty.queries import lots as lot_queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EntryKind, Membership, SourceType


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """Points to move, from whom to whom, why, and the account or key that does it. Both members see the reason."""

    from_id: int
    to_id: int
    points: int
    reason: str
    actor_id: int


def transfer(session: Session, draft: TransferDraft) -> tuple[int, int] | Refusal:
    """Move spendable points, soonest to expire first; returns the ids of both entries.

    What the receiver owes is repaid first; tiers count nothing of it. Refuses MEMBERSHIP_NOT_FOUND (also of who has
    left), OTHER_PROGRAM (or the same member), OUT_OF_RANGE, REQUIRED, TOO_LONG and INVALID_TEXT of the reason,
    and NOT_ENOUGH_POINTS.
    """
    refused = _refusal(session, draft)
    if refused is not None:
        return refused
    # whoever locks two members locks the lower id first
    opened = {member: expiry.opened(session, member) for member in sorted((draft.from_id, draft.to_id))}
    giver, receiver = opened[draft.from_id], opened[draft.to_id]
    act_id = ids.new_id()
    out = _posting(giver, draft, act_id, EntryKind.TRANSFER_OUT, ExplanationCode.TRANSFERRED_OUT)
    sent = ledger.spend(session, giver, out, points=draft.points)
    if isinstance(sent, Refusal):
        return sent
    into = _posting(receiver, draft, act_id, EntryKind.TRANSFER_IN, ExplanationCode.TRANSFERRED_IN)
    taken = lot_queries.taken_by(session, sent)
    parts = [(each.points, Shelf(receiver.now, each.expires_at)) for each in taken]
    received = ledger.earn_parts(session, receiver, into, parts=parts)
    if received is None:
        raise ledger.LedgerError(f"transferred twice: {act_id}")
    return sent, received


def _posting(account: Account, draft: TransferDraft, act_id: int, kind: EntryKind, code: ExplanationCode) -> Posting:
    return Posting(
        kind=kind,
        key=f"STAFF:{act_id}",
        source=Source(SourceType.STAFF, act_id),
        explanation=Explanation(code, {"count": draft.points, "reason": draft.reason.strip()}),
        occurred_at=account.now,
        actor_id=draft.actor_id,
    )


def _refusal(session: Session, draft: TransferDraft) -> Refusal | None:
    giver, receiver = session.get(Membership, draft.from_id), session.get(Membership, draft.to_id)
    if giver is None or giver.left_at is not None:
        return Refusal(LoyaltyRefusal.MEMBERSHIP_NOT_FOUND, ("fromMembershipId",))
    if receiver is None or receiver.left_at is not None:
        return Refusal(LoyaltyRefusal.MEMBERSHIP_NOT_FOUND, ("toMembershipId",))
    if giver.program_id != receiver.program_id or giver.id == receiver.id:
        return Refusal(LoyaltyRefusal.OTHER_PROGRAM, ("toMembershipId",))
    faults = [
        *bounds.within(draft.points, ("points",), 1, MAX_ORDER_POINTS),
        *bounds.text(draft.reason, ("reason",), maximum=MAX_REASON),
    ]
    return faults[0] if faults else None
