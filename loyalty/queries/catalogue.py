"""What everybody may read of programs: their rules, tiers and rewards as they are offered now."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from sqlmodel import Session, col, select

from core import clock
from core.paging import Page
from loyalty.tables import EarningRule, Program, ProgramState, Reward, Tier

Part = TypeVar("Part", EarningRule, Reward, Tier)


def programs_page(
    session: Session, *, first: int, after: tuple[int] | None, states: Collection[ProgramState] = tuple(ProgramState)
) -> Page[Program]:
    """The programs in these states, oldest first. One statement."""
    statement = select(Program).where(col(Program.id) > (after[0] if after else 0), col(Program.state).in_(states))
    rows = session.exec(statement.order_by(col(Program.id)).limit(first + 1)).all()
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def programs(session: Session, program_ids: Sequence[int]) -> Mapping[int, Program]:
    """Programs by id. One statement."""
    rows = session.exec(select(Program).where(col(Program.id).in_(program_ids)))
    return {row.id: row for row in rows}


def rules(session: Session, program_ids: Sequence[int]) -> Mapping[int, Sequence[EarningRule]]:
    """The rules that are live now, by program. One statement."""
    now = clock.now()
    statement = select(EarningRule).where(
        col(EarningRule.program_id).in_(program_ids),
        col(EarningRule.starts_at) <= now,
        col(EarningRule.ends_at).is_(None) | (col(EarningRule.ends_at) > now),
    )
    return _by_program(session.exec(statement.order_by(col(EarningRule.lineage_id))).all())


def tiers(session: Session, program_ids: Sequence[int]) -> Mapping[int, Sequence[Tier]]:
    """Tiers by program, lowest first. One statement."""
    statement = select(Tier).where(col(Tier.program_id).in_(program_ids), col(Tier.retired_at).is_(None))
    return _by_program(session.exec(statement.order_by(col(Tier.position))).all())


def rewards(session: Session, program_ids: Sequence[int]) -> Mapping[int, Sequence[Reward]]:
    """The rewards that are offered now, by program, cheapest first. One statement."""
    statement = select(Reward).where(col(Reward.program_id).in_(program_ids), col(Reward.active).is_(True))
    return _by_program(session.exec(statement.order_by(col(Reward.cost), col(Reward.id))).all())


def tiers_by_ids(session: Session, tier_ids: Sequence[int]) -> Mapping[int, Tier]:
    """Tiers by id. One statement."""
    return {row.id: row for row in session.exec(select(Tier).where(col(Tier.id).in_(tier_ids)))}


def rewards_by_ids(session: Session, reward_ids: Sequence[int]) -> Mapping[int, Reward]:
    """Rewards by id, those no longer offered too. One statement."""
    return {row.id: row for row in session.exec(select(Reward).where(col(Reward.id).in_(reward_ids)))}


def rules_by_ids(session: Session, rule_ids: Sequence[int]) -> Mapping[int, EarningRule]:
    """Versions of rules by id, past ones too. One statement."""
    return {row.id: row for row in session.exec(select(EarningRule).where(col(EarningRule.id).in_(rule_ids)))}


def _by_program(parts: Sequence[Part]) -> Mapping[int, Sequence[Part]]:
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.program_id].append(part)
    return found
