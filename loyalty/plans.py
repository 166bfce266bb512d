"""Set up plans and change them, and note who may have the special ones. Buying one is loyalty.paid's."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from core import clock, db, ids
from core.refusal import Refusal
from loyalty import plan_drafts
from loyalty.plan_drafts import Entitlement, NewPlan, PlanDraft, PlanTerms
from loyalty.queries import paid
from loyalty.queries import plans as queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EntitlementKind, MembershipPlan, PlanEligibility, Program, ProgramKind
from shop import customers


def create(session: Session, draft: PlanDraft) -> int | Refusal:
    """Offer a plan from now on; returns its id.

    Refuses PROGRAM_NOT_FOUND, WRONG_KIND (no paid program), PLAN_HANDLE_TAKEN, and faults by their field.
    """
    program = session.get(Program, draft.program_id)
    if program is None:
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    if program.kind is not ProgramKind.PAID:
        return Refusal(LoyaltyRefusal.WRONG_KIND, ("programId",))
    fault = draft.refusal()
    if fault is not None:
        return fault
    plan_id = add(session, program.id, draft)
    return plan_id or Refusal(LoyaltyRefusal.PLAN_HANDLE_TAKEN, ("handle",))


def add(session: Session, program_id: int, draft: NewPlan) -> int | None:
    """Write a plan that has no fault; returns its id, or None when the program has one of its handle."""
    plan_id = ids.new_id()
    row = {
        "id": plan_id,
        "program_id": program_id,
        "handle": draft.handle,
        "months": draft.months,
        "active": True,
        "version": 1,
        "created_at": clock.now(),
        **_columns(draft.terms),
    }
    return plan_id if db.insert_once(session, MembershipPlan, row) else None


def change(session: Session, plan_id: int, *, version: int, terms: PlanTerms, active: bool) -> int | Refusal:
    """Give the plan other terms; `active` False: nobody can start it any more. Returns its id.

    A lower price holds from each member's next renewal; a higher one when they have consented (loyalty.billing).
    Refuses PLAN_NOT_FOUND, CONFLICT (changed since `version`), and faults by their field.
    """
    if session.get(MembershipPlan, plan_id) is None:
        return Refusal(LoyaltyRefusal.PLAN_NOT_FOUND, ("planId",))
    fault = next(plan_drafts.faults(terms), None)
    if fault is not None:
        return fault
    values = {**_columns(terms), "active": active}
    if not queries.change(session, plan_id, version=version, values=values):
        return Refusal(LoyaltyRefusal.CONFLICT, ("version",))
    # whoever would pay more has to hear of it
    paid.wake(session, plan_id, at=clock.now())
    return plan_id


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityDraft:
    """That a customer holds an attribute before `until`, an instant that may be past; who says so."""

    customer_id: int
    attribute: str
    until: datetime
    actor_id: int


def grant(session: Session, draft: EligibilityDraft) -> int | Refusal:
    """Note what the customer holds, and may have with it; returns their id.

    Refuses CUSTOMER_NOT_FOUND and INVALID_CODE.
    """
    if customers.get(session, draft.customer_id) is None:
        return Refusal(LoyaltyRefusal.CUSTOMER_NOT_FOUND, ("customerId",))
    if not plan_drafts.is_attribute(draft.attribute):
        return Refusal(LoyaltyRefusal.INVALID_CODE, ("attribute",))
    now = clock.now()
    row = {**asdict(draft), "granted_at": now}
    row["granted_by"] = row.pop("actor_id")
    if not db.insert_once(session, PlanEligibility, row):
        queries.extend(session, draft.customer_id, draft.attribute, until=draft.until, actor_id=draft.actor_id, at=now)
    return draft.customer_id


def may_have(session: Session, plan: MembershipPlan, customer_id: int, *, at: datetime) -> bool:
    """Whether the customer holds what the plan asks for. At most one statement."""
    return plan.eligibility is None or queries.holds(session, customer_id, plan.eligibility, at=at)


def given(plan: MembershipPlan) -> list[Entitlement]:
    """What the plan gives."""
    return [entitlement(stored) for stored in plan.entitlements]


def entitlement(stored: dict[str, str | int | None]) -> Entitlement:
    """One that `Entitlement.stored` has written."""
    amount, code = stored["amount"], stored["code"]
    return Entitlement(
        kind=EntitlementKind(str(stored["kind"])),
        amount=None if amount is None else int(amount),
        code=None if code is None else str(code),
    )


def _columns(terms: PlanTerms) -> dict[str, object]:
    return {
        "name": terms.name,
        "price_minor": terms.price_minor,
        "trial_days": terms.trial_days,
        "eligibility": terms.eligibility,
        "warn_days": terms.warn_days,
        "grace_days": terms.grace_days,
        "retry_days": list(terms.retry_days),
        "price_rise": terms.price_rise,
        "entitlements": [each.stored() for each in terms.entitlements],
    }
