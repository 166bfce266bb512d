"""What counts toward tiers for many members at once, in as many statements whatever their number."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from loyalty import periods
from loyalty.ladder import Counted
from loyalty.queries import census as queries
from loyalty.queries.census import MemberRow
from loyalty.tables import Program, TierBasis, TierWindow
from loyalty.tier_calendar import TierCalendar

# nobody joined before it
_LONG_AGO = date(1970, 1, 1)

# a member's own sums, by their id
Census = Callable[[int], Counted]
_Days = Mapping[int, Sequence[tuple[date, int]]]


def by_day(session: Session, program: Program, members: Sequence[MemberRow], *, now: datetime) -> Census:
    """For any days of these members: their credits are read day by day. One statement for each basis."""
    ids = [member.id for member in members]
    days: dict[TierBasis, _Days] = {}
    balances: Mapping[int, int] = {}
    for basis in _bases(program):
        if basis is TierBasis.BALANCE:
            balances = queries.spendable(session, ids, now=now)
        else:
            days[basis] = queries.day_sums(session, ids, basis)

    def of(member_id: int) -> Counted:
        def counted(basis: TierBasis, first: date, last: date) -> int:
            if basis is TierBasis.BALANCE:
                return balances.get(member_id, 0)
            return sum(amount for day, amount in days[basis].get(member_id, ()) if first <= day <= last)

        return counted

    return of


def today(session: Session, program: Program, members: Sequence[MemberRow], *, now: datetime) -> Census:
    """For the days that decide on a level now. One statement for each basis and day, for 5,000 members at a time."""
    if program.tier_window is TierWindow.ANNIVERSARY:
        return by_day(session, program, members, now=now)
    calendar, local = TierCalendar(program, _LONG_AGO), periods.local_date(now, program.zone)
    ids = [member.id for member in members]
    sums: dict[tuple[TierBasis, date], Mapping[int, int]] = defaultdict(dict)
    for basis in _bases(program):
        for day in calendar.deciding_days(local):
            first = calendar.first_counted(day)
            sums[basis, day] = (
                queries.spendable(session, ids, now=now)
                if basis is TierBasis.BALANCE
                else queries.sums(session, ids, basis, first=first, last=day)
            )

    def of(member_id: int) -> Counted:
        return lambda basis, _first, last: sums[basis, last].get(member_id, 0)

    return of


def _bases(program: Program) -> list[TierBasis]:
    return [program.tier_basis] if program.tier_or_basis is None else [program.tier_basis, program.tier_or_basis]
