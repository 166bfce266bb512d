"""The days of a program's tiers: which count on a day, and when a level reached on it ends. Pure; no points here.

All days are local to the program. Windows and terms are half-open: they begin with their first day and end at 00:00 of
the day that is given as their end.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loyalty import periods
from loyalty.tables import Program, TierTerm, TierWindow

_YEAR = 12


@dataclass(frozen=True, slots=True)
class TierCalendar:
    """A program's days for a member who joined on a day; nothing from before it counts."""

    program: Program
    joined: date

    def first_counted(self, day: date) -> date:
        """The first day of the window that ends with `day`."""
        match self.program.tier_window:
            case TierWindow.ROLLING:
                first = periods.first_counted(day, self.program.tier_window_months)
            case TierWindow.CALENDAR_YEAR:
                first = date(day.year, 1, 1)
            case TierWindow.ANNIVERSARY:
                first = self._anniversary(day)
            case TierWindow.LIFETIME:
                first = self.joined
        return max(first, self.joined)

    def term_end(self, day: date) -> date:
        """When a level reached on `day` ends."""
        program = self.program
        match program.tier_term:
            case TierTerm.MONTHS:
                return periods.add_months(day, program.tier_term_months)
            case TierTerm.PERIOD_END:
                return self._year_end(day, years=0)
            case TierTerm.NEXT_PERIOD_END:
                return self._year_end(day, years=1)
            case TierTerm.YEARLY_DATE:
                return next(end for end in self._yearly_dates(day.year + program.tier_term_years) if end > day)

    def last_day(self, end: date) -> date:
        """The day on which it is decided whether a term that ends at `end` is prolonged.

        A term of months is held against the window that ends with its last date; one that ends with a year against that
        year, of which `end` is no part.
        """
        return end if self.program.tier_term is TierTerm.MONTHS else periods.add_days(end, -1)

    def deciding_days(self, day: date) -> list[date]:
        """`day`, and the last days of earlier years whose level may still last on it; the newest first.

        Where terms end with a year, what was reached in one is owed for its whole term, whatever the next one brings.
        """
        found = [day]
        if self.program.tier_term is TierTerm.MONTHS or self.program.tier_window in (
            TierWindow.ROLLING,
            TierWindow.LIFETIME,
        ):
            return found
        while (first := self.first_counted(found[-1])) > self.joined:
            last_of_year = periods.add_days(first, -1)
            if self.term_end(last_of_year) <= day:
                break
            found.append(last_of_year)
        return found

    def _anniversary(self, day: date) -> date:
        """The newest anniversary of joining that is not after `day`."""
        years = day.year - self.joined.year
        anniversary = periods.add_months(self.joined, years * _YEAR)
        return anniversary if anniversary <= day else periods.add_months(self.joined, (years - 1) * _YEAR)

    def _year_end(self, day: date, *, years: int) -> date:
        if self.program.tier_window is TierWindow.ANNIVERSARY:
            passed = self._anniversary(day).year - self.joined.year
            return periods.add_months(self.joined, (passed + 1 + years) * _YEAR)
        return date(day.year + 1 + years, 1, 1)

    def _yearly_dates(self, year: int) -> Iterator[date]:
        while True:
            month = self.program.tier_term_month
            last = date(year, month, min(self.program.tier_term_day, monthrange(year, month)[1]))
            yield periods.add_days(last, 1)
            year += 1
