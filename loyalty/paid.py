"""What a member asks of a paid membership: start, change plan, cancel, resume, pause, consent, money back.

Each takes the customer whose it must be, or None for staff, and refuses PAID_MEMBERSHIP_NOT_FOUND for anybody else's.
What time does is loyalty.billing's, what payments do loyalty.outcomes'.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from core import clock, db, ids
from core.refusal import Refusal
from loyalty import billing, collecting, outcomes, plans, proration, trials
from loyalty.collecting import Bill
from loyalty.events import LoyaltyEvent
from loyalty.paid_states import PaidAct, after
from loyalty.queries import accounts, payments
from loyalty.queries import paid as queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import (
    RUNNING,
    EndReason,
    EntitlementKind,
    MembershipPlan,
    PaidMembership,
    PaidState,
    PaymentKind,
    Program,
)

LONGEST_PAUSE = timedelta(days=366)
_ID = ("paidMembershipId",)


@dataclass(frozen=True, slots=True)
class StartDraft:
    """A member's wish to have a plan at the price they were shown, with the trial or without."""

    customer_id: int
    plan_id: int
    price_minor: int
    with_trial: bool


def start(session: Session, draft: StartDraft) -> int | Refusal:
    """Begin a trial, or ask for the first period's money; returns the paid membership's id.

    Refuses PLAN_NOT_FOUND, PROGRAM_ENDED, NOT_A_MEMBER, NOT_ELIGIBLE, PRICE_CHANGED, NO_TRIAL,
    PAYMENT_METHOD_REQUIRED, ALREADY_PAID_MEMBER, and TRIAL_USED: by this person, e-mail or card.
    """
    plan = session.get(MembershipPlan, draft.plan_id)
    if plan is None or not plan.active:
        return Refusal(LoyaltyRefusal.PLAN_NOT_FOUND, ("planId",))
    program = session.get_one(Program, plan.program_id)
    membership_id = accounts.in_program(session, draft.customer_id, program.id)
    refused = _cannot_start(session, draft, plan, program, membership_id)
    if refused is not None or membership_id is None:
        return refused or Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("planId",))
    paid = _new(membership_id, plan, program, with_trial=draft.with_trial)
    # the same again, for two who start at once
    if not db.insert_once(session, PaidMembership, paid.model_dump()):
        return Refusal(LoyaltyRefusal.ALREADY_PAID_MEMBER, ("planId",))
    if draft.with_trial and not trials.claim(session, program.id, draft.customer_id):
        return Refusal(LoyaltyRefusal.TRIAL_USED, ("withTrial",))
    kept = queries.locked(session, paid.id)
    if kept is not None:
        _begin(session, kept, plan, program)
    return paid.id


def change_plan(session: Session, paid_id: int, *, plan_id: int, customer_id: int | None) -> int | Refusal:
    """Take another plan: a dearer one now, less the unused rest of the old one; any other with the next period.

    On trial the plan changes and the trial goes on. Naming the present plan takes back a change that waits.
    Refuses PLAN_NOT_FOUND, NOT_ELIGIBLE, NOT_NOW, PAYMENT_PENDING and PAYMENT_METHOD_REQUIRED.
    """
    paid = queries.locked(session, paid_id, customer_id)
    if paid is None:
        return Refusal(LoyaltyRefusal.PAID_MEMBERSHIP_NOT_FOUND, _ID)
    member, program = queries.holder(session, paid)
    plan = session.get(MembershipPlan, plan_id)
    if plan is None or plan.program_id != program.id or not (plan.active or plan.id == paid.plan_id):
        return Refusal(LoyaltyRefusal.PLAN_NOT_FOUND, ("planId",))
    if not plans.may_have(session, plan, member.customer_id, at=clock.now()):
        return Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("planId",))
    if paid.state not in (PaidState.TRIALING, PaidState.ACTIVE):
        return Refusal(LoyaltyRefusal.NOT_NOW, _ID)
    if payments.undecided(session, paid.id) is not None:
        return Refusal(LoyaltyRefusal.PAYMENT_PENDING, _ID)
    return _change(session, paid, plan, member.customer_id) or paid.id


def cancel(session: Session, paid_id: int, *, customer_id: int | None) -> int | Refusal:
    """Not renew: benefits last until the period, or the trial, ends. Without a paid period it ends at once.

    Refuses NOT_NOW.
    """
    paid = queries.locked(session, paid_id, customer_id)
    if paid is None:
        return Refusal(LoyaltyRefusal.PAID_MEMBERSHIP_NOT_FOUND, _ID)
    if not outcomes.move(session, paid, PaidAct.CANCEL, reason=EndReason.CANCELLED):
        return Refusal(LoyaltyRefusal.NOT_NOW, _ID)
    payments.withdraw_unasked(session, paid.id, at=clock.now())
    if paid.state is PaidState.CANCELLING:
        collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_CANCELLED)
    outcomes.schedule(session, paid)
    return paid.id


def end_renewal(session: Session, membership_id: int) -> None:
    """Cancel what the member pays for, if anything: they are leaving the program. What is cancelled stays so."""
    paid_id = queries.open_one(session, membership_id)
    if paid_id is not None:
        cancel(session, paid_id, customer_id=None)


def resume(session: Session, paid_id: int, *, customer_id: int | None) -> int | Refusal:
    """Take a cancellation back before it has taken effect, or end a pause. Refuses NOT_NOW."""
    paid = queries.locked(session, paid_id, customer_id)
    if paid is None:
        return Refusal(LoyaltyRefusal.PAID_MEMBERSHIP_NOT_FOUND, _ID)
    now = clock.now()
    if paid.state is PaidState.PAUSED:
        billing.resume(session, paid, at=now)
    else:
        act = PaidAct.RESUME if paid.period_no else PaidAct.RESUME_TRIAL
        if paid.period_end <= now or not outcomes.move(session, paid, act):
            return Refusal(LoyaltyRefusal.NOT_NOW, _ID)
        collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_RESUMED)
    outcomes.schedule(session, paid)
    return paid.id


def pause(session: Session, paid_id: int, *, until: datetime, customer_id: int | None) -> int | Refusal:
    """Rest until then: no benefits, no charge; what is left of the period comes after.

    Refuses NOT_NOW, PAYMENT_PENDING, and OUT_OF_RANGE: not within the next 366 days.
    """
    paid = queries.locked(session, paid_id, customer_id)
    if paid is None:
        return Refusal(LoyaltyRefusal.PAID_MEMBERSHIP_NOT_FOUND, _ID)
    now = clock.now()
    if not now < until <= now + LONGEST_PAUSE:
        return Refusal(LoyaltyRefusal.PAUSE_OUT_OF_RANGE, ("until",), {"maximum": LONGEST_PAUSE.days})
    if payments.undecided(session, paid.id) is not None:
        return Refusal(LoyaltyRefusal.PAYMENT_PENDING, _ID)
    if paid.period_end <= now or not outcomes.move(session, paid, PaidAct.PAUSE):
        return Refusal(LoyaltyRefusal.NOT_NOW, _ID)
    paid.paused_at, paid.paused_until = now, until
    collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_PAUSED)
    outcomes.schedule(session, paid)
    return paid.id


def consent(session: Session, paid_id: int, *, price_minor: int, customer_id: int) -> int | Refusal:
    """Agree to the plan's higher price from the next period on. Only the member can.

    Refuses NOT_NOW, and PRICE_CHANGED: the plan costs something else.
    """
    paid = queries.locked(session, paid_id, customer_id)
    if paid is None:
        return Refusal(LoyaltyRefusal.PAID_MEMBERSHIP_NOT_FOUND, _ID)
    plan = session.get_one(MembershipPlan, paid.next_plan_id or paid.plan_id)
    if paid.ended_at is not None:
        return Refusal(LoyaltyRefusal.NOT_NOW, _ID)
    if plan.price_minor != price_minor:
        return Refusal(LoyaltyRefusal.PRICE_CHANGED, ("priceMinor",))
    paid.consented_price_minor = price_minor
    outcomes.schedule(session, paid)
    return paid.id


def refund(session: Session, paid_id: int, *, customer_id: int | None) -> int | Refusal:
    """End it now and give the period's money back: all of it when no benefit was used.

    When one was, staff give back the unused part of the price, and a member is refused: BENEFIT_USED.
    Refuses NOT_NOW, and NOTHING_PAID: there was no charge for this period.
    """
    paid = queries.locked(session, paid_id, customer_id)
    if paid is None:
        return Refusal(LoyaltyRefusal.PAID_MEMBERSHIP_NOT_FOUND, _ID)
    if after(paid.state, PaidAct.REFUND) is None:
        return Refusal(LoyaltyRefusal.NOT_NOW, _ID)
    payment = payments.of_period(session, paid)
    if payment is None or not payment.amount_minor:
        return Refusal(LoyaltyRefusal.NOTHING_PAID, _ID)
    member, _ = queries.holder(session, paid)
    plan = session.get_one(MembershipPlan, paid.plan_id)
    multiplies = any(given.kind is EntitlementKind.MULTIPLIER for given in plans.given(plan))
    amount_minor = payment.amount_minor
    if queries.has_used(session, paid, member.customer_id, multiplies=multiplies):
        if customer_id is not None:
            return Refusal(LoyaltyRefusal.BENEFIT_USED, _ID)
        left = paid.paused_at or clock.now()
        rest = proration.unused(paid.price_minor, start=paid.period_start, end=paid.period_end, at=left)
        amount_minor = min(amount_minor, rest)
    payments.withdraw_unasked(session, paid.id, at=clock.now())
    outcomes.move(session, paid, PaidAct.REFUND, reason=EndReason.REFUNDED)
    collecting.give_back(session, paid, payment, amount_minor=amount_minor)
    return paid.id


def _cannot_start(
    session: Session, draft: StartDraft, plan: MembershipPlan, program: Program, membership_id: int | None
) -> Refusal | None:
    if program.state not in RUNNING:
        return Refusal(LoyaltyRefusal.PROGRAM_ENDED, ("planId",))
    if membership_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("planId",))
    if not plans.may_have(session, plan, draft.customer_id, at=clock.now()):
        return Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("planId",))
    if queries.open_one(session, membership_id) is not None:
        return Refusal(LoyaltyRefusal.ALREADY_PAID_MEMBER, ("planId",))
    if draft.price_minor != plan.price_minor:
        return Refusal(LoyaltyRefusal.PRICE_CHANGED, ("priceMinor",))
    return _no_trial(session, draft, plan) or _nothing_to_pay_by(session, draft)


def _no_trial(session: Session, draft: StartDraft, plan: MembershipPlan) -> Refusal | None:
    if draft.with_trial and not plan.trial_days:
        return Refusal(LoyaltyRefusal.NO_TRIAL, ("withTrial",))
    if draft.with_trial and trials.was_had(session, plan.program_id, draft.customer_id):
        return Refusal(LoyaltyRefusal.TRIAL_USED, ("withTrial",))
    return None


def _nothing_to_pay_by(session: Session, draft: StartDraft) -> Refusal | None:
    if not collecting.can_pay(session, draft.customer_id):
        return Refusal(LoyaltyRefusal.PAYMENT_METHOD_REQUIRED, ())
    return None


def _new(membership_id: int, plan: MembershipPlan, program: Program, *, with_trial: bool) -> PaidMembership:
    now = clock.now()
    local = clock.local_day(now, program.zone)
    # the same hour of the local day, whatever the clocks do between
    end = (local + timedelta(days=plan.trial_days)).astimezone(UTC) if with_trial else now
    return PaidMembership(
        id=ids.new_id(),
        membership_id=membership_id,
        plan_id=plan.id,
        state=PaidState.TRIALING if with_trial else PaidState.STARTING,
        price_minor=plan.price_minor,
        period_no=0,
        period_start=now,
        period_end=end,
        anchor_day=proration.anchor_of(end, program.zone),
        started_at=now,
    )


def _begin(session: Session, paid: PaidMembership, plan: MembershipPlan, program: Program) -> None:
    if paid.state is PaidState.TRIALING:
        collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_STARTED)
        outcomes.schedule(session, paid)
        return
    now = clock.now()
    end = proration.period_end(now, plan.months, anchor_day=paid.anchor_day, zone=program.zone)
    collecting.charge(session, paid, Bill(PaymentKind.START, plan, plan.price_minor, now, end))


def _change(session: Session, paid: PaidMembership, plan: MembershipPlan, customer_id: int) -> Refusal | None:
    present = session.get_one(MembershipPlan, paid.plan_id)
    dearer = proration.is_upgrade(
        from_minor=paid.price_minor, from_months=present.months, to_minor=plan.price_minor, to_months=plan.months
    )
    if plan.id == present.id:
        paid.next_plan_id = paid.consented_price_minor = None
    elif paid.state is PaidState.TRIALING:
        paid.plan_id, paid.price_minor = plan.id, plan.price_minor
        paid.next_plan_id = paid.consented_price_minor = None
        collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_PLAN_CHANGED)
    elif dearer:
        if not collecting.can_pay(session, customer_id):
            return Refusal(LoyaltyRefusal.PAYMENT_METHOD_REQUIRED, ())
        _upgrade(session, paid, plan)
    else:
        paid.next_plan_id, paid.consented_price_minor = plan.id, plan.price_minor
    outcomes.schedule(session, paid)
    return None


def _upgrade(session: Session, paid: PaidMembership, plan: MembershipPlan) -> None:
    _, program = queries.holder(session, paid)
    now = clock.now()
    rest = proration.unused(paid.price_minor, start=paid.period_start, end=paid.period_end, at=now)
    anchor = proration.anchor_of(now, program.zone)
    end = proration.period_end(now, plan.months, anchor_day=anchor, zone=program.zone)
    bill = Bill(PaymentKind.CHANGE, plan, plan.price_minor, now, end, rest + paid.credit_minor)
    payment = collecting.charge(session, paid, bill)
    if payment is not None:
        outcomes.settle_at_once(session, paid, payment)
