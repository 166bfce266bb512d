"""Where members stand on the way to the next tier, and what keeps the one they have: codes for a member's own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from core import clock
from core.money import Money
from core.refusal import Param
from loyalty import census, periods
from loyalty.ladder import Ladder, Level, position
from loyalty.queries import catalogue
from loyalty.queries import census as members
from loyalty.queries.census import MemberRow
from loyalty.tables import Program, Tier, TierBasis
from loyalty.tier_calendar import TierCalendar


class ProgressCode(StrEnum):
    """What is said of a member's way. Each of the last six comes for what counts; `tier` is what it leads to."""

    TOP = "TOP"
    UNTIL = "UNTIL"
    FOR_GOOD = "FOR_GOOD"
    KEPT = "KEPT"
    REACH_POINTS = "REACH_POINTS"
    REACH_SPEND = "REACH_SPEND"
    REACH_VISITS = "REACH_VISITS"
    KEEP_POINTS = "KEEP_POINTS"
    KEEP_SPEND = "KEEP_SPEND"
    KEEP_VISITS = "KEEP_VISITS"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: its code and what it needs."""

    code: ProgressCode
    params: Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class Progress:
    """A member's way. `missing` is what lacks for `following`, by each basis that may reach it; `to_keep` what lacks
    for another term of the tier they have: empty where it is kept, has no end, or there is none.
    """

    tier: Tier | None
    until: datetime | None
    following: Tier | None
    missing: Mapping[TierBasis, int]
    to_keep: Mapping[TierBasis, int]
    why: tuple[Said, ...]


def of(session: Session, membership_ids: Sequence[int]) -> dict[int, Progress]:
    """The way of each member, as their tier was last settled. As many statements for one as for a hundred."""
    rows = members.by_ids(session, membership_ids)
    programs = catalogue.programs(session, sorted({row.program_id for row in rows}))
    tiers = catalogue.tiers(session, list(programs))
    found: dict[int, Progress] = {}
    for program in programs.values():
        own = [row for row in rows if row.program_id == program.id]
        counted = census.by_day(session, program, own, now=clock.now())
        for row in own:
            calendar = TierCalendar(program, periods.local_date(row.joined_at, program.zone))
            ladder = Ladder(program, tiers.get(program.id, ()), calendar, counted(row.id), clock.now())
            found[row.id] = _progress(ladder, row)
    return found


def _progress(ladder: Ladder, row: MemberRow) -> Progress:
    tier = next((tier for tier in ladder.tiers if tier.id == row.tier_id), None)
    level = Level(tier, row.tier_since, row.tier_until, is_given=row.tier_is_given)
    following = next((each for each in ladder.tiers if each.position > position(tier)), None)
    missing = ladder.missing(following, ladder.today) if following else {}
    to_keep = {} if ladder.is_kept(level) else _to_keep(ladder, level)
    why = (*_standing(ladder, level, to_keep), *_ahead(ladder.program, following, missing))
    return Progress(tier, level.until, following, missing, to_keep, why)


def _to_keep(ladder: Ladder, level: Level) -> dict[TierBasis, int]:
    if level.tier is None or level.until is None:
        return {}
    end = periods.local_date(level.until, ladder.program.zone)
    return ladder.missing(level.tier, max(ladder.calendar.last_day(end), ladder.today))


def _standing(ladder: Ladder, level: Level, to_keep: Mapping[TierBasis, int]) -> list[Said]:
    if level.tier is None:
        return []
    name, program = level.tier.name, ladder.program
    if level.until is None:
        return [Said(ProgressCode.FOR_GOOD, {"tier": name})]
    last_day = _noon_before(level.until, program)
    said = [Said(ProgressCode.UNTIL, {"tier": name, "date": last_day})]
    if not to_keep:
        return [*said, Said(ProgressCode.KEPT, {"tier": name})]
    keeps = [_lacking("KEEP", program, basis, amount, name) for basis, amount in to_keep.items()]
    return said + [Said(each.code, {**each.params, "date": last_day}) for each in keeps]


def _ahead(program: Program, following: Tier | None, missing: Mapping[TierBasis, int]) -> list[Said]:
    if following is None:
        return [Said(ProgressCode.TOP, {})]
    return [_lacking("REACH", program, basis, amount, following.name) for basis, amount in missing.items()]


def _lacking(act: str, program: Program, basis: TierBasis, amount: int, tier: str) -> Said:
    # points in hand are points to a member
    counted = TierBasis.POINTS if basis is TierBasis.BALANCE else basis
    code = ProgressCode[f"{act}_{counted.name}"]
    if basis is TierBasis.SPEND:
        return Said(code, {"tier": tier, "amount": Money(amount, program.currency)})
    return Said(code, {"tier": tier, "count": amount})


def _noon_before(until: datetime, program: Program) -> datetime:
    """An instant of the term's last day, which reads as that day in every zone near the program's."""
    last: date = periods.add_days(periods.local_date(until, program.zone), -1)
    return periods.noon_of(last, program.zone)
