"""Statements about checks of pages: asked for, taken, finished, read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, update
from sqlmodel import Session, col, select

from core import db
from publishing.tables import CheckState, PageCheck, PageCheckReport

_OPEN = (CheckState.QUEUED, CheckState.RUNNING)


def add(session: Session, check: PageCheck) -> None:
    """Write a new check. One statement."""
    session.add(check)
    session.flush()


def waiting(session: Session, product_id: int, storefront_id: int) -> int | None:
    """The check of this page that nobody has begun yet. One statement."""
    statement = select(PageCheck.id).where(
        PageCheck.product_id == product_id,
        PageCheck.storefront_id == storefront_id,
        PageCheck.state == CheckState.QUEUED,
    )
    return session.exec(statement.order_by(col(PageCheck.id)).limit(1)).first()


def count_open(session: Session) -> int:
    """How many are asked for and not finished. One statement."""
    return session.exec(select(func.count()).where(col(PageCheck.state).in_(_OPEN))).one()


def due(session: Session, *, now: datetime) -> int | None:
    """The check to take up next: what people asked for goes before the night's. One statement."""
    free = or_(
        col(PageCheck.state) == CheckState.QUEUED,
        and_(col(PageCheck.state) == CheckState.RUNNING, col(PageCheck.lease_until) <= now),
    )
    order = (col(PageCheck.asked_by).is_(None), col(PageCheck.id))
    statement = select(PageCheck.id).where(col(PageCheck.state).in_(_OPEN), free)
    return session.exec(statement.order_by(*order).limit(1)).first()


def take(session: Session, check_id: int, *, lease: int, now: datetime, until: datetime) -> bool:
    """Hold the check under this lease; False when another holds it or it is finished. One statement."""
    free = or_(
        col(PageCheck.state) == CheckState.QUEUED,
        and_(col(PageCheck.state) == CheckState.RUNNING, col(PageCheck.lease_until) <= now),
    )
    statement = (
        update(PageCheck)
        .where(col(PageCheck.id) == check_id, free)
        .values(
            state=CheckState.RUNNING,
            lease=lease,
            lease_until=until,
            started_at=now,
            attempts=PageCheck.attempts + 1,
        )
    )
    return db.changed_rows(session, statement) == 1


def settle(session: Session, check_id: int, *, lease: int, values: Mapping[str, Any]) -> bool:
    """Write what came of it; False when the lease counts no more. One statement."""
    statement = (
        update(PageCheck)
        .where(
            col(PageCheck.id) == check_id,
            col(PageCheck.lease) == lease,
            col(PageCheck.state) == CheckState.RUNNING,
        )
        .values(lease=None, lease_until=None, **values)
    )
    return db.changed_rows(session, statement) == 1


def before(session: Session, check: PageCheck) -> PageCheck | None:
    """The page's newest finished check but this. One statement."""
    statement = select(PageCheck).where(
        PageCheck.product_id == check.product_id,
        PageCheck.storefront_id == check.storefront_id,
        PageCheck.state == CheckState.DONE,
        PageCheck.id != check.id,
    )
    return session.exec(statement.order_by(col(PageCheck.id).desc()).limit(1)).first()


def page(
    session: Session, *, product_id: int | None, state: CheckState | None, only_fallen: bool, before: int, limit: int
) -> Sequence[PageCheck]:
    """Checks, newest first. One statement."""
    statement = select(PageCheck).where(col(PageCheck.id) < before)
    if product_id is not None:
        statement = statement.where(PageCheck.product_id == product_id)
    if state is not None:
        statement = statement.where(PageCheck.state == state)
    if only_fallen:
        statement = statement.where(col(PageCheck.has_fallen))
    return session.exec(statement.order_by(col(PageCheck.id).desc()).limit(limit)).all()


def by_ids(session: Session, check_ids: Sequence[int]) -> Mapping[int, PageCheck]:
    """Checks by id. One statement."""
    rows = session.exec(select(PageCheck).where(col(PageCheck.id).in_(check_ids)))
    return {row.id: row for row in rows}


def keep_report(session: Session, check_id: int, report: str) -> None:
    """Keep the whole report of a check. One statement."""
    session.add(PageCheckReport(check_id=check_id, report=report))
    session.flush()


def report(session: Session, check_id: int) -> str | None:
    """The whole report of a check, as it was kept; None when there is none, or no more. One statement."""
    return session.exec(select(PageCheckReport.report).where(PageCheckReport.check_id == check_id)).first()


def forget_reports(session: Session, *, older_than: datetime, limit: int) -> int:
    """Drop the reports of checks from before, but of those that have a newer one of the same page. One statement."""
    newer = PageCheck.__table__.alias("newer")  # type: ignore[attr-defined]
    has_newer = exists().where(
        newer.c.product_id == PageCheck.product_id,
        newer.c.storefront_id == PageCheck.storefront_id,
        newer.c.state == CheckState.DONE,
        newer.c.id > PageCheck.id,
    )
    old = (
        select(PageCheckReport.check_id)
        .join(PageCheck, col(PageCheck.id) == col(PageCheckReport.check_id))
        .where(col(PageCheck.finished_at) < older_than, has_newer)
        .limit(limit)
    )
    return db.changed_rows(session, delete(PageCheckReport).where(col(PageCheckReport.check_id).in_(old)))
