"""A program's way from a draft to its end, as one table of moves. Setting it up is loyalty.programs'."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session

from core import clock, db, outbox
from core.refusal import Refusal
from loyalty import periods
from loyalty.events import LoyaltyEvent
from loyalty.queries import lots
from loyalty.queries import programs as queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Program, ProgramInvitation, ProgramState
from shop import customers

MAX_INVITED = 200

# what may follow what; a program that has begun is never a draft again
MOVES: dict[ProgramState, frozenset[ProgramState]] = {
    ProgramState.DRAFT: frozenset({ProgramState.PILOT, ProgramState.LIVE}),
    ProgramState.PILOT: frozenset({ProgramState.LIVE, ProgramState.ENDED, ProgramState.CLOSING}),
    ProgramState.LIVE: frozenset({ProgramState.ENDED, ProgramState.CLOSING}),
    ProgramState.ENDED: frozenset({ProgramState.CLOSING}),
    ProgramState.CLOSING: frozenset({ProgramState.CLOSED}),
    ProgramState.CLOSED: frozenset(),
}


def publish(session: Session, program_id: int) -> int | Refusal:
    """From now on everybody may see and join it. Refuses PROGRAM_NOT_FOUND, ILLEGAL_TRANSITION."""
    return _moved(session, program_id, ProgramState.LIVE, LoyaltyEvent.PROGRAM_PUBLISHED)


def invite(session: Session, program_id: int, customer_ids: Collection[int]) -> int | Refusal:
    """Let these customers see and join it before the others; a draft becomes a pilot. Inviting twice invites once.

    Refuses PROGRAM_NOT_FOUND, ILLEGAL_TRANSITION (neither a draft nor a pilot), REQUIRED and TOO_MANY of the list, and
    CUSTOMER_NOT_FOUND with the place of the first that is unknown.
    """
    refused = _invited_refusal(session, customer_ids)
    if refused is not None:
        return refused
    program = session.get(Program, program_id)
    if program is None or program.state is not ProgramState.PILOT:
        outcome = _moved(session, program_id, ProgramState.PILOT)
        if isinstance(outcome, Refusal):
            return outcome
    now = clock.now()
    for customer_id in customer_ids:
        row = {"program_id": program_id, "customer_id": customer_id, "invited_at": now}
        db.insert_once(session, ProgramInvitation, row)
    return program_id


def end(session: Session, program_id: int) -> int | Refusal:
    """From now on nobody joins or earns; points can still be spent.

    Refuses PROGRAM_NOT_FOUND, PROGRAM_ENDED (it has), and ILLEGAL_TRANSITION for a draft.
    """
    program = session.get(Program, program_id)
    if program is not None and program.state in (ProgramState.ENDED, ProgramState.CLOSING, ProgramState.CLOSED):
        return Refusal(LoyaltyRefusal.PROGRAM_ENDED, ("programId",))
    return _moved(session, program_id, ProgramState.ENDED)


def close(session: Session, program_id: int, *, last_day: date) -> int | Refusal:
    """From now on nobody joins or earns, and points can be spent through `last_day`, a day of the program's zone.

    Points that would wait longer become spendable on that day. Refuses PROGRAM_NOT_FOUND, ILLEGAL_TRANSITION, and
    DATE_NOT_AHEAD: members need to be told first.
    """
    program = session.get(Program, program_id)
    if program is None:
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    if last_day <= periods.local_date(clock.now(), program.zone):
        return Refusal(LoyaltyRefusal.DATE_NOT_AHEAD, ("lastDay",))
    outcome = _moved(session, program_id, ProgramState.CLOSING, LoyaltyEvent.PROGRAM_CLOSING, lastDay=str(last_day))
    if not isinstance(outcome, Refusal):
        opens = periods.start_of(last_day, program.zone)
        ends = periods.start_of(periods.add_days(last_day, 1), program.zone)
        queries.set_closing(session, program_id, ends)
        lots.end_by(session, program_id, opens=opens, ends=ends)
    return outcome


def close_due(session: Session) -> int:
    """Close every program whose last day has passed; how many. Their points end with the members' own night."""
    due = queries.closing_by(session, clock.now())
    for program_id in due:
        _moved(session, program_id, ProgramState.CLOSED, LoyaltyEvent.PROGRAM_CLOSED)
    return len(due)


def may_join(session: Session, program: Program, customer_id: int) -> bool:
    """Whether the customer may know of it: everybody of a public one, of a pilot those who are invited."""
    is_pilot = program.state is ProgramState.PILOT
    return program.is_public or (is_pilot and queries.is_invited(session, program.id, customer_id))


def last_day(program: Program) -> date | None:
    """The last day on which the points of a closing program can be spent."""
    if program.closes_at is None:
        return None
    return periods.add_days(periods.local_date(program.closes_at, program.zone), -1)


def _moved(
    session: Session, program_id: int, to: ProgramState, event: LoyaltyEvent | None = None, **more: str
) -> int | Refusal:
    program = session.get(Program, program_id)
    if program is None:
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    sources = [state for state, following in MOVES.items() if to in following]
    # one conditional UPDATE: of two moves at once one is refused
    if not queries.move(session, program_id, sources, to):
        return Refusal(LoyaltyRefusal.ILLEGAL_TRANSITION, ("programId",))
    session.expire(program)
    if event is not None:
        outbox.record(session, event, aggregate=("Program", program_id), payload={"programId": program_id, **more})
    return program_id


def _invited_refusal(session: Session, customer_ids: Collection[int]) -> Refusal | None:
    if not customer_ids:
        return Refusal(LoyaltyRefusal.REQUIRED, ("customerIds",))
    if len(customer_ids) > MAX_INVITED:
        return Refusal(LoyaltyRefusal.TOO_MANY, ("customerIds",), {"maximum": MAX_INVITED})
    known = customers.by_ids(session, list(customer_ids))
    for index, customer_id in enumerate(customer_ids):
        if customer_id not in known:
            return Refusal(LoyaltyRefusal.CUSTOMER_NOT_FOUND, ("customerIds", str(index)))
    return None
