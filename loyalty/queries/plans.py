"""Statements about plans and who may have them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from core import db
from loyalty.tables import MembershipPlan, PlanEligibility


def change(session: Session, plan_id: int, *, version: int, values: Mapping[str, object]) -> bool:
    """Write other terms into a plan that is at `version`; False when it is not."""
    statement = update(MembershipPlan).where(col(MembershipPlan.id) == plan_id, col(MembershipPlan.version) == version)
    changed = db.changed_rows(session, statement.values(**values, version=version + 1)) == 1
    session.expire_all()
    return changed


def extend(session: Session, customer_id: int, attribute: str, *, until: datetime, actor_id: int, at: datetime) -> None:
    """Write a new end of what the customer holds."""
    statement = update(PlanEligibility).where(
        col(PlanEligibility.customer_id) == customer_id, col(PlanEligibility.attribute) == attribute
    )
    db.changed_rows(session, statement.values(until=until, granted_by=actor_id, granted_at=at))


def holds(session: Session, customer_id: int, attribute: str, *, at: datetime) -> bool:
    """Whether the customer holds the attribute at an instant. One statement."""
    statement = select(PlanEligibility.until).where(
        PlanEligibility.customer_id == customer_id, PlanEligibility.attribute == attribute
    )
    until = session.exec(statement).first()
    return until is not None and at < until


def held(session: Session, customer_id: int) -> Sequence[PlanEligibility]:
    """Every attribute that the customer holds or held. One statement."""
    statement = select(PlanEligibility).where(PlanEligibility.customer_id == customer_id)
    return session.exec(statement.order_by(col(PlanEligibility.attribute))).all()


def by_ids(session: Session, plan_ids: Sequence[int]) -> Mapping[int, MembershipPlan]:
    """Plans by id. One statement."""
    found = session.exec(select(MembershipPlan).where(col(MembershipPlan.id).in_(plan_ids)))
    return {plan.id: plan for plan in found}


def offered(session: Session, program_ids: Sequence[int]) -> Mapping[int, Sequence[MembershipPlan]]:
    """The plans that can be started now, by program, cheapest first. One statement."""
    statement = (
        select(MembershipPlan)
        .where(col(MembershipPlan.program_id).in_(program_ids), col(MembershipPlan.active).is_(True))
        .order_by(col(MembershipPlan.price_minor), col(MembershipPlan.id))
    )
    plans: dict[int, list[MembershipPlan]] = defaultdict(list)
    for plan in session.exec(statement):
        plans[plan.program_id].append(plan)
    return plans
