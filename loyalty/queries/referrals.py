"""Statements about referral codes and referrals. Clicks and traces have a module of their own."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Session, col, select

from core import db
from core.paging import Page
from loyalty.tables import (
    OVER,
    LedgerEntry,
    Membership,
    Referral,
    ReferralCode,
    ReferralDecision,
    ReferralPurchase,
    ReferralRejection,
    ReferralStage,
    SourceType,
)

_ACCUSED = (ReferralRejection.SUSPICIOUS, ReferralRejection.BY_STAFF)
_SOURCES = (SourceType.REFERRAL, SourceType.REFERRAL_SHARE)


def code_of(session: Session, membership_id: int) -> str:
    """The code of a member who has one."""
    return session.exec(select(ReferralCode.code).where(ReferralCode.membership_id == membership_id)).one()


def owner_of(session: Session, code: str) -> Membership | None:
    """The membership whose code it is; None once its owner has left the program."""
    statement = (
        select(Membership)
        .join(ReferralCode, col(ReferralCode.membership_id) == col(Membership.id))
        .where(ReferralCode.code == code, col(Membership.left_at).is_(None))
    )
    return session.exec(statement).first()


def of_friend(session: Session, friend_id: int) -> Referral | None:
    """The referral that brought this membership."""
    return _one(session, col(Referral.friend_id) == friend_id)


def locked(session: Session, referral_id: int) -> Referral | None:
    """The referral, kept to this transaction: whoever else would move it waits and then sees what it became."""
    session.flush()
    statement = select(Referral).where(Referral.id == referral_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).first()


def counted(session: Session, advocate_id: int) -> int:
    """How many friends the member has brought; those that came to nothing do not count."""
    return _count(session, col(Referral.advocate_id) == advocate_id, col(Referral.stage).not_in(OVER))


def accused(session: Session, advocate_id: int) -> int:
    """How many of the member's referrals stand rejected, or taken back, as suspicious or by staff."""
    return _count(
        session,
        col(Referral.advocate_id) == advocate_id,
        col(Referral.stage).in_(OVER),
        col(Referral.rejection).in_(_ACCUSED),
    )


def accepted_since(session: Session, advocate_id: int, since: datetime) -> int:
    """How many accepted the member's code since then."""
    return _count(session, col(Referral.advocate_id) == advocate_id, col(Referral.accepted_at) > since)


def rewarded_since(session: Session, advocate_id: int, since: datetime) -> int:
    """How many of the member's referrals were rewarded since then and still are."""
    return _count(
        session,
        col(Referral.advocate_id) == advocate_id,
        col(Referral.stage) == ReferralStage.REWARDED,
        col(Referral.rewarded_at) > since,
    )


def given(session: Session, program_id: int) -> int:
    """The points that the program's referrals hold now, both sides and shares together. One statement."""
    statement = (
        select(func.coalesce(func.sum(LedgerEntry.points), 0))
        .join(Membership, col(Membership.id) == col(LedgerEntry.membership_id))
        .where(Membership.program_id == program_id, col(LedgerEntry.source_type).in_(_SOURCES))
    )
    return int(session.exec(statement).one())


def open_of(session: Session, customer_id: int) -> Sequence[int]:
    """The referrals that brought the customer, those that waited in vain aside, oldest first."""
    statement = (
        select(Referral.id)
        .join(Membership, col(Membership.id) == col(Referral.friend_id))
        .where(
            Membership.customer_id == customer_id,
            Referral.stage != ReferralStage.EXPIRED,
        )
        .order_by(col(Referral.id))
    )
    return session.exec(statement).all()


def due(session: Session, *, now: datetime, after: int, limit: int) -> Sequence[int]:
    """Referrals above id `after` whose hold or time for an order is over, lowest id first."""
    over = or_(
        (col(Referral.stage) == ReferralStage.PENDING) & (col(Referral.hold_until) <= now),
        (col(Referral.stage) == ReferralStage.ATTRIBUTED) & (col(Referral.expires_at) <= now),
    )
    statement = select(Referral.id).where(col(Referral.id) > after, over).order_by(col(Referral.id)).limit(limit)
    return session.exec(statement).all()


def move(session: Session, referral: Referral, values: dict[str, object]) -> bool:
    """Write these of a referral if it stands as it was read; False when it has moved meanwhile."""
    statement = (
        update(Referral)
        .where(
            col(Referral.id) == referral.id,
            col(Referral.stage) == referral.stage,
            col(Referral.version) == referral.version,
        )
        .values(version=referral.version + 1, **values)
    )
    if db.changed_rows(session, statement) != 1:
        return False
    session.refresh(referral)
    return True


def flagged_page(session: Session, *, first: int, after: tuple[int] | None) -> Page[Referral]:
    """What waits for a person, oldest first. One statement."""
    statement = select(Referral).where(Referral.stage == ReferralStage.FLAGGED)
    if after is not None:
        statement = statement.where(col(Referral.id) > after[0])
    rows = session.exec(statement.order_by(col(Referral.id)).limit(first + 1)).all()
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def decisions(session: Session, referral_ids: Collection[int]) -> dict[int, list[ReferralDecision]]:
    """The moves of referrals, oldest first. One statement."""
    statement = select(ReferralDecision).where(col(ReferralDecision.referral_id).in_(referral_ids))
    found: dict[int, list[ReferralDecision]] = {}
    for decision in session.exec(statement.order_by(col(ReferralDecision.id))):
        found.setdefault(decision.referral_id, []).append(decision)
    return found


def bought_milli(session: Session, referral_id: int) -> int:
    """What the friend's purchases count together, in thousandths of a minor unit."""
    statement = select(func.coalesce(func.sum(ReferralPurchase.amount_milli), 0))
    return int(session.exec(statement.where(ReferralPurchase.referral_id == referral_id)).one())


def set_bought(session: Session, referral_id: int, order_id: int, amount_milli: int) -> None:
    """Write what a known purchase counts now."""
    statement = update(ReferralPurchase).where(
        col(ReferralPurchase.referral_id) == referral_id, col(ReferralPurchase.order_id) == order_id
    )
    db.changed_rows(session, statement.values(amount_milli=amount_milli))


def earnings_page(session: Session, membership_id: int, *, first: int, after: tuple[int] | None) -> Page[LedgerEntry]:
    """What the member's friends have brought them and what was taken back, newest first. One statement."""
    statement = select(LedgerEntry).where(
        LedgerEntry.membership_id == membership_id, col(LedgerEntry.source_type).in_(_SOURCES)
    )
    if after is not None:
        statement = statement.where(col(LedgerEntry.id) < after[0])
    rows = session.exec(statement.order_by(col(LedgerEntry.id).desc()).limit(first + 1)).all()
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def earned_by(session: Session, membership_ids: Collection[int]) -> dict[int, int]:
    """The points that members hold by referrals, net of what was taken back. One statement."""
    statement = (
        select(LedgerEntry.membership_id, func.sum(LedgerEntry.points))
        .where(col(LedgerEntry.membership_id).in_(membership_ids), col(LedgerEntry.source_type).in_(_SOURCES))
        .group_by(col(LedgerEntry.membership_id))
    )
    return {member: int(points) for member, points in session.exec(statement)}


def _one(session: Session, condition: ColumnElement[bool]) -> Referral | None:
    statement = select(Referral).where(condition)
    return session.exec(statement.execution_options(populate_existing=True)).first()


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(Referral).where(*conditions)).one()
