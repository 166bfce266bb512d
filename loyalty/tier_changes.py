"""Changing a running program's tiers: what that would move, and doing it. Nobody goes down before their date.

What a draft of tiers must look like is loyalty.tier_validation's; each member moves when their tier is next settled.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import census, periods, programs, tier_validation
from loyalty.drafts import TierDraft
from loyalty.ladder import Ladder, needs, position
from loyalty.queries import census as members
from loyalty.queries import programs as queries
from loyalty.queries import tier_changes as writing
from loyalty.queries.census import MemberRow
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Program, Tier
from loyalty.tier_calendar import TierCalendar

# so many members a preview looks at, the oldest first: a request has its time
MAX_PREVIEWED = 20_000
MAX_TIERS = 50


@dataclass(frozen=True, slots=True)
class TierPlan:
    """A tier as it is to be: `tier_id` is the one that it changes, None: a new one."""

    tier_id: int | None
    draft: TierDraft


@dataclass(frozen=True, slots=True)
class Move:
    """A member who would stand elsewhere. `at`: when their term ends and they would fall; None: at once, and up."""

    membership_id: int
    former: str | None
    following: str | None
    is_up: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would bring: members by the name of their tier, now and by what counts; and each who moves.

    `is_complete` is false when the program has more members than were looked at.
    """

    now: Counter[str | None]
    following: Counter[str | None]
    moves: tuple[Move, ...]
    is_complete: bool


def preview(session: Session, program_id: int, plans: Sequence[TierPlan]) -> Preview | Refusal:
    """What `change` would bring, writing nothing. Refuses as `change` does, CONFLICT aside."""
    program = session.get(Program, program_id)
    if program is None:
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    present = queries.tiers(session, program_id)
    refused = _refusal(program, present, plans)
    if refused is not None:
        return refused
    found = members.members(session, program_id, limit=MAX_PREVIEWED + 1)
    return _previewed(session, program, found, present, _planned(program_id, plans))


def change(session: Session, program_id: int, plans: Sequence[TierPlan], *, version: int) -> int | Refusal:
    """Have the program these tiers; returns its id.

    - Members keep their tier until its date, also where its threshold has risen; a return does not end it then.
    - Whoever meets a higher one moves up at their next act, or in the night.
    - A tier left out is retired: its members and rewards go to the next one that stays above it, else below.

    Refuses PROGRAM_NOT_FOUND, CONFLICT (the program has changed since `version`), TIER_NOT_FOUND, TOO_MANY and what
    loyalty.tier_validation refuses.
    """
    program = session.get(Program, program_id)
    if program is None:
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    present = queries.tiers(session, program_id)
    refused = _refusal(program, present, plans)
    if refused is not None:
        return refused
    if not writing.take_version(session, program_id, version):
        return Refusal(LoyaltyRefusal.CONFLICT, ("revision",))
    kept = {plan.tier_id for plan in plans}
    risen = [tier.id for tier in present if tier.id in kept and _has_risen(program, tier, plans)]
    heirs = _heirs(present, kept)
    writing.replace(session, present, _planned(program_id, plans), kept=kept, at=clock.now())
    writing.hand_on(session, program_id, heirs)
    writing.look_again(session, program_id, given=[*risen, *filter(None, heirs.values())], now=clock.now())
    return program_id


def _previewed(
    session: Session, program: Program, found: Sequence[MemberRow], present: Sequence[Tier], planned: Sequence[Tier]
) -> Preview:
    now = clock.now()
    today = periods.local_date(now, program.zone)
    looked_at = found[:MAX_PREVIEWED]
    counted = census.today(session, program, looked_at, now=now)
    before, after, moves = Counter[str | None](), Counter[str | None](), []
    for member in looked_at:
        calendar = TierCalendar(program, periods.local_date(member.joined_at, program.zone))
        ladder = Ladder(program, planned, calendar, counted(member.id), now)
        former = next((tier for tier in present if tier.id == member.tier_id), None)
        following = ladder.best(today, planned).tier
        before[former.name if former else None] += 1
        after[following.name if following else None] += 1
        moves += _moves(member, former, following, planned)
    return Preview(before, after, tuple(moves), is_complete=len(found) <= MAX_PREVIEWED)


def _moves(member: MemberRow, former: Tier | None, following: Tier | None, planned: Sequence[Tier]) -> list[Move]:
    # where the member's tier stands in the new ladder; one that goes is left for the next above
    place = next((tier for tier in planned if former is not None and tier.id == former.id), None)
    if place is None and former is not None:
        place = next((tier for tier in planned if tier.threshold >= former.threshold), planned[-1] if planned else None)
    if position(following) == position(place):
        return []
    is_up = position(following) > position(place)
    names = (former.name if former else None, following.name if following else None)
    return [Move(member.id, *names, is_up=is_up, at=None if is_up else member.tier_until)]


def _refusal(program: Program, present: Sequence[Tier], plans: Sequence[TierPlan]) -> Refusal | None:
    if len(plans) > MAX_TIERS:
        return Refusal(LoyaltyRefusal.TOO_MANY, ("tiers",), {"maximum": MAX_TIERS})
    free = {tier.id for tier in present}
    for index, plan in enumerate(plans):
        if plan.tier_id is not None and plan.tier_id not in free:
            return Refusal(LoyaltyRefusal.TIER_NOT_FOUND, ("tiers", str(index), "tierId"))
        free -= {plan.tier_id}
    return next(tier_validation.tiers([plan.draft for plan in plans], program.tier_or_basis), None)


def _planned(program_id: int, plans: Sequence[TierPlan]) -> list[Tier]:
    """The tiers as they are to be, none of them stored; one that changes another has its id."""
    found = [programs.tier_of(program_id, place, plan.draft) for place, plan in enumerate(plans)]
    for tier, plan in zip(found, plans, strict=True):
        tier.id = plan.tier_id or tier.id
    return found


def _has_risen(program: Program, tier: Tier, plans: Sequence[TierPlan]) -> bool:
    draft = next(plan.draft for plan in plans if plan.tier_id == tier.id)
    before = needs(program, tier)
    after = needs(program, programs.tier_of(program.id, tier.position, draft))
    return any(basis not in after or after[basis] > amount for basis, amount in before.items())


def _heirs(present: Sequence[Tier], kept: set[int | None]) -> dict[int, int | None]:
    """For each tier that goes, the one that stays next above it, else below."""
    stays = [tier for tier in present if tier.id in kept]
    heirs: dict[int, int | None] = {}
    for tier in present:
        if tier.id not in kept:
            above = [other.id for other in stays if other.position > tier.position]
            heirs[tier.id] = above[0] if above else (stays[-1].id if stays else None)
    return heirs
