"""A member's way up and down the tiers, computed: which level they are on now. Storing it is loyalty.tiers'."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from loyalty import periods
from loyalty.tables import Program, Tier, TierBasis, TierFall, TierTerm
from loyalty.tier_calendar import TierCalendar

# what counts by a basis on the days from the first to the last, both included
Counted = Callable[[TierBasis, date, date], int]


@dataclass(frozen=True, slots=True)
class Level:
    """A tier (None: below every one), since when it is earned, and the end of its term (None: without end).

    `is_given`: it was left to the member though it is not earned. `look_at`: when time alone does something to it next.
    """

    tier: Tier | None
    since: datetime | None
    until: datetime | None
    is_given: bool = False
    look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A tier that is met on a day, and when its term ends (None: never)."""

    tier: Tier | None
    day: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The tiers of a program, lowest first, for one member at an instant."""

    program: Program
    tiers: Sequence[Tier]
    calendar: TierCalendar
    counted: Counted
    now: datetime

    @property
    def today(self) -> date:
        """The program's local day."""
        return periods.local_date(self.now, self.program.zone)

    def climbed(self, level: Level) -> Level:
        """Every step that was due, oldest first."""
        if not self.tiers:
            return level
        while (following := self._step(level)) is not None:
            level = following
        return replace(level, look_at=self._look_at(level))

    def without_what_came_back(self, level: Level) -> Level:
        """The level after points or money were taken back: one that nothing reaches any more ends its term at once."""
        tier = level.tier
        if tier is None or level.is_given or needs_nothing(tier) or self._is_over(level):
            return level
        days = self.calendar.deciding_days(self.today)
        if level.since is not None and len(days) == 1:
            days.append(self._day(level.since))
        ends = [self._term_end(tier, day) for day in days if self._meets(tier, day)]
        if not ends:
            return replace(level, until=self._start_of(self.today))
        if None in ends or self.program.tier_term is TierTerm.MONTHS:
            return level
        last = self._start_of(max(end for end in ends if end is not None))
        return replace(level, until=last if level.until is None else min(level.until, last))

    def missing(self, tier: Tier, day: date) -> dict[TierBasis, int]:
        """What the window that ends with `day` lacks for the tier, by each basis that may reach it; 0: met."""
        first = self.calendar.first_counted(day)
        return {
            basis: max(0, threshold - self.counted(basis, first, day))
            for basis, threshold in needs(self.program, tier).items()
        }

    def is_kept(self, level: Level) -> bool:
        """Whether the level's term will be prolonged by what counts already."""
        if level.tier is None or level.until is None:
            return True
        last_day = self.calendar.last_day(self._day(level.until))
        return self._prolonged(level, level.until, self.calendar.deciding_days(last_day)) is not None

    def best(self, day: date, among: Sequence[Tier]) -> Claim:
        """The highest of these tiers that is met on a day, with the latest end."""
        found = Claim(None, day, None)
        for deciding in self.calendar.deciding_days(day):
            tier = next((tier for tier in reversed(among) if self._meets(tier, deciding)), None)
            if position(tier) > position(found.tier):
                # days come newest first, so the first to reach a tier has the latest end
                found = Claim(tier, deciding, None if tier is None else self._term_end(tier, deciding))
        return found

    def warned_at(self, level: Level) -> datetime | None:
        """The newest instant at which a warning of the level's end was due."""
        if level.until is None or level.until <= self.now:
            return None
        return max((at for at in self._warnings(level.until) if at <= self.now), default=None)

    def _step(self, level: Level) -> Level | None:
        claim = self.best(self.today, self.tiers)
        if position(claim.tier) > position(level.tier):
            return self._entered(claim)
        if level.tier is not None and level.until is None and self._term_end(level.tier, self.today) is not None:
            # a tier that had no end has one now, since its terms were changed: a term from this day on
            end = self._term_end(level.tier, self.today)
            return replace(level, until=self._instant(end), is_given=True)
        if self._outlasts(claim, level):
            return self._entered(claim)
        if not self._is_over(level) or level.until is None:
            return None
        return self._after_term(level, level.until)

    def _outlasts(self, claim: Claim, level: Level) -> bool:
        """Where terms end with a year, a tier met anew lasts longer at once."""
        if self.program.tier_term is TierTerm.MONTHS or claim.tier is None or level.until is None:
            return False
        is_same = position(claim.tier) == position(level.tier)
        return is_same and (claim.end is None or self._start_of(claim.end) > level.until)

    def _after_term(self, level: Level, until: datetime) -> Level | None:
        end = self._day(until)
        fall_day = periods.add_days(end, self.program.tier_grace_days)
        days = self.calendar.deciding_days(self.calendar.last_day(end))
        if self.today < fall_day:
            days.append(self.today)
        prolonged = self._prolonged(level, until, days)
        if prolonged is not None or self.today < fall_day:
            return prolonged
        return self._landed(level, fall_day)

    def _prolonged(self, level: Level, until: datetime, days: Sequence[date]) -> Level | None:
        tier = level.tier
        for day in days:
            if tier is None or not self._meets(tier, day):
                continue
            # terms of months run from the old end, those that end with a year from the year that reached them
            start = self._day(until) if self.program.tier_term is TierTerm.MONTHS else day
            end = self._term_end(tier, start)
            if end is None or self._start_of(end) > until:
                return Level(tier, until, self._instant(end))
        return None

    def _landed(self, level: Level, day: date) -> Level:
        below = [tier for tier in self.tiers if tier.position < position(level.tier)]
        earned = self.best(day, below)
        kept = below[-1:] if self.program.tier_fall is TierFall.ONE_LEVEL else []
        kept += [tier for tier in below if tier.never_downgrade]
        left = max(kept, key=position, default=None)
        if left is None or left.position <= position(earned.tier):
            return Level(earned.tier, self._start_of(day), self._instant(earned.end))
        return Level(left, self._start_of(day), self._instant(self._term_end(left, day)), is_given=True)

    def _entered(self, claim: Claim) -> Level:
        since = self.now if claim.day == self.today else self._start_of(claim.day)
        return Level(claim.tier, since, self._instant(claim.end))

    def _term_end(self, tier: Tier, day: date) -> date | None:
        return None if tier.never_downgrade or needs_nothing(tier) else self.calendar.term_end(day)

    def _meets(self, tier: Tier, day: date) -> bool:
        return needs_nothing(tier) or 0 in self.missing(tier, day).values()

    def _look_at(self, level: Level) -> datetime | None:
        if level.until is None:
            return None
        if level.until <= self.now:
            return self._start_of(periods.add_days(self._day(level.until), self.program.tier_grace_days))
        return min((at for at in self._warnings(level.until) if at > self.now), default=level.until)

    def _warnings(self, until: datetime) -> list[datetime]:
        end = self._day(until)
        return [self._start_of(periods.add_days(end, -days)) for days in self.program.tier_warning_days]

    def _is_over(self, level: Level) -> bool:
        return level.until is not None and level.until <= self.now

    def _day(self, instant: datetime) -> date:
        return periods.local_date(instant, self.program.zone)

    def _instant(self, end: date | None) -> datetime | None:
        return None if end is None else self._start_of(end)

    def _start_of(self, day: date) -> datetime:
        return periods.start_of(day, self.program.zone)


def needs(program: Program, tier: Tier) -> dict[TierBasis, int]:
    """What reaches the tier: so much of any one of these."""
    found = {program.tier_basis: tier.threshold}
    if program.tier_or_basis is not None and tier.or_threshold is not None:
        found[program.tier_or_basis] = tier.or_threshold
    return found


def needs_nothing(tier: Tier) -> bool:
    """Whether every member has it from the start."""
    return tier.threshold == 0


def position(tier: Tier | None) -> int:
    """The place of a level, -1 below every tier."""
    return -1 if tier is None else tier.position
