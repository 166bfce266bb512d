"""Where a member stands: reached at once, kept for a term, lost after grace. Points are counted, never spent, here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from core import clock, outbox
from loyalty import periods
from loyalty.events import LoyaltyEvent
from loyalty.queries import accounts, entries
from loyalty.queries import programs as queries
from loyalty.tables import Program, Tier, TierFall


@dataclass(frozen=True, slots=True)
class Level:
    """A tier (None: below every one), since when it is earned, and the end of its term (None: without end)."""

    tier: Tier | None
    since: datetime | None
    until: datetime | None


def settle(session: Session, membership_id: int) -> Level:
    """Bring the member's tier up to the present, and return it; safe to repeat.

    - Reached the moment the qualifying points of the window meet its threshold; its term starts that day.
    - At the end of a term: met on that day, or again in grace: prolonged from the old end. Else, when grace is over,
      one tier down or to the earned one, by the program; the lower tier gets a term of its own.
    - A tier that needs no points never ends.
    """
    return _Ladder(session, membership_id).climb()


def settle_after_return(session: Session, membership_id: int) -> Level:
    """As `settle`, after points were taken back: a level unmet, then and now, ends its term at once; grace follows."""
    ladder = _Ladder(session, membership_id)
    ladder.end_unearned_term()
    return ladder.climb()


class _Ladder:
    """One member's way up and down, locked."""

    def __init__(self, session: Session, membership_id: int) -> None:
        self._session = session
        row = accounts.locked(session, membership_id)
        self._membership_id = membership_id
        self._customer_id = row.customer_id
        self._program = session.get_one(Program, row.program_id)
        self._tiers: Sequence[Tier] = queries.tiers(session, row.program_id)
        tier = next((tier for tier in self._tiers if tier.id == row.tier_id), None)
        self._stored = self._level = Level(tier, row.tier_since, row.tier_until)
        self._now = clock.now()

    def climb(self) -> Level:
        """Every step that was due, oldest first; stores where they lead."""
        if not self._tiers:
            return self._level
        while self._step():
            pass
        if self._level != self._stored:
            self._store()
        return self._level

    def end_unearned_term(self) -> None:
        """See settle_after_return."""
        level = self._level
        if level.tier is None or level.until is None or level.since is None or level.until <= self._now:
            return
        then, today = self._day(level.since), self._day(self._now)
        if not self._meets(level.tier, then) and not self._meets(level.tier, today):
            self._level = replace(level, until=periods.start_of(today, self._program.zone))

    def _step(self) -> bool:
        today = self._day(self._now)
        earned = self._earned(today)
        if _position(earned) > _position(self._level.tier):
            self._level = self._entered(earned, self._now)
            return False
        if self._level.until is None or self._level.until > self._now:
            return False
        return self._end_term(self._level.until, today)

    def _end_term(self, until: datetime, today: date) -> bool:
        last_day = self._day(until)
        fall_day = periods.add_days(last_day, self._program.tier_grace_days)
        tier = self._level.tier
        in_grace = today < fall_day
        if tier is not None and (self._meets(tier, last_day) or (in_grace and self._meets(tier, today))):
            self._level = Level(tier, until, self._term_end(tier, last_day))
            return True
        if in_grace:
            return False
        self._level = self._entered(self._fallen(fall_day), periods.start_of(fall_day, self._program.zone))
        return True

    def _fallen(self, day: date) -> Tier | None:
        below = [tier for tier in self._tiers if tier.position < _position(self._level.tier)]
        if self._program.tier_fall is TierFall.ONE_LEVEL:
            return below[-1] if below else None
        points = self._points(day)
        return max((tier for tier in below if tier.threshold <= points), key=_position, default=None)

    def _entered(self, tier: Tier | None, at: datetime) -> Level:
        return Level(tier, at, self._term_end(tier, self._day(at)))

    def _term_end(self, tier: Tier | None, start: date) -> datetime | None:
        if tier is None or tier.threshold == 0:
            return None
        return periods.start_of(periods.add_months(start, self._program.tier_term_months), self._program.zone)

    def _earned(self, day: date) -> Tier | None:
        points = self._points(day)
        return max((tier for tier in self._tiers if tier.threshold <= points), key=_position, default=None)

    def _meets(self, tier: Tier, day: date) -> bool:
        return self._points(day) >= tier.threshold

    def _points(self, day: date) -> int:
        first = periods.first_counted(day, self._program.tier_window_months)
        return entries.qualifying(self._session, self._membership_id, first=first, last=day)

    def _day(self, instant: datetime) -> date:
        return periods.local_date(instant, self._program.zone)

    def _store(self) -> None:
        level, tier_id = self._level, self._level.tier.id if self._level.tier else None
        accounts.set_tier(self._session, self._membership_id, tier_id=tier_id, since=level.since, until=level.until)
        before, after = _position(self._stored.tier), _position(level.tier)
        if before != after:
            name = LoyaltyEvent.TIER_REACHED if after > before else LoyaltyEvent.TIER_LOWERED
            payload = {"membershipId": self._membership_id, "customerId": self._customer_id, "tierId": tier_id}
            outbox.record(self._session, name, aggregate=("Membership", self._membership_id), payload=payload)


def _position(tier: Tier | None) -> int:
    return -1 if tier is None else tier.position
