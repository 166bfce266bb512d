"""Joining a program. What members then hold is the ledger's, where they stand is loyalty.tiers'."""

from dataclasses import dataclass

from sqlmodel import Session

from core import clock, db, ids, outbox
from core.refusal import Refusal
from loyalty import lifecycle, tiers
from loyalty.events import LoyaltyEvent
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Membership, Program


@dataclass(frozen=True, slots=True)
class JoinDraft:
    """A customer's wish to join: the version of the terms they agreed to, and where they did (a code, no sentence)."""

    program_id: int
    customer_id: int
    terms_version: str
    consent_source: str


def join(session: Session, draft: JoinDraft) -> int | Refusal:
    """Enrol the customer; returns the membership's id.

    Refuses PROGRAM_NOT_FOUND, PROGRAM_ENDED, TERMS_OUTDATED (agreed to another version than the present one), and
    ALREADY_MEMBER.
    """
    program = session.get(Program, draft.program_id)
    # a program that one may not know of is not there
    if program is None or not lifecycle.may_join(session, program, draft.customer_id):
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    if not program.is_running:
        return Refusal(LoyaltyRefusal.PROGRAM_ENDED, ("programId",))
    if draft.terms_version != program.terms_version:
        return Refusal(LoyaltyRefusal.TERMS_OUTDATED, ("termsVersion",), {"version": program.terms_version})
    member = Membership(
        id=ids.new_id(),
        program_id=program.id,
        customer_id=draft.customer_id,
        joined_at=clock.now(),
        terms_version=draft.terms_version,
        consent_source=draft.consent_source,
    )
    if not db.insert_once(session, Membership, member.model_dump()):
        return Refusal(LoyaltyRefusal.ALREADY_MEMBER, ("programId",))
    payload = {"membershipId": member.id, "programId": program.id, "customerId": draft.customer_id}
    outbox.record(session, LoyaltyEvent.MEMBER_JOINED, aggregate=("Membership", member.id), payload=payload)
    # a tier that needs no points is there from the first day
    tiers.settle(session, member.id)
    return member.id
