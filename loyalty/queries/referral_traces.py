"""Statements about traces and clicks: what two members share, how much goes on around them, what is to be forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, cast, delete, func, tuple_, update
from sqlmodel import Session, col, select

from core import clock, db
from loyalty.tables import Attribution, Membership, ReferralClick, ReferralTerms, ReferralTrace, TraceKind

_ADDRESS_COUNTS = timedelta(days=30)
_DAY_MILLISECONDS = 86_400_000
_DEFAULTS = ReferralTerms(program_id=0)


def seen(session: Session, membership_id: int, kind: TraceKind, digest: str, *, at: datetime) -> None:
    """Say that a known trace was seen again."""
    statement = update(ReferralTrace).where(
        col(ReferralTrace.membership_id) == membership_id,
        col(ReferralTrace.kind) == kind,
        col(ReferralTrace.digest) == digest,
    )
    db.changed_rows(session, statement.values(seen_at=at))


def shared(session: Session, one: int, other: int, *, now: datetime) -> frozenset[TraceKind]:
    """The kinds of trace that both members left; postal addresses those of the last 30 days. One statement."""
    statement = select(ReferralTrace.kind, ReferralTrace.digest, ReferralTrace.seen_at).where(
        col(ReferralTrace.membership_id).in_((one, other))
    )
    found: dict[tuple[TraceKind, str], int] = {}
    for stored, digest, seen_at in session.exec(statement):
        kind = TraceKind(stored)
        if kind is not TraceKind.ADDRESS or seen_at > now - _ADDRESS_COUNTS:
            found[kind, digest] = found.get((kind, digest), 0) + 1
    return frozenset(kind for (kind, _), members in found.items() if members > 1)


def members_near(session: Session, membership_id: int, kind: TraceKind, *, since: datetime) -> int:
    """The most members, this one included, on one of the member's traces of a kind. One statement."""
    own = select(ReferralTrace.digest).where(ReferralTrace.membership_id == membership_id, ReferralTrace.kind == kind)
    statement = (
        select(func.count())
        .where(ReferralTrace.kind == kind, col(ReferralTrace.digest).in_(own), col(ReferralTrace.seen_at) > since)
        .group_by(col(ReferralTrace.digest))
    )
    return max(session.exec(statement).all(), default=0)


def others_with_mailbox(session: Session, program_id: int, digest: str, *, than: int) -> bool:
    """Whether another member of the program has the mailbox. One statement."""
    statement = (
        select(ReferralTrace.membership_id)
        .join(Membership, col(Membership.id) == col(ReferralTrace.membership_id))
        .where(
            ReferralTrace.kind == TraceKind.EMAIL,
            ReferralTrace.digest == digest,
            ReferralTrace.membership_id != than,
            Membership.program_id == program_id,
        )
    )
    return session.exec(statement.limit(1)).first() is not None


def forget(session: Session, *, now: datetime, limit: int) -> int:
    """Drop at most `limit` traces past their program's time, mailboxes aside. Two statements."""
    # as wide as the milliseconds that it is multiplied to
    kept = cast(func.coalesce(ReferralTerms.trace_days, _DEFAULTS.trace_days), BigInteger)
    due = (
        select(ReferralTrace.membership_id, ReferralTrace.kind, ReferralTrace.digest)
        .join(Membership, col(Membership.id) == col(ReferralTrace.membership_id))
        .join(ReferralTerms, col(ReferralTerms.program_id) == col(Membership.program_id), isouter=True)
        .where(
            ReferralTrace.kind != TraceKind.EMAIL,
            # the column counts milliseconds
            cast(col(ReferralTrace.seen_at), BigInteger) + kept * _DAY_MILLISECONDS <= clock.to_milliseconds(now),
        )
    )
    rows = session.exec(due.limit(limit)).all()
    key = tuple_(col(ReferralTrace.membership_id), col(ReferralTrace.kind), col(ReferralTrace.digest))
    return db.changed_rows(session, delete(ReferralTrace).where(key.in_(rows))) if rows else 0


def clicked_again(session: Session, visitor: str, membership_id: int, *, at: datetime) -> None:
    """Say that a visitor followed the same link again."""
    statement = update(ReferralClick).where(
        col(ReferralClick.visitor) == visitor, col(ReferralClick.membership_id) == membership_id
    )
    db.changed_rows(session, statement.values(last_at=at))


def clicked_advocate(
    session: Session, visitor: str, program_id: int, *, attribution: Attribution, since: datetime
) -> Membership | None:
    """Whose link of the program the visitor followed since then, first or last. One statement."""
    at = ReferralClick.first_at if attribution is Attribution.FIRST_CLICK else ReferralClick.last_at
    order = col(at).asc() if attribution is Attribution.FIRST_CLICK else col(at).desc()
    statement = (
        select(Membership)
        .join(ReferralClick, col(ReferralClick.membership_id) == col(Membership.id))
        .where(
            ReferralClick.visitor == visitor,
            Membership.program_id == program_id,
            col(Membership.left_at).is_(None),
            col(at) > since,
        )
        .order_by(order)
    )
    return session.exec(statement.limit(1)).first()


def forget_clicks(session: Session, *, before: datetime) -> int:
    """Drop clicks that no window reaches any more."""
    return db.changed_rows(session, delete(ReferralClick).where(col(ReferralClick.last_at) <= before))
