"""Joining a program, agreeing to changed terms, leaving. What members hold is the ledger's, where they stand tiers'."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core import clock, db, ids, outbox
from core.refusal import Refusal
from loyalty import ages, expiry, holds, ledger, lifecycle, paid, referral_traces, tiers
from loyalty.events import LoyaltyEvent
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ladder import Level
from loyalty.ledger import Account, Posting, Source
from loyalty.lots import Take
from loyalty.queries import accounts
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EntryKind, Membership, Program, SourceType
from shop import consents
from shop.consents import ConsentDraft

MAX_CONSENTS = 20


@dataclass(frozen=True, slots=True)
class JoinDraft:
    """A customer's wish to join: the version of the terms they agreed to, and where they did (a code, no sentence).

    `birthday` is for programs with a minimum age, `consents` is what they said to other purposes beside joining.
    """

    program_id: int
    customer_id: int
    terms_version: str
    consent_source: str
    birthday: date | None = None
    consents: tuple[ConsentDraft, ...] = ()


def join(session: Session, draft: JoinDraft) -> int | Refusal:
    """Enrol the customer; returns the membership's id. Who had left starts anew, with the same membership.

    Refuses PROGRAM_NOT_FOUND (also one that the customer may not know of), PROGRAM_ENDED, TERMS_OUTDATED (agreed to
    another version than the present one), what loyalty.ages and shop.consents refuse, and ALREADY_MEMBER.
    """
    program = session.get(Program, draft.program_id)
    # a program that one may not know of is not there
    if program is None or not lifecycle.may_join(session, program, draft.customer_id):
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    refused = _refusal(session, program, draft)
    if refused is not None:
        return refused
    membership_id = _enrolled(session, draft)
    if membership_id is None:
        return Refusal(LoyaltyRefusal.ALREADY_MEMBER, ("programId",))
    for consent in draft.consents:
        consents.note(session, draft.customer_id, consent)
    payload = {"membershipId": membership_id, "programId": program.id, "customerId": draft.customer_id}
    outbox.record(session, LoyaltyEvent.MEMBER_JOINED, aggregate=("Membership", membership_id), payload=payload)
    referral_traces.note(session, membership_id, draft.customer_id)
    # a tier that needs nothing is there from the first day
    tiers.settle(session, membership_id)
    return membership_id


def accept_terms(session: Session, *, customer_id: int, program_id: int, version: str) -> int | Refusal:
    """Agree to the program's present terms; returns the membership's id, also when they had been agreed to.

    Refuses NOT_A_MEMBER, and TERMS_OUTDATED for any other version.
    """
    membership_id = accounts.in_program(session, customer_id, program_id)
    if membership_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("programId",))
    program = session.get_one(Program, program_id)
    if version != program.terms_version:
        return Refusal(LoyaltyRefusal.TERMS_OUTDATED, ("termsVersion",), {"version": program.terms_version})
    accounts.agree(session, membership_id, version, clock.now())
    return membership_id


def leave(session: Session, *, customer_id: int, program_id: int) -> int | Refusal:
    """Leave the program; returns the membership's id. What was earned is forfeited, by an entry that says so.

    Points held for a cart come back first and go with it. Codes of rewards that were taken stay good; a plan that is
    paid for lasts to its end and is not renewed. What is owed stays owed: joining again is no way out of it. Refuses
    NOT_A_MEMBER.
    """
    membership_id = accounts.in_program(session, customer_id, program_id)
    if membership_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("programId",))
    holds.release_all(session, membership_id)
    account = expiry.opened(session, membership_id)
    # asked again under the lock: of two that leave at once one has left
    if not accounts.leave(session, membership_id, account.now):
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("programId",))
    _forfeit(session, account)
    paid.end_renewal(session, membership_id)
    accounts.set_tier(session, membership_id, Level(None, None, None))
    payload = {"membershipId": membership_id, "programId": program_id, "customerId": customer_id}
    outbox.record(session, LoyaltyEvent.MEMBER_LEFT, aggregate=("Membership", membership_id), payload=payload)
    return membership_id


def _refusal(session: Session, program: Program, draft: JoinDraft) -> Refusal | None:
    if not program.is_running:
        return Refusal(LoyaltyRefusal.PROGRAM_ENDED, ("programId",))
    if draft.terms_version != program.terms_version:
        return Refusal(LoyaltyRefusal.TERMS_OUTDATED, ("termsVersion",), {"version": program.terms_version})
    if len(draft.consents) > MAX_CONSENTS:
        return Refusal(LoyaltyRefusal.TOO_MANY, ("consents",), {"maximum": MAX_CONSENTS})
    for index, consent in enumerate(draft.consents):
        refused = consent.refusal(("consents", str(index)))
        if refused is not None:
            return refused
    return ages.refusal(session, program, draft.customer_id, draft.birthday)


def _enrolled(session: Session, draft: JoinDraft) -> int | None:
    now = clock.now()
    member = Membership(
        id=ids.new_id(),
        program_id=draft.program_id,
        customer_id=draft.customer_id,
        joined_at=now,
        terms_version=draft.terms_version,
        consent_source=draft.consent_source,
        terms_agreed_at=now,
    )
    if db.insert_once(session, Membership, member.model_dump()):
        return member.id
    return accounts.rejoin(session, member)


def _forfeit(session: Session, account: Account) -> None:
    points = sum(lot.remaining for lot in account.lots)
    if points == 0:
        return
    posting = Posting(
        kind=EntryKind.FORFEIT,
        # once for each time of being a member
        key=f"JOINED:{clock.to_milliseconds(account.row.joined_at)}",
        source=Source(SourceType.MEMBERSHIP, account.id),
        explanation=Explanation(ExplanationCode.LEFT_PROGRAM, {"count": points}),
        occurred_at=account.now,
    )
    takes = [Take(lot.id, lot.remaining) for lot in account.lots]
    if ledger.take(session, account, posting, takes=takes) is None:
        raise ledger.LedgerError(f"membership {account.id} has left before and holds points again")
