"""What members hold, by state: the read behind the product page. One statement, nothing written."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlmodel import Session, col
from sqlmodel import select as select_one
from sqlmodel.sql.expression import SelectOfScalar

from core import clock, db, ids
from core.hot import Hot, in_list
from core.paging import Page
from loyalty.tables import Lot, Membership, Tier


class TierRow(NamedTuple):
    """The tier of a BalanceRow."""

    id: int
    name: str
    position: int
    threshold: int
    multiplier_basis_points: int

    @property
    def type_name(self) -> str:
        """The node type of this row."""
        return "Tier"

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


class BalanceRow(NamedTuple):
    """A membership with its points by state; instants are milliseconds.

    Points that are due count as spendable and lapsed ones as gone, whether or not a job has run. `balance` is never
    negative: what is owed beyond it is `deficit`.
    """

    id: int
    customer_id: int
    program_id: int
    joined_at: int
    terms_version: str
    terms_agreed_at: int
    left_at: int | None
    balance: int
    pending: int
    deficit: int
    tier_id: int | None
    tier_name: str | None
    tier_position: int
    tier_threshold: int
    tier_multiplier: int
    tier_until: int | None
    next_expiry_at: int | None
    next_expiry_points: int | None

    @property
    def type_name(self) -> str:
        """The node type of this row."""
        return "Membership"

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)

    @property
    def standing(self) -> TierRow | None:
        """The tier, None below every one."""
        if self.tier_id is None or self.tier_name is None:
            return None
        return TierRow(self.tier_id, self.tier_name, self.tier_position, self.tier_threshold, self.tier_multiplier)


def of_customer(session: Session, customer_id: int) -> list[BalanceRow]:
    """The customer's memberships that they have not left, oldest first. One statement."""
    return _OF_CUSTOMER.all(session, customer_id=customer_id, now=clock.now())


def by_ids(session: Session, membership_ids: Sequence[int]) -> dict[int, BalanceRow]:
    """Memberships by id. One statement."""
    rows = _BY_IDS.all(session, ids=list(membership_ids), now=clock.now())
    return {row.id: row for row in rows}


def page(session: Session, *, first: int, after: tuple[int] | None) -> Page[BalanceRow]:
    """All memberships, oldest first. One statement."""
    rows = _PAGE.all(session, after=after[0] if after else 0, limit=first + 1, now=clock.now())
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


_now: ColumnElement[object] = bindparam("now", type_=db.Instant())
_live = and_(col(Lot.remaining) > 0, or_(col(Lot.expires_at).is_(None), col(Lot.expires_at) > _now))
_available = col(Lot.available_at) <= _now


def _total(points: SQLColumnExpression[int]) -> ColumnElement[int]:
    # PostgreSQL sums BIGINT to NUMERIC, which a driver gives as a Decimal
    return cast(func.coalesce(func.sum(points), 0), BigInteger)


def _balances(members: SelectOfScalar[int]) -> Hot[BalanceRow]:
    """The balances of these memberships; `members` selects their ids."""
    held = (
        select(
            col(Lot.membership_id),
            _total(case((_available, col(Lot.remaining)), else_=0)).label("spendable"),
            _total(case((_available, 0), else_=col(Lot.remaining))).label("pending"),
            func.min(case((_available, col(Lot.expires_at)))).label("next_expiry_at"),
        )
        .where(_live, col(Lot.membership_id).in_(members))
        .group_by(col(Lot.membership_id))
        .subquery()
    )
    next_expiry_points = (
        select(_total(col(Lot.remaining)))
        .where(
            col(Lot.membership_id) == col(Membership.id),
            col(Lot.remaining) > 0,
            _available,
            col(Lot.expires_at) == held.c.next_expiry_at,
        )
        .correlate(Membership, held)
        .scalar_subquery()
    )
    after_deficit = func.coalesce(held.c.spendable, 0) - col(Membership.deficit)
    return Hot(
        select(
            col(Membership.id),
            col(Membership.customer_id),
            col(Membership.program_id),
            col(Membership.joined_at),
            col(Membership.terms_version),
            col(Membership.terms_agreed_at),
            col(Membership.left_at),
            case((after_deficit > 0, after_deficit), else_=0),
            func.coalesce(held.c.pending, 0),
            col(Membership.deficit),
            col(Tier.id),
            col(Tier.name),
            func.coalesce(col(Tier.position), 0),
            func.coalesce(col(Tier.threshold), 0),
            func.coalesce(col(Tier.multiplier_basis_points), 0),
            col(Membership.tier_until),
            held.c.next_expiry_at,
            case((held.c.next_expiry_at.is_not(None), next_expiry_points)),
        )
        .outerjoin(Tier, col(Tier.id) == col(Membership.tier_id))
        .outerjoin(held, held.c.membership_id == col(Membership.id))
        .where(col(Membership.id).in_(members))
        .order_by(col(Membership.id)),
        BalanceRow._make,
    )


_id = select_one(Membership.id)
_OF_CUSTOMER = _balances(
    _id.where(
        col(Membership.customer_id) == bindparam("customer_id", type_=BigInteger), col(Membership.left_at).is_(None)
    )
)
_BY_IDS = _balances(_id.where(in_list(Membership.id, "ids")))
_PAGE = _balances(
    _id.where(col(Membership.id) > bindparam("after", type_=BigInteger))
    .order_by(col(Membership.id))
    .limit(bindparam("limit", type_=BigInteger))
)
