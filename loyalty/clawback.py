"""Taking back what an order, a review or a referral should not have earned. Why it should not is the caller's.

What is taken, in order: the points of the same source that wait; its other points; the member's other spendable points,
soonest to expire first; then, by the program's policy, nothing more or a deficit. Points that expired unspent count
as taken. Other sources' waiting points are never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from sqlmodel import Session

from loyalty import expiry, ledger, lots
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Account, Posting, Source
from loyalty.queries import entries
from loyalty.queries import lots as lot_queries
from loyalty.queries.lots import OpenLot
from loyalty.tables import ClawbackPolicy, EntryKind, LedgerEntry


@dataclass(frozen=True, slots=True)
class Standing:
    """What a source has earned a member so far, and what of it has been asked back or has expired."""

    history: Sequence[LedgerEntry]
    expired: int

    @property
    def earns(self) -> list[LedgerEntry]:
        """Its credits, oldest first."""
        return [entry for entry in self.history if entry.kind is EntryKind.EARN]

    @property
    def net(self) -> int:
        """Points earned less points asked back; what was asked and written off counts as taken."""
        clawed = (entry.points - entry.uncollected for entry in self.history if entry.kind is EntryKind.CLAWBACK)
        return sum(entry.points for entry in self.earns) + sum(clawed)

    @property
    def qualifying(self) -> int:
        """What it counts toward tiers now."""
        return sum(entry.qualifying for entry in self.history)


@dataclass(frozen=True, slots=True)
class Claim:
    """Why points are taken back, once per `key`."""

    key: str
    code: ExplanationCode
    params: dict[str, str | int]
    occurred_at: datetime
    refund_id: int | None = None


def standing(session: Session, membership_id: int, source: Source) -> Standing:
    """Where the source stands. Two statements."""
    history = entries.of_source(session, membership_id, source.type, source.id)
    earned = [entry.id for entry in history if entry.kind is EntryKind.EARN]
    return Standing(history, lot_queries.expired_of(session, earned) if earned else 0)


def down_to(session: Session, membership_id: int, source: Source, *, should_have: int, claim: Claim) -> int | None:
    """Claw back what the source earned above `should_have`; writes an entry even when that is nothing.

    Returns the entry's id; None: this key has clawed before, or the source never earned.
    """
    account = expiry.opened(session, membership_id)
    found = standing(session, membership_id, source)
    if not found.earns:
        return None
    owed = max(0, found.net - should_have - found.expired)
    takes, missing = lots.reach(_in_claw_order(account, found), owed)
    is_debt = account.program.clawback is ClawbackPolicy.UNLIMITED
    posting = _posting(found, source, claim, qualifying=min(0, should_have - found.qualifying), points=owed - missing)
    if is_debt:
        posting = replace(posting, explanation=Explanation(claim.code, {**claim.params, "count": owed}))
        return ledger.take(session, account, posting, takes=takes, owed=missing)
    return ledger.take(session, account, posting, takes=takes, uncollected=missing)


def _posting(found: Standing, source: Source, claim: Claim, *, qualifying: int, points: int) -> Posting:
    return Posting(
        kind=EntryKind.CLAWBACK,
        key=claim.key,
        source=source,
        explanation=Explanation(claim.code, {**claim.params, "count": points}),
        occurred_at=claim.occurred_at,
        # a return counts on the day of what it takes back, so that both leave the window together
        qualifying=qualifying if found.earns[-1].qualifying_day else 0,
        qualifying_day=found.earns[-1].qualifying_day,
        refund_id=claim.refund_id,
    )


def _in_claw_order(account: Account, found: Standing) -> list[OpenLot]:
    earned = {entry.id for entry in found.earns}
    own = [lot for lot in account.lots if lot.entry_id in earned]
    pending = [lot for lot in own if lots.is_pending(lot, account.now)]
    own_spendable = [lot for lot in account.spendable if lot.entry_id in earned]
    others = [lot for lot in account.spendable if lot.entry_id not in earned]
    match account.program.clawback:
        case ClawbackPolicy.ONLY_PENDING:
            return pending
        case ClawbackPolicy.WITHIN_BALANCE | ClawbackPolicy.UNLIMITED:
            return pending + own_spendable + others
        case policy:
            assert_never(policy)
