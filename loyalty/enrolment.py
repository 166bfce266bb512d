"""Enrolling an existing customer list, with what each of them agreed to. A customer's own joining is memberships'.

Each row stands for itself: one that is refused leaves nothing behind, and the others go on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core import clock, db
from core.refusal import Refusal
from loyalty import memberships
from loyalty.memberships import JoinDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Program, ProgramInvitation, ProgramState
from shop import customers
from shop.consents import ConsentDraft
from shop.customers import CustomerDraft

MAX_ROWS = 100


@dataclass(frozen=True, slots=True)
class Agreement:
    """The version of the terms that the whole list agreed to, and where (a code or a file's name)."""

    program_id: int
    terms_version: str
    source: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A customer of ours to enrol, with what they said to other purposes."""

    customer_id: int
    consents: tuple[ConsentDraft, ...] = ()


def enrol(session: Session, agreement: Agreement, rows: Sequence[Enrolled]) -> list[int | Refusal]:
    """Enrol customers that are known; the membership's id, or why not, for each.

    Refuses CUSTOMER_NOT_FOUND and what loyalty.memberships.join refuses. In a pilot it invites as well; a draft takes
    nobody: ILLEGAL_TRANSITION.
    """
    return [_alone(session, lambda row=row: _known(session, agreement, row)) for row in rows]  # type: ignore[misc]


def enrol_described(session: Session, agreement: Agreement, rows: Sequence[CustomerDraft]) -> list[int | Refusal]:
    """As `enrol`, for customers as a list describes them: each is recorded first, as shop.customers does."""
    return [_alone(session, lambda row=row: _described(session, agreement, row)) for row in rows]  # type: ignore[misc]


def _alone(session: Session, act: Callable[[], int | Refusal]) -> int | Refusal:
    with session.begin_nested() as row:
        outcome = act()
        if isinstance(outcome, Refusal):
            row.rollback()
        return outcome


def _described(session: Session, agreement: Agreement, draft: CustomerDraft) -> int | Refusal:
    customer_id = customers.record(session, draft)
    if isinstance(customer_id, Refusal):
        return customer_id
    return _known(session, agreement, Enrolled(customer_id))


def _known(session: Session, agreement: Agreement, row: Enrolled) -> int | Refusal:
    program = session.get(Program, agreement.program_id)
    if program is not None and program.state is ProgramState.DRAFT:
        return Refusal(LoyaltyRefusal.ILLEGAL_TRANSITION, ("programId",))
    if customers.get(session, row.customer_id) is None:
        return Refusal(LoyaltyRefusal.CUSTOMER_NOT_FOUND, ("customerId",))
    if program is not None and program.state is ProgramState.PILOT:
        invited = {"program_id": program.id, "customer_id": row.customer_id, "invited_at": clock.now()}
        db.insert_once(session, ProgramInvitation, invited)
    wish = JoinDraft(
        program_id=agreement.program_id,
        customer_id=row.customer_id,
        terms_version=agreement.terms_version,
        consent_source=agreement.source,
        consents=row.consents,
    )
    return memberships.join(session, wish)
