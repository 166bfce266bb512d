"""What time alone does to a paid membership: warn, charge, retry, lapse, end, resume. Late or twice is the same.

What a payment's outcome does is loyalty.outcomes'; what members ask for loyalty.paid's.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock
from loyalty import collecting, outcomes, plans, proration
from loyalty.collecting import Bill
from loyalty.events import LoyaltyEvent
from loyalty.paid_states import PaidAct, after
from loyalty.queries import paid as queries
from loyalty.queries import payments
from loyalty.tables import (
    RUNNING,
    EndReason,
    MembershipPlan,
    PaidMembership,
    PaidState,
    PaymentKind,
    PriceRise,
    Program,
)

_RUNNING = (PaidState.TRIALING, PaidState.ACTIVE)


def due(session: Session, *, limit: int) -> Sequence[int]:
    """Paid memberships for which it is time. One statement."""
    return queries.due(session, now=clock.now(), limit=limit)


def run(session: Session, paid_id: int) -> None:
    """Do what is due for one, and note when to look again."""
    paid = queries.locked(session, paid_id)
    if paid is None or paid.ended_at is not None:
        return
    plan = session.get_one(MembershipPlan, paid.plan_id)
    now = clock.now()
    _tell_price(session, paid, plan, now)
    _warn(session, paid, plan, now)
    if paid.state is PaidState.PAUSED and paid.paused_until is not None and paid.paused_until <= now:
        resume(session, paid, at=paid.paused_until)
    if paid.state is PaidState.CANCELLING and paid.period_end <= now:
        outcomes.move(session, paid, PaidAct.PERIOD_OVER, reason=EndReason.CANCELLED)
    elif paid.state in _RUNNING and paid.period_end <= now:
        _renew(session, paid, now)
    elif paid.state is PaidState.PAST_DUE:
        _dun(session, paid, now)
    outcomes.schedule(session, paid)


def resume(session: Session, paid: PaidMembership, *, at: datetime) -> None:
    """End a pause: what was left of the period when it began is still to come."""
    _, program = queries.holder(session, paid)
    away = at - (paid.paused_at or at)
    paid.period_start, paid.period_end = paid.period_start + away, paid.period_end + away
    paid.anchor_day = proration.anchor_of(paid.period_end, program.zone)
    paid.paused_at = paid.paused_until = None
    outcomes.move(session, paid, PaidAct.RESUME)
    collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_RESUMED)


def price_at_renewal(paid: PaidMembership, plan: MembershipPlan) -> int | None:
    """What the next period costs; None: not without the consent that the plan asks for.

    - Another plan that the member chose: at most the price they were shown.
    - A lower price at once, a higher one when they have consented to it.
    - Else the old one; where the plan ends instead, it needs that they were told `warn_days` before.
    """
    if plan.id != paid.plan_id:
        return min(plan.price_minor, paid.consented_price_minor or plan.price_minor)
    if plan.price_minor <= max(paid.price_minor, paid.consented_price_minor or 0):
        return plan.price_minor
    was_told = paid.told_price_minor == plan.price_minor and paid.told_at is not None
    in_time = was_told and paid.told_at is not None and paid.told_at <= paid.period_end - _days(plan.warn_days)
    return None if plan.price_rise is PriceRise.END and in_time else paid.price_minor


def _tell_price(session: Session, paid: PaidMembership, plan: MembershipPlan, now: datetime) -> None:
    known = max(paid.price_minor, paid.told_price_minor or 0)
    if plan.price_minor <= known or paid.state is PaidState.STARTING:
        return
    paid.told_price_minor, paid.told_at = plan.price_minor, now
    collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_PRICE_RISE)


def _warn(session: Session, paid: PaidMembership, plan: MembershipPlan, now: datetime) -> None:
    is_time = paid.period_end - _days(plan.warn_days) <= now < paid.period_end
    if paid.state in _RUNNING and is_time and paid.warned_period != paid.period_no:
        paid.warned_period = paid.period_no
        collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_RENEWAL_NEAR)


def _renew(session: Session, paid: PaidMembership, now: datetime) -> None:
    waiting = payments.undecided(session, paid.id)
    if waiting is not None:
        if outcomes.overdue_at(paid, waiting) <= now:
            outcomes.begin_dunning(session, paid, PaidAct.OVERDUE, round_=waiting.round)
        return
    _ask(session, paid, now, round_=0)


def _dun(session: Session, paid: PaidMembership, now: datetime) -> None:
    is_waiting = payments.undecided(session, paid.id) is not None
    if paid.next_attempt_at is not None and paid.next_attempt_at <= now and not is_waiting:
        _ask(session, paid, now, round_=paid.round)
        return
    has_no_more = paid.next_attempt_at is None or is_waiting
    if has_no_more and paid.grace_until is not None and paid.grace_until <= now:
        payments.withdraw_unasked(session, paid.id, at=now)
        outcomes.move(session, paid, PaidAct.GIVE_UP, reason=EndReason.PAYMENT_FAILED)


def _ask(session: Session, paid: PaidMembership, now: datetime, *, round_: int) -> None:
    member, program = queries.holder(session, paid)
    plan = session.get_one(MembershipPlan, paid.next_plan_id or paid.plan_id)
    price = price_at_renewal(paid, plan)
    reason = _reason_to_end(session, plan, program, member.customer_id)
    if reason is not None or price is None:
        reason = reason or EndReason.PRICE_NOT_ACCEPTED
        act = PaidAct.PERIOD_OVER if after(paid.state, PaidAct.PERIOD_OVER) else PaidAct.GIVE_UP
        outcomes.move(session, paid, act, reason=reason)
        return
    start, end = _next_period(paid, plan, program, now)
    bill = Bill(PaymentKind.RENEWAL, plan, price, start, end, paid.credit_minor, round_)
    payment = collecting.charge(session, paid, bill)
    if payment is None:
        outcomes.begin_dunning(session, paid, PaidAct.DECLINED, round_=round_)
    else:
        paid.next_attempt_at = None
        outcomes.settle_at_once(session, paid, payment)


def _reason_to_end(session: Session, plan: MembershipPlan, program: Program, customer_id: int) -> EndReason | None:
    if program.state not in RUNNING:
        return EndReason.PROGRAM_ENDED
    return None if plans.may_have(session, plan, customer_id, at=clock.now()) else EndReason.NOT_ELIGIBLE


def _next_period(
    paid: PaidMembership, plan: MembershipPlan, program: Program, now: datetime
) -> tuple[datetime, datetime]:
    """From the old end; a whole period that nobody asked for is not charged afterwards: then from now on."""
    start, anchor = paid.period_end, paid.anchor_day
    end = proration.period_end(start, plan.months, anchor_day=anchor, zone=program.zone)
    if end <= now:
        start, anchor = now, proration.anchor_of(now, program.zone)
        end = proration.period_end(start, plan.months, anchor_day=anchor, zone=program.zone)
    return start, end


def _days(count: int) -> timedelta:
    return timedelta(days=count)
