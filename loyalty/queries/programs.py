"""Statements about programs, their rules, tiers and rates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from core import db
from loyalty.tables import EarningRule, Program, ProgramRate, ProgramState, RuleKind, Tier


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


def end_program(session: Session, program_id: int) -> bool:
    """Move a program from LIVE to ENDED; False when it is not LIVE."""
    statement = (
        update(Program)
        .where(col(Program.id) == program_id, col(Program.state) == ProgramState.LIVE)
        .values(state=ProgramState.ENDED, version=col(Program.version) + 1)
    )
    return db.changed_rows(session, statement) == 1


def tiers(session: Session, program_id: int) -> Sequence[Tier]:
    """The program's tiers, lowest first; retired ones are none of them."""
    statement = select(Tier).where(Tier.program_id == program_id, col(Tier.retired_at).is_(None))
    return session.exec(statement.order_by(col(Tier.position))).all()


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
