"""What a member may read of their own, and staff of everybody's: ledger, holds, redemptions, referrals; no balances.

`customer_id` keeps to that person's rows; None: everybody's, for callers who may see them.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.paging import Page
from loyalty.tables import LedgerEntry, Membership, PointsHold, Redemption, Referral, ReferralCode

Row = TypeVar("Row", LedgerEntry, PointsHold, Redemption, Referral)
After = tuple[int] | None


def entries_page(session: Session, membership_id: int, *, first: int, after: After) -> Page[LedgerEntry]:
    """A member's entries, newest first. One statement."""
    statement = select(LedgerEntry).where(LedgerEntry.membership_id == membership_id)
    return _newest_first(session, statement, LedgerEntry, first=first, after=after)


def redemptions_page(session: Session, membership_id: int, *, first: int, after: After) -> Page[Redemption]:
    """A member's redemptions, newest first. One statement."""
    statement = select(Redemption).where(Redemption.membership_id == membership_id)
    return _newest_first(session, statement, Redemption, first=first, after=after)


def referrals_page(session: Session, customer_id: int | None, *, first: int, after: After) -> Page[Referral]:
    """The referrals of the customer's friends, or everybody's; newest first. One statement."""
    statement = select(Referral).join(Membership, col(Membership.id) == col(Referral.advocate_id))
    return _newest_first(session, _of(statement, customer_id), Referral, first=first, after=after)


def entries(session: Session, entry_ids: Sequence[int], customer_id: int | None) -> Mapping[int, LedgerEntry]:
    """Entries by id. One statement."""
    statement = select(LedgerEntry).join(Membership, col(Membership.id) == col(LedgerEntry.membership_id))
    return _by_id(session, _of(statement.where(col(LedgerEntry.id).in_(entry_ids)), customer_id))


def redemptions(session: Session, redemption_ids: Sequence[int], customer_id: int | None) -> Mapping[int, Redemption]:
    """Redemptions by id. One statement."""
    statement = select(Redemption).join(Membership, col(Membership.id) == col(Redemption.membership_id))
    return _by_id(session, _of(statement.where(col(Redemption.id).in_(redemption_ids)), customer_id))


def holds(session: Session, hold_ids: Sequence[int], customer_id: int | None) -> Mapping[int, PointsHold]:
    """Points held for carts, by id. One statement."""
    statement = select(PointsHold).join(Membership, col(Membership.id) == col(PointsHold.membership_id))
    return _by_id(session, _of(statement.where(col(PointsHold.id).in_(hold_ids)), customer_id))


def referrals(session: Session, referral_ids: Sequence[int], customer_id: int | None) -> Mapping[int, Referral]:
    """Referrals by id: of the customer's friends, or the one that brought them. One statement."""
    statement = select(Referral).join(
        Membership,
        (col(Membership.id) == col(Referral.advocate_id)) | (col(Membership.id) == col(Referral.friend_id)),
    )
    return _by_id(session, _of(statement.where(col(Referral.id).in_(referral_ids)), customer_id))


def referral_codes(session: Session, membership_ids: Sequence[int]) -> Mapping[int, str]:
    """Codes by membership. One statement."""
    statement = select(ReferralCode.membership_id, ReferralCode.code)
    return dict(session.exec(statement.where(col(ReferralCode.membership_id).in_(membership_ids))).all())


def _of(statement: SelectOfScalar[Row], customer_id: int | None) -> SelectOfScalar[Row]:
    return statement if customer_id is None else statement.where(Membership.customer_id == customer_id)


def _by_id(session: Session, statement: SelectOfScalar[Row]) -> Mapping[int, Row]:
    return {row.id: row for row in session.exec(statement)}


def _newest_first(
    session: Session, statement: SelectOfScalar[Row], table: type[Row], *, first: int, after: After
) -> Page[Row]:
    if after is not None:
        statement = statement.where(col(table.id) < after[0])
    rows = session.exec(statement.order_by(col(table.id).desc()).limit(first + 1)).all()
    return Page.cut(rows, first=first, key=lambda row: (row.id,))
