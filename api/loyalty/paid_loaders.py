"""The batches and shared reads of plans and paid memberships. Statements are the room's; other loaders stand beside."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from loyalty import entitlements
from loyalty.entitlements import Held
from loyalty.queries import paid, payments, plans
from loyalty.tables import MembershipPayment, MembershipPlan, PaidMembership, PaymentMethod, PlanEligibility


def plans_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, MembershipPlan]:
    """Plans. One statement."""
    return plans.by_ids(session, ids)


def plans_by_program(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[MembershipPlan]]:
    """The plans that programs offer. One statement."""
    return plans.offered(session, ids)


def paid_by_membership(session: Session, ids: Sequence[int]) -> Mapping[int, PaidMembership]:
    """The newest purchase of each membership. One statement."""
    return paid.latest(session, ids)


def paid_by_ids(session: Session, ids: Sequence[int], customer_id: int | None) -> Mapping[int, PaidMembership]:
    """Paid memberships: the customer's, or anybody's when None. One statement."""
    return paid.by_ids(session, ids, customer_id)


def payments_by_ids(session: Session, ids: Sequence[int], customer_id: int | None) -> Mapping[int, MembershipPayment]:
    """Payments: the customer's, or anybody's when None. One statement."""
    return payments.by_ids(session, ids, customer_id)


def method_references(session: Session, ids: Sequence[int]) -> Mapping[int, str]:
    """Tokens by method. One statement."""
    return paid.references(session, ids)


def methods_of(session: Session, customer_id: int) -> Sequence[PaymentMethod]:
    """What a customer can be charged by. One statement."""
    return paid.methods(session, customer_id)


def eligibilities_of(session: Session, customer_id: int) -> Sequence[PlanEligibility]:
    """What a customer holds. One statement."""
    return plans.held(session, customer_id)


def entitlements_of(session: Session, customer_id: int) -> Sequence[Held]:
    """What a customer is entitled to now. At most two statements."""
    return entitlements.of_customer(session, customer_id)
