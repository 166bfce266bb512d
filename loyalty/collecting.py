"""Ask for money: which period, how much, by which card, the how-manieth time. The provider is asked by payments'.

A charge is a row before anybody is asked. It is unique by (paid membership, period, attempt), and a paid membership
has one undecided charge at most.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import clock, ids, outbox
from loyalty import payment_providers
from loyalty.events import LoyaltyEvent
from loyalty.queries import paid as queries
from loyalty.queries import payments
from loyalty.tables import MembershipPayment, MembershipPlan, PaidMembership, PaymentKind, PaymentState


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid: a plan for a period at a price, less a credit. `round`: 0, then one for each retry day."""

    kind: PaymentKind
    plan: MembershipPlan
    price_minor: int
    start: datetime
    end: datetime
    credit_minor: int = 0
    round: int = 0

    @property
    def amount_minor(self) -> int:
        """What is left to pay."""
        return max(self.price_minor - self.credit_minor, 0)

    def is_of(self, payment: MembershipPayment) -> bool:
        """Whether the payment was an attempt of this bill, and not of another for the same number of a period."""
        return (payment.kind, payment.round, payment.period_start) == (self.kind, self.round, self.start)


def can_pay(session: Session, customer_id: int) -> bool:
    """Whether there is anything to take money by, where the provider needs that."""
    return not payment_providers.chosen().needs_method or bool(queries.methods(session, customer_id))


def charge(session: Session, paid: PaidMembership, bill: Bill) -> MembershipPayment | None:
    """Open the next attempt of the bill, by the newest card that its round has not tried; None: there is none left.

    Nothing to pay is paid at once: the row says PAID.
    """
    member, program = queries.holder(session, paid)
    before = payments.attempts(session, paid.id, paid.period_no + 1)
    untried = _untried(session, member.customer_id, {each.method_id for each in before if bill.is_of(each)})
    if not untried:
        return None
    now = clock.now()
    is_owed = bill.amount_minor > 0
    payment = MembershipPayment(
        id=ids.new_id(),
        paid_membership_id=paid.id,
        kind=bill.kind,
        state=PaymentState.OPEN if is_owed else PaymentState.PAID,
        period_no=paid.period_no + 1,
        attempt=len(before) + 1,
        round=bill.round,
        method_id=untried[0],
        plan_id=bill.plan.id,
        price_minor=bill.price_minor,
        credit_minor=bill.credit_minor,
        amount_minor=bill.amount_minor,
        currency=program.currency,
        period_start=bill.start,
        period_end=bill.end,
        ask_at=now if is_owed else None,
        created_at=now,
        decided_at=None if is_owed else now,
    )
    session.add(payment)
    session.flush()
    if is_owed:
        tell(session, paid, LoyaltyEvent.MEMBERSHIP_PAYMENT_DUE, payment)
    return payment


def give_back(session: Session, paid: PaidMembership, payment: MembershipPayment, *, amount_minor: int) -> None:
    """Open the refund of a charge; there is one at most. Nothing for nothing."""
    if amount_minor <= 0:
        return
    now = clock.now()
    refund = MembershipPayment(
        id=ids.new_id(),
        paid_membership_id=paid.id,
        kind=PaymentKind.REFUND,
        state=PaymentState.OPEN,
        period_no=payment.period_no,
        attempt=None,
        refund_of_id=payment.id,
        method_id=payment.method_id,
        plan_id=payment.plan_id,
        price_minor=payment.price_minor,
        amount_minor=amount_minor,
        currency=payment.currency,
        period_start=payment.period_start,
        period_end=payment.period_end,
        ask_at=now,
        created_at=now,
    )
    session.add(refund)
    session.flush()
    tell(session, paid, LoyaltyEvent.MEMBERSHIP_PAYMENT_DUE, refund)


def tell(session: Session, paid: PaidMembership, name: LoyaltyEvent, payment: MembershipPayment | None = None) -> None:
    """Record an event of the paid membership, and of a payment of it."""
    payload: dict[str, int | str | None] = {
        "membershipId": paid.membership_id,
        "paidMembershipId": paid.id,
        "planId": paid.plan_id,
    }
    if payment is not None:
        payload |= {"paymentId": payment.id, "kind": payment.kind.value}
    if paid.end_reason is not None:
        payload["reason"] = paid.end_reason.value
    outbox.record(session, name, aggregate=("Membership", paid.membership_id), payload=payload)


def _untried(session: Session, customer_id: int, tried: set[int | None]) -> list[int | None]:
    on_file: list[int | None] = [method.id for method in queries.methods(session, customer_id)]
    if not on_file and not payment_providers.chosen().needs_method:
        on_file = [None]
    return [method for method in on_file if method not in tried]
