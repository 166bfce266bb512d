"""Statements about programs, their rules, tiers and rates."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from core import db
from loyalty.tables import (
    EarningRule,
    Membership,
    Program,
    ProgramInvitation,
    ProgramRate,
    ProgramState,
    RuleKind,
    Tier,
    TierBasis,
)


def by_handle(session: Session, handle: str) -> Program | None:
    """The program of that handle."""
    return session.exec(select(Program).where(Program.handle == handle)).first()


def rules_at(session: Session, program_id: int, kind: RuleKind, at: datetime) -> Sequence[EarningRule]:
    """The rules of a kind that are live at an instant, oldest first."""
    statement = (
        select(EarningRule)
        .where(
            EarningRule.program_id == program_id,
            EarningRule.kind == kind,
            col(EarningRule.starts_at) <= at,
            or_(col(EarningRule.ends_at).is_(None), col(EarningRule.ends_at) > at),
        )
        .order_by(col(EarningRule.lineage_id))
    )
    return session.exec(statement).all()


def rules(session: Session, rule_ids: Sequence[int]) -> Sequence[EarningRule]:
    """Versions of rules by id, oldest rule first."""
    statement = select(EarningRule).where(col(EarningRule.id).in_(rule_ids)).order_by(col(EarningRule.lineage_id))
    return session.exec(statement).all()


def end_rule(session: Session, rule_id: int, at: datetime) -> bool:
    """End a version that has no end yet; False when another change came first."""
    statement = (
        update(EarningRule).where(col(EarningRule.id) == rule_id, col(EarningRule.ends_at).is_(None)).values(ends_at=at)
    )
    return db.changed_rows(session, statement) == 1


def move(session: Session, program_id: int, sources: Collection[ProgramState], to: ProgramState) -> bool:
    """Move a program from one of these states to another; False when it is in none of them."""
    statement = (
        update(Program)
        .where(col(Program.id) == program_id, col(Program.state).in_(sources))
        .values(state=to, version=col(Program.version) + 1)
    )
    return db.changed_rows(session, statement) == 1


def set_closing(session: Session, program_id: int, closes_at: datetime) -> None:
    """Write when the program's points end."""
    db.changed_rows(session, update(Program).where(col(Program.id) == program_id).values(closes_at=closes_at))


def set_terms(session: Session, program_id: int, version: str) -> None:
    """Write the version of the terms that joining agrees to."""
    statement = update(Program).where(col(Program.id) == program_id)
    db.changed_rows(session, statement.values(terms_version=version, version=col(Program.version) + 1))


def closing_by(session: Session, now: datetime) -> Sequence[int]:
    """Programs whose last day has passed and that are not closed yet. There are few programs: no index."""
    statement = select(Program.id).where(Program.state == ProgramState.CLOSING, col(Program.closes_at) <= now)
    return session.exec(statement.order_by(col(Program.id))).all()


def is_invited(session: Session, program_id: int, customer_id: int) -> bool:
    """Whether the customer was invited to the program's pilot."""
    return session.get(ProgramInvitation, (program_id, customer_id)) is not None


def invited_to(session: Session, customer_id: int) -> Sequence[Program]:
    """The pilots that the customer was invited to, oldest first. One statement."""
    statement = (
        select(Program)
        .join(ProgramInvitation, col(ProgramInvitation.program_id) == col(Program.id))
        .where(ProgramInvitation.customer_id == customer_id, Program.state == ProgramState.PILOT)
    )
    return session.exec(statement.order_by(col(Program.id))).all()


def tiers(session: Session, program_id: int) -> Sequence[Tier]:
    """The program's tiers, lowest first; retired ones are none of them."""
    statement = select(Tier).where(Tier.program_id == program_id, col(Tier.retired_at).is_(None))
    return session.exec(statement.order_by(col(Tier.position))).all()


def tiers_by_balance(session: Session, membership_id: int) -> bool:
    """Whether the member's program has tiers that look at the points that can be spent. One statement."""
    statement = (
        select(Membership.id)
        .join(Program, col(Program.id) == col(Membership.program_id))
        .where(
            Membership.id == membership_id,
            or_(col(Program.tier_basis) == TierBasis.BALANCE, col(Program.tier_or_basis) == TierBasis.BALANCE),
        )
    )
    return session.exec(statement).first() is not None


def rate_micros(session: Session, program_id: int, currency: str, at: datetime) -> int | None:
    """The rate of a currency that was in force at an instant; None: the program does not take that currency."""
    statement = (
        select(ProgramRate.micros)
        .where(
            ProgramRate.program_id == program_id,
            ProgramRate.currency == currency,
            col(ProgramRate.starts_at) <= at,
        )
        .order_by(col(ProgramRate.starts_at).desc())
        .limit(1)
    )
    return session.exec(statement).first()
