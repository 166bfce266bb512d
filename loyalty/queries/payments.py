"""Statements about payments: what is to be asked, who asks, what was decided, what a member was charged."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, update
from sqlmodel import Session, col, select

from core import db
from core.paging import Page
from loyalty.tables import Membership, MembershipPayment, PaidMembership, PaymentKind, PaymentState
from loyalty.tables.paid import UNDECIDED


def due(session: Session, *, now: datetime, limit: int) -> Sequence[int]:
    """Payments about which the provider is to be asked, the longest waiting first. One statement, by index."""
    statement = select(MembershipPayment.id).where(col(MembershipPayment.ask_at) <= now)
    return session.exec(statement.order_by(col(MembershipPayment.ask_at)).limit(limit)).all()


def take(session: Session, payment: MembershipPayment, *, until: datetime, provider: str) -> bool:
    """Be the one who asks until then; False when another was faster or it is decided. One statement."""
    statement = update(MembershipPayment).where(
        col(MembershipPayment.id) == payment.id,
        col(MembershipPayment.state).in_(UNDECIDED),
        col(MembershipPayment.asks) == payment.asks,
    )
    values = {
        "state": PaymentState.ASKED,
        "asks": payment.asks + 1,
        "ask_at": until,
        "provider": provider,
    }
    return db.changed_rows(session, statement.values(values)) == 1


def wait(session: Session, payment_id: int, *, until: datetime | None, reference: str | None) -> None:
    """Ask again then; never when None. A decided payment stays as it is."""
    statement = update(MembershipPayment).where(
        col(MembershipPayment.id) == payment_id, col(MembershipPayment.state) == PaymentState.ASKED
    )
    db.changed_rows(session, statement.values(ask_at=until, reference=reference))


def decide(
    session: Session,
    payment_id: int,
    state: PaymentState,
    *,
    reference: str | None,
    failure: str | None,
    at: datetime,
) -> bool:
    """Write the outcome of an undecided payment; False when it has one. One statement.

    A refund that was refused may still be made, by hand.
    """
    made_by_hand = and_(
        col(MembershipPayment.kind) == PaymentKind.REFUND, col(MembershipPayment.state) == PaymentState.FAILED
    )
    open_ = col(MembershipPayment.state).in_(UNDECIDED)
    may = or_(open_, made_by_hand) if state is PaymentState.PAID else open_
    statement = update(MembershipPayment).where(col(MembershipPayment.id) == payment_id, may)
    values = {"state": state, "reference": reference, "failure": failure, "ask_at": None, "decided_at": at}
    return db.changed_rows(session, statement.values(values)) == 1


def withdraw_unasked(session: Session, paid_id: int, *, at: datetime) -> None:
    """Nobody is to be asked for these any more. What was asked already has to be answered."""
    statement = update(MembershipPayment).where(
        col(MembershipPayment.paid_membership_id) == paid_id,
        col(MembershipPayment.state) == PaymentState.OPEN,
        col(MembershipPayment.kind) != PaymentKind.REFUND,
    )
    db.changed_rows(session, statement.values(state=PaymentState.WITHDRAWN, ask_at=None, decided_at=at))


def fresh(session: Session, payment_id: int) -> MembershipPayment | None:
    """The payment as it is now. One statement."""
    statement = select(MembershipPayment).where(MembershipPayment.id == payment_id)
    return session.exec(statement.execution_options(populate_existing=True)).first()


def undecided(session: Session, paid_id: int) -> MembershipPayment | None:
    """The charge whose outcome is not known; there is one at most. One statement."""
    statement = select(MembershipPayment).where(
        MembershipPayment.paid_membership_id == paid_id,
        col(MembershipPayment.state).in_(UNDECIDED),
        col(MembershipPayment.kind) != PaymentKind.REFUND,
    )
    return session.exec(statement.execution_options(populate_existing=True)).first()


def attempts(session: Session, paid_id: int, period_no: int) -> Sequence[MembershipPayment]:
    """Each charge for a period so far. One statement."""
    statement = select(MembershipPayment).where(
        MembershipPayment.paid_membership_id == paid_id,
        MembershipPayment.period_no == period_no,
        col(MembershipPayment.kind) != PaymentKind.REFUND,
    )
    return session.exec(statement).all()


def of_period(session: Session, paid: PaidMembership) -> MembershipPayment | None:
    """The charge that paid for the present period. One statement."""
    statement = select(MembershipPayment).where(
        MembershipPayment.paid_membership_id == paid.id,
        MembershipPayment.period_no == paid.period_no,
        MembershipPayment.state == PaymentState.PAID,
        col(MembershipPayment.kind) != PaymentKind.REFUND,
    )
    return session.exec(statement).first()


def page(session: Session, paid_id: int, *, first: int, after: tuple[int] | None) -> Page[MembershipPayment]:
    """A paid membership's payments, newest first. One statement."""
    statement = select(MembershipPayment).where(MembershipPayment.paid_membership_id == paid_id)
    if after is not None:
        statement = statement.where(col(MembershipPayment.id) < after[0])
    rows = session.exec(statement.order_by(col(MembershipPayment.id).desc()).limit(first + 1)).all()
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def undecided_page(session: Session, *, first: int, after: tuple[int] | None) -> Page[MembershipPayment]:
    """Payments whose outcome is not known, refunds too, oldest first. One statement."""
    statement = select(MembershipPayment).where(
        col(MembershipPayment.decided_at).is_(None), col(MembershipPayment.id) > (after[0] if after else 0)
    )
    rows = session.exec(statement.order_by(col(MembershipPayment.id)).limit(first + 1)).all()
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def by_ids(session: Session, payment_ids: Sequence[int], customer_id: int | None) -> Mapping[int, MembershipPayment]:
    """Payments: the customer's, or anybody's when None. One statement."""
    statement = (
        select(MembershipPayment)
        .join(PaidMembership, col(PaidMembership.id) == col(MembershipPayment.paid_membership_id))
        .join(Membership, col(Membership.id) == col(PaidMembership.membership_id))
        .where(col(MembershipPayment.id).in_(payment_ids))
    )
    if customer_id is not None:
        statement = statement.where(Membership.customer_id == customer_id)
    return {payment.id: payment for payment in session.exec(statement)}
