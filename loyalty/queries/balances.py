"""What a customer holds in every program: the read behind the product page. One statement, nothing written."""

from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, SQLColumnExpression, and_, bindparam, case, cast, func, or_, select
from sqlmodel import Session, col

from core import clock, db
from core.hot import Hot
from loyalty.tables import Lot, Membership, Program, Tier


class BalanceRow(NamedTuple):
    """A membership with its points by state; instants are milliseconds.

    Points that are due count as spendable and lapsed ones as gone, whether or not a job has run. `balance` is never
    negative: what is owed beyond it is `deficit`.
    """

    membership_id: int
    program_id: int
    program_name: str
    balance: int
    pending: int
    deficit: int
    tier_id: int | None
    tier_name: str | None
    tier_until: int | None
    next_expiry_at: int | None
    next_expiry_points: int | None


def of_customer(session: Session, customer_id: int) -> list[BalanceRow]:
    """The customer's memberships, oldest first. One statement."""
    return _BALANCES.all(session, customer_id=customer_id, now=clock.now())


_now: ColumnElement[object] = bindparam("now", type_=db.Instant())
_live = and_(col(Lot.remaining) > 0, or_(col(Lot.expires_at).is_(None), col(Lot.expires_at) > _now))
_available = col(Lot.available_at) <= _now


def _total(points: SQLColumnExpression[int]) -> ColumnElement[int]:
    # PostgreSQL sums BIGINT to NUMERIC, which a driver gives as a Decimal
    return cast(func.coalesce(func.sum(points), 0), BigInteger)


_mine = select(col(Membership.id)).where(col(Membership.customer_id) == bindparam("customer_id", type_=BigInteger))
_held = (
    select(
        col(Lot.membership_id),
        _total(case((_available, col(Lot.remaining)), else_=0)).label("spendable"),
        _total(case((_available, 0), else_=col(Lot.remaining))).label("pending"),
        func.min(case((_available, col(Lot.expires_at)))).label("next_expiry_at"),
    )
    .where(_live, col(Lot.membership_id).in_(_mine))
    .group_by(col(Lot.membership_id))
    .subquery()
)
_next_expiry_points = (
    select(_total(col(Lot.remaining)))
    .where(
        col(Lot.membership_id) == col(Membership.id),
        col(Lot.remaining) > 0,
        _available,
        col(Lot.expires_at) == _held.c.next_expiry_at,
    )
    .correlate(Membership, _held)
    .scalar_subquery()
)
_after_deficit = func.coalesce(_held.c.spendable, 0) - col(Membership.deficit)
_BALANCES: Hot[BalanceRow] = Hot(
    select(
        col(Membership.id),
        col(Program.id),
        col(Program.name),
        case((_after_deficit > 0, _after_deficit), else_=0),
        func.coalesce(_held.c.pending, 0),
        col(Membership.deficit),
        col(Tier.id),
        col(Tier.name),
        col(Membership.tier_until),
        _held.c.next_expiry_at,
        case((_held.c.next_expiry_at.is_not(None), _next_expiry_points)),
    )
    .join(Program, col(Program.id) == col(Membership.program_id))
    .outerjoin(Tier, col(Tier.id) == col(Membership.tier_id))
    .outerjoin(_held, _held.c.membership_id == col(Membership.id))
    .where(col(Membership.id).in_(_mine))
    .order_by(col(Membership.id)),
    BalanceRow._make,
)
