"""What a customer is entitled to now by their paid memberships, asked at order time. Buying them is loyalty.paid's."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import clock, db
from core.refusal import Refusal
from core.rounding import half_up
from loyalty import plans
from loyalty.amounts import ONCE
from loyalty.plan_drafts import Entitlement
from loyalty.queries import paid as queries
from loyalty.queries import plans as plan_queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import BenefitUse, EntitlementKind, PaidMembership, PaidState
from shop import orders


@dataclass(frozen=True, slots=True)
class Held:
    """An entitlement and the paid membership that gives it, until when at least."""

    entitlement: Entitlement
    paid_id: int
    until: datetime


def holds(paid: PaidMembership, at: datetime) -> bool:
    """Whether benefits are given at an instant.

    - On trial or paid for; past the end too while nobody has asked for the next payment: our being late is ours.
    - A payment due: until the grace is over. Cancelled: until the period's end. Paused: not before the pause ends.
    """
    if paid.state is PaidState.PAST_DUE:
        return paid.grace_until is not None and at < paid.grace_until
    if paid.state is PaidState.CANCELLING:
        return at < paid.period_end
    if paid.state is PaidState.PAUSED:
        return paid.paused_until is not None and paid.paused_until <= at
    return paid.state in (PaidState.TRIALING, PaidState.ACTIVE)


def held_until(paid: PaidMembership) -> datetime:
    """To when what is paid for reaches, with the grace where that runs."""
    return paid.grace_until if paid.state is PaidState.PAST_DUE and paid.grace_until else paid.period_end


def of_customer(session: Session, customer_id: int) -> list[Held]:
    """What the customer is entitled to now, oldest membership first. At most two statements."""
    now = clock.now()
    live = [paid for paid in queries.of_customer(session, customer_id) if holds(paid, now)]
    known = plan_queries.by_ids(session, [paid.plan_id for paid in live]) if live else {}
    return [Held(each, paid.id, held_until(paid)) for paid in live for each in plans.given(known[paid.plan_id])]


def multiplier_basis_points(session: Session, customer_id: int) -> int:
    """What the customer's points per amount are multiplied by, the best one counting; ONCE without any."""
    found = of_customer(session, customer_id)
    best = [each.entitlement.amount or ONCE for each in found if each.entitlement.kind is EntitlementKind.MULTIPLIER]
    return max(best, default=ONCE)


def multiplied(session: Session, customer_id: int, basis_points: int) -> int:
    """Another multiplier, as a tier's, together with that of the customer's plan: they multiply, half up."""
    return half_up(basis_points * multiplier_basis_points(session, customer_id), ONCE)


def note_use(session: Session, *, order_id: int, benefit: Entitlement) -> int | Refusal:
    """Note that the shop gave an order a benefit; returns the paid membership's id. The same again is fine.

    From the first use on, the period's money does not come back in full. Refuses ORDER_NOT_FOUND, and NOT_ENTITLED:
    the buyer is not entitled to that now.
    """
    order = orders.fact(session, order_id)
    if order is None or order.customer_id is None:
        return Refusal(LoyaltyRefusal.ORDER_NOT_FOUND, ("orderId",))
    given = of_customer(session, order.customer_id)
    held = next((each for each in given if each.entitlement.benefit == benefit.benefit), None)
    if held is None:
        return Refusal(LoyaltyRefusal.NOT_ENTITLED, ("kind",))
    row = {"paid_membership_id": held.paid_id, "order_id": order_id, "benefit": benefit.benefit}
    db.insert_once(session, BenefitUse, {**row, "used_at": clock.now()})
    return held.paid_id
