"""What a payment's outcome does to the paid membership, and how one moves. Which moves there are is paid_states'."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock
from loyalty import collecting, proration
from loyalty.collecting import Bill
from loyalty.events import LoyaltyEvent
from loyalty.paid_states import PaidAct, after
from loyalty.queries import paid as queries
from loyalty.queries import payments
from loyalty.tables import (
    EndReason,
    MembershipPayment,
    MembershipPlan,
    PaidMembership,
    PaidState,
    PaymentKind,
    PaymentState,
)
from loyalty.tables.paid import OVER

OVERDUE_AFTER = timedelta(days=1)
_TOLD_WHEN_PAID = {
    PaymentKind.START: LoyaltyEvent.MEMBERSHIP_STARTED,
    PaymentKind.RENEWAL: LoyaltyEvent.MEMBERSHIP_RENEWED,
    PaymentKind.CHANGE: LoyaltyEvent.MEMBERSHIP_PLAN_CHANGED,
}


def move(session: Session, paid: PaidMembership, act: PaidAct, *, reason: EndReason | None = None) -> bool:
    """Follow the table; False where it has no such move. An end is told with its reason."""
    target = after(paid.state, act)
    if target is None:
        return False
    paid.state = target
    paid.version += 1
    if target in OVER:
        paid.ended_at, paid.end_reason, paid.due_at = clock.now(), reason, None
        paid.next_attempt_at = None
        told = LoyaltyEvent.MEMBERSHIP_LAPSED if target is PaidState.LAPSED else LoyaltyEvent.MEMBERSHIP_ENDED
        collecting.tell(session, paid, told)
    session.add(paid)
    session.flush()
    return True


def settle_at_once(session: Session, paid: PaidMembership, payment: MembershipPayment) -> None:
    """What a charge of nothing does, for which nobody need be asked."""
    if payment.state is PaymentState.PAID:
        has_paid(session, paid, payment)


def has_paid(session: Session, paid: PaidMembership, payment: MembershipPayment) -> None:
    """The money is there: the period begins. Money for a membership that expects none any more goes back."""
    if payment.kind is PaymentKind.REFUND:
        collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_REFUNDED, payment)
        return
    if not move(session, paid, PaidAct.PAID):
        collecting.give_back(session, paid, payment, amount_minor=payment.amount_minor)
        return
    _begin(session, paid, payment)
    collecting.tell(session, paid, _TOLD_WHEN_PAID[payment.kind], payment)
    schedule(session, paid)


def has_failed(session: Session, paid: PaidMembership, payment: MembershipPayment) -> None:
    """Another card of the member's is tried at once; when there is none, it depends on what was to be paid.

    - A first period: the membership ends. A dearer plan: the old one goes on.
    - A renewal: past due; tried again on the plan's retry days, benefits kept until the grace is over.
    """
    collecting.tell(session, paid, LoyaltyEvent.MEMBERSHIP_PAYMENT_FAILED, payment)
    if payment.kind is PaymentKind.REFUND or after(paid.state, PaidAct.PAID) is None:
        return
    another = collecting.charge(session, paid, _again(session, payment))
    if another is not None:
        return
    if payment.kind is PaymentKind.START:
        move(session, paid, PaidAct.GIVE_UP, reason=EndReason.PAYMENT_FAILED)
    elif payment.kind is PaymentKind.RENEWAL:
        begin_dunning(session, paid, PaidAct.DECLINED, round_=payment.round)
    schedule(session, paid)


def begin_dunning(session: Session, paid: PaidMembership, act: PaidAct, *, round_: int) -> None:
    """Past due, or still: retry days count from the first refusal, and so does the grace.

    Days on which no worker was there are not made up for: the next one is the first that is still to come.
    """
    plan = session.get_one(MembershipPlan, paid.plan_id)
    now = clock.now()
    since = paid.dunning_since or now
    paid.dunning_since = since
    paid.grace_until = since + timedelta(days=plan.grace_days)
    paid.round = round_ + 1
    coming = (since + timedelta(days=days) for days in plan.retry_days)
    paid.next_attempt_at = next((instant for instant in coming if instant > now), None)
    move(session, paid, act)


def overdue_at(paid: PaidMembership, waiting: MembershipPayment) -> datetime:
    """When a charge without an answer counts as due: a day after the period's end, or after it was asked for."""
    return max(paid.period_end, waiting.created_at) + OVERDUE_AFTER


def schedule(session: Session, paid: PaidMembership) -> None:
    """Note when time does something next. At most two statements."""
    paid.due_at = None if paid.ended_at is not None else _next_due(session, paid)
    session.add(paid)
    session.flush()


def _next_due(session: Session, paid: PaidMembership) -> datetime | None:
    if paid.state is PaidState.PAUSED:
        return paid.paused_until
    if paid.state is PaidState.CANCELLING:
        return paid.period_end
    if paid.state is PaidState.STARTING:
        return None
    waiting = payments.undecided(session, paid.id)
    if paid.state is PaidState.PAST_DUE:
        return paid.grace_until if waiting or paid.next_attempt_at is None else paid.next_attempt_at
    if waiting is not None:
        return overdue_at(paid, waiting)
    plan = session.get_one(MembershipPlan, paid.plan_id)
    warns = paid.warned_period != paid.period_no
    return paid.period_end - timedelta(days=plan.warn_days) if warns else paid.period_end


def _begin(session: Session, paid: PaidMembership, payment: MembershipPayment) -> None:
    """The period that the payment pays for, on its terms; a first period begins when it is paid."""
    _, program = queries.holder(session, paid)
    plan = session.get_one(MembershipPlan, payment.plan_id)
    start, end = payment.period_start, payment.period_end
    if payment.kind is PaymentKind.START:
        start = clock.now()
        anchor = proration.anchor_of(start, program.zone)
        end = proration.period_end(start, plan.months, anchor_day=anchor, zone=program.zone)
    if payment.kind is not PaymentKind.RENEWAL or start != paid.period_end:
        paid.anchor_day = proration.anchor_of(start, program.zone)
    paid.plan_id, paid.price_minor, paid.period_no = plan.id, payment.price_minor, payment.period_no
    paid.period_start, paid.period_end = start, end
    paid.credit_minor = payment.credit_minor - (payment.price_minor - payment.amount_minor)
    paid.next_plan_id = paid.consented_price_minor = None
    paid.dunning_since = paid.next_attempt_at = paid.grace_until = None
    paid.round = 0


def _again(session: Session, payment: MembershipPayment) -> Bill:
    plan = session.get_one(MembershipPlan, payment.plan_id)
    return Bill(
        payment.kind,
        plan,
        payment.price_minor,
        payment.period_start,
        payment.period_end,
        payment.credit_minor,
        payment.round,
    )
