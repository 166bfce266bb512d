"""Statements about paid memberships: finding, locking, what is due, what was used. Payments' are queries.payments'."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, update
from sqlmodel import Session, col, select

from core import db
from loyalty.tables import (
    BenefitUse,
    EntryKind,
    LedgerEntry,
    Membership,
    PaidMembership,
    PaymentMethod,
    Program,
    SourceType,
    TrialUse,
)


def locked(session: Session, paid_id: int, customer_id: int | None = None) -> PaidMembership | None:
    """The paid membership, of this customer if one is named, locked until the transaction ends. One statement."""
    session.flush()
    statement = (
        select(PaidMembership)
        .join(Membership, col(Membership.id) == col(PaidMembership.membership_id))
        .where(PaidMembership.id == paid_id)
        .with_for_update(of=PaidMembership)
        # a row read before the wait must not hide what the transaction waited for
        .execution_options(populate_existing=True)
    )
    if customer_id is not None:
        statement = statement.where(Membership.customer_id == customer_id)
    return session.exec(statement).first()


def holder(session: Session, paid: PaidMembership) -> tuple[Membership, Program]:
    """Whose it is, and of which program. One statement."""
    statement = (
        select(Membership, Program)
        .join(Program, col(Program.id) == col(Membership.program_id))
        .where(Membership.id == paid.membership_id)
    )
    return session.exec(statement).one()


def due(session: Session, *, now: datetime, limit: int) -> Sequence[int]:
    """Paid memberships for which it is time, the longest waiting first. One statement, by index."""
    statement = select(PaidMembership.id).where(col(PaidMembership.due_at) <= now)
    return session.exec(statement.order_by(col(PaidMembership.due_at), col(PaidMembership.id)).limit(limit)).all()


def wake(session: Session, plan_id: int, *, at: datetime) -> None:
    """Have every member of the plan looked at. One statement for any number."""
    statement = update(PaidMembership).where(
        col(PaidMembership.plan_id) == plan_id, col(PaidMembership.ended_at).is_(None)
    )
    db.changed_rows(session, statement.values(due_at=at))


def of_customer(session: Session, customer_id: int) -> Sequence[PaidMembership]:
    """The customer's paid memberships that are not over. One statement."""
    statement = (
        select(PaidMembership)
        .join(Membership, col(Membership.id) == col(PaidMembership.membership_id))
        .where(Membership.customer_id == customer_id, col(PaidMembership.ended_at).is_(None))
        .order_by(col(PaidMembership.id))
    )
    return session.exec(statement).all()


def open_one(session: Session, membership_id: int) -> int | None:
    """The member's paid membership that is not over. One statement."""
    return session.exec(
        select(PaidMembership.id).where(
            PaidMembership.membership_id == membership_id, col(PaidMembership.ended_at).is_(None)
        )
    ).first()


def latest(session: Session, membership_ids: Sequence[int]) -> Mapping[int, PaidMembership]:
    """The newest purchase of each membership, over or not. One statement."""
    statement = (
        select(PaidMembership)
        .where(col(PaidMembership.membership_id).in_(membership_ids))
        .order_by(col(PaidMembership.id))
    )
    return {paid.membership_id: paid for paid in session.exec(statement)}


def by_ids(session: Session, paid_ids: Sequence[int], customer_id: int | None) -> Mapping[int, PaidMembership]:
    """Paid memberships: the customer's, or anybody's when None. One statement."""
    statement = (
        select(PaidMembership)
        .join(Membership, col(Membership.id) == col(PaidMembership.membership_id))
        .where(col(PaidMembership.id).in_(paid_ids))
    )
    if customer_id is not None:
        statement = statement.where(Membership.customer_id == customer_id)
    return {paid.id: paid for paid in session.exec(statement)}


def has_used(session: Session, paid: PaidMembership, customer_id: int, *, multiplies: bool) -> bool:
    """Whether a benefit was used in the present period: told by the shop, or points that were multiplied.

    At most two statements.
    """
    told = exists().where(col(BenefitUse.paid_membership_id) == paid.id, col(BenefitUse.used_at) >= paid.period_start)
    if session.exec(select(told)).one():
        return True
    if not multiplies:
        return False
    own = select(Membership.id).where(Membership.customer_id == customer_id)
    earned = exists().where(
        col(LedgerEntry.membership_id).in_(own),
        col(LedgerEntry.kind) == EntryKind.EARN,
        col(LedgerEntry.source_type) == SourceType.ORDER,
        col(LedgerEntry.points) > 0,
        col(LedgerEntry.occurred_at) >= paid.period_start,
    )
    return bool(session.exec(select(earned)).one())


def methods(session: Session, customer_id: int) -> Sequence[PaymentMethod]:
    """What the customer can pay by, newest first. One statement."""
    statement = select(PaymentMethod).where(
        PaymentMethod.customer_id == customer_id, col(PaymentMethod.active).is_(True)
    )
    return session.exec(statement.order_by(col(PaymentMethod.id).desc())).all()


def references(session: Session, method_ids: Sequence[int]) -> Mapping[int, str]:
    """Tokens by method. One statement."""
    statement = select(PaymentMethod.id, PaymentMethod.reference).where(col(PaymentMethod.id).in_(method_ids))
    return dict(session.exec(statement).all())


def method(session: Session, customer_id: int, reference: str) -> PaymentMethod | None:
    """The method of that token, in use or not. One statement."""
    return session.exec(
        select(PaymentMethod).where(PaymentMethod.customer_id == customer_id, PaymentMethod.reference == reference)
    ).first()


def had_trial(session: Session, program_id: int, pseudonyms: Sequence[str]) -> bool:
    """Whether any of these has had the program's trial. One statement."""
    statement = select(func.count()).where(TrialUse.program_id == program_id, col(TrialUse.pseudonym).in_(pseudonyms))
    return session.exec(statement).one() > 0


def forget_trials(session: Session, *, before: datetime) -> int:
    """Drop what is known of trials from before; returns how much."""
    return db.changed_rows(session, delete(TrialUse).where(col(TrialUse.used_at) < before))
