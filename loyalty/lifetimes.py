"""Through which local day points last, by a program's settings. Pure; when they begin to count is loyalty.expiry's."""

from calendar import monthrange
from datetime import date
from typing import assert_never

from loyalty import periods
from loyalty.tables import Program, RoundUp

_MONTHS = {RoundUp.MONTH: 1, RoundUp.QUARTER: 3, RoundUp.HALF_YEAR: 6, RoundUp.YEAR: 12}


def last_day(program: Program, day: date) -> date | None:
    """The last day of points that become spendable on `day`; None: they never expire.

    So many days or months later, rounded up to the end of a period; or the next of the program's dates after `day`; the
    earlier of the two.
    """
    ends = [_after_a_time(program, day), _on_a_date(program, day)]
    return min((end for end in ends if end is not None), default=None)


def on(text: str, year: int) -> date:
    """The day of a year that `text`, as in 06-30, names; the month's last where it is shorter."""
    month, day = (int(part) for part in text.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def _after_a_time(program: Program, day: date) -> date | None:
    if program.lot_days is not None:
        end = periods.add_days(day, program.lot_days)
    elif program.lot_months is not None:
        end = periods.add_months(day, program.lot_months)
    else:
        return None
    return end if program.lot_round_up is None else _rounded(end, program.lot_round_up, program.lot_round_up_month)


def _rounded(day: date, to: RoundUp, named_month: int | None) -> date:
    match to:
        case RoundUp.MONTH | RoundUp.QUARTER | RoundUp.HALF_YEAR | RoundUp.YEAR:
            size = _MONTHS[to]
            return _month_end(day, months=(day.month + size - 1) // size * size - day.month)
        case RoundUp.NAMED_MONTH:
            return _month_end(day, months=((named_month or 12) - day.month) % 12)
        case _:
            assert_never(to)


def _month_end(day: date, *, months: int) -> date:
    later = periods.add_months(day.replace(day=1), months)
    return later.replace(day=monthrange(later.year, later.month)[1])


def _on_a_date(program: Program, day: date) -> date | None:
    days = (on(text, year) for year in (day.year, day.year + 1) for text in program.expiry_dates)
    return min((each for each in days if each > day), default=None)
