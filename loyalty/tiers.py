"""Where a member stands, stored and told: reached at once, kept for a term, lost after grace.

Where that is, loyalty.ladder computes; what counts is loyalty.qualification's. No points are counted or spent here.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from core import clock, outbox
from loyalty import periods, qualification
from loyalty.events import LoyaltyEvent
from loyalty.ladder import Ladder, Level, position
from loyalty.queries import accounts
from loyalty.queries import programs as queries
from loyalty.queries.accounts import AccountRow
from loyalty.tables import Program, Tier, TierBasis
from loyalty.tier_calendar import TierCalendar

__all__ = ["Level", "settle", "settle_after_return", "settle_by_balance", "settle_difference"]


def settle(session: Session, membership_id: int) -> Level:
    """Bring the member's tier up to the present, and return it; safe to repeat.

    - Reached the moment what counts in the window meets its threshold; its term starts that day.
    - At the end of a term: met on that day, or again in grace: prolonged. Else, when grace is over, one tier down or to
      the earned one, by the program; the lower tier gets a term of its own.
    - So many days before the end of a term that would not be prolonged, the member is warned, once for each.
    - A tier that needs nothing, or that is never lost, never ends.
    """
    row = accounts.locked(session, membership_id)
    steps = ladder(session, row)
    return _settled(session, row, steps, stored(row, steps.tiers))


def settle_after_return(session: Session, membership_id: int) -> Level:
    """As `settle`, after points or money were taken back: a level unmet, then and now, ends its term at once; grace
    follows.
    """
    row = accounts.locked(session, membership_id)
    steps = ladder(session, row)
    return _settled(session, row, steps, steps.without_what_came_back(stored(row, steps.tiers)))


def settle_difference(session: Session, membership_id: int, difference: int) -> None:
    """Settle after what counts has grown or shrunk by `difference`; nothing when it did not."""
    if difference > 0:
        settle(session, membership_id)
    elif difference < 0:
        settle_after_return(session, membership_id)


def settle_by_balance(session: Session, membership_id: int) -> None:
    """Settle if the program's tiers look at the points that can be spent: the night's last step, and after any move."""
    if queries.tiers_by_balance(session, membership_id):
        settle(session, membership_id)


def ladder(session: Session, row: AccountRow) -> Ladder:
    """The member's ladder now, with the program's present tiers."""
    program = session.get_one(Program, row.program_id)
    return Ladder(
        program=program,
        tiers=queries.tiers(session, row.program_id),
        calendar=TierCalendar(program, periods.local_date(row.joined_at, program.zone)),
        counted=qualification.counted(session, row.id),
        now=clock.now(),
    )


def stored(row: AccountRow, among: Sequence[Tier]) -> Level:
    """The level as it was last stored."""
    tier = next((tier for tier in among if tier.id == row.tier_id), None)
    return Level(tier, row.tier_since, row.tier_until, is_given=row.tier_is_given, look_at=row.tier_look_at)


def _settled(session: Session, row: AccountRow, steps: Ladder, level: Level) -> Level:
    before, after = stored(row, steps.tiers), steps.climbed(level)
    if TierBasis.BALANCE in (steps.program.tier_basis, steps.program.tier_or_basis):
        after = replace(after, look_at=_sooner(after, accounts.next_spendable(session, row.id, now=steps.now)))
    if after == before:
        return after
    accounts.set_tier(session, row.id, after)
    if position(after.tier) != position(before.tier):
        _tell_move(session, row, before, after)
    elif _is_later(after, before):
        _tell(session, row, LoyaltyEvent.TIER_PROLONGED, after)
    elif _is_warning_due(steps, before):
        _warn(session, row, steps, after)
    return after


def _sooner(level: Level, change: datetime | None) -> datetime | None:
    """When to look next where points that wait will raise the balance."""
    return min((at for at in (level.look_at, change) if at is not None), default=None)


def _is_later(after: Level, before: Level) -> bool:
    return before.until is not None and (after.until is None or after.until > before.until)


def _is_warning_due(steps: Ladder, before: Level) -> bool:
    due = steps.warned_at(before)
    # one that was due before the last look has been told
    return due is not None and before.look_at is not None and before.look_at <= due and not steps.is_kept(before)


def _tell_move(session: Session, row: AccountRow, before: Level, after: Level) -> None:
    is_up = position(after.tier) > position(before.tier)
    name = LoyaltyEvent.TIER_REACHED if is_up else LoyaltyEvent.TIER_LOWERED
    _tell(session, row, name, after, formerTierId=before.tier.id if before.tier else None)


def _warn(session: Session, row: AccountRow, steps: Ladder, level: Level) -> None:
    if level.tier is None or level.until is None:
        return
    end = periods.local_date(level.until, steps.program.zone)
    missing = list(steps.missing(level.tier, steps.calendar.last_day(end)).items())
    or_basis, or_missing = missing[1] if len(missing) > 1 else (None, None)
    _tell(
        session,
        row,
        LoyaltyEvent.TIER_WARNED,
        level,
        basis=missing[0][0].value,
        missing=missing[0][1],
        orBasis=or_basis.value if or_basis else None,
        orMissing=or_missing,
        lastDay=periods.add_days(end, -1).isoformat(),
    )


def _tell(session: Session, row: AccountRow, name: LoyaltyEvent, level: Level, **more: int | str | None) -> None:
    payload = {
        "membershipId": row.id,
        "customerId": row.customer_id,
        "tierId": level.tier.id if level.tier else None,
        **more,
    }
    outbox.record(session, name, aggregate=("Membership", row.id), payload=payload)
