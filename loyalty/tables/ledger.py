"""The ledger: entries and allocations that only grow, and the lots and debts whose open part they move."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named


class EntryKind(StrEnum):
    """What an entry does to a balance."""

    EARN = "EARN"
    REDEEM = "REDEEM"
    REDEEM_ROLLBACK = "REDEEM_ROLLBACK"
    EXPIRE = "EXPIRE"
    CLAWBACK = "CLAWBACK"
    ADJUST_CREDIT = "ADJUST_CREDIT"
    ADJUST_DEBIT = "ADJUST_DEBIT"
    FORFEIT = "FORFEIT"
    TRANSFER_OUT = "TRANSFER_OUT"
    TRANSFER_IN = "TRANSFER_IN"
    REINSTATE = "REINSTATE"


class SourceType(StrEnum):
    """What an entry comes from; `source_id` is that thing's id."""

    ORDER = "ORDER"
    REVIEW = "REVIEW"
    REFERRAL = "REFERRAL"
    REFERRAL_SHARE = "REFERRAL_SHARE"
    REDEMPTION = "REDEMPTION"
    HOLD = "HOLD"
    LOT = "LOT"
    STAFF = "STAFF"
    MEMBERSHIP = "MEMBERSHIP"


class LedgerEntry(Named, SQLModel, table=True):
    """One movement of a member's points; never changed, corrected only by another entry.

    `natural_key` lets each cause move points once. `qualifying` points count toward tiers on `qualifying_day`, a local
    day of the program; what a return takes back counts on the day of what it takes. `uncollected`: what a clawback
    asked for and wrote off, or what came home after its expiry and was forfeited. `breakdown` lists the points of each
    rule version; multiplier and rate are those it used.
    """

    type_name: ClassVar[str] = "LedgerEntry"
    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index("ledger_entry_page", "membership_id", "id"),
        Index("ledger_entry_source", "membership_id", "source_type", "source_id"),
        Index(
            "ledger_entry_qualifying",
            "membership_id",
            "qualifying_day",
            sqlite_where=Column("qualifying_day").is_not(None),
            postgresql_where=Column("qualifying_day").is_not(None),
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    membership_id: int = Field(foreign_key="membership.id", sa_type=BigInteger)
    kind: EntryKind = Field(sa_type=db.closed_set(EntryKind))
    natural_key: str = Field(unique=True, max_length=200)
    points: int = Field(sa_type=BigInteger)
    qualifying: int = Field(default=0, sa_type=BigInteger)
    qualifying_day: date | None = None
    uncollected: int = Field(default=0, sa_type=BigInteger)
    source_type: SourceType = Field(sa_type=db.closed_set(SourceType))
    source_id: int = Field(sa_type=BigInteger)
    refund_id: int | None = Field(default=None, sa_type=BigInteger)
    actor_id: int | None = Field(default=None, sa_type=BigInteger)
    explanation: str
    params: dict[str, str | int] = Field(default_factory=dict, sa_type=JSON)
    breakdown: list[dict[str, int]] = Field(default_factory=list, sa_type=JSON)
    multiplier_basis_points: int | None = None
    rate_micros: int | None = Field(default=None, sa_type=BigInteger)
    occurred_at: datetime = Field(sa_type=db.Instant)
    recorded_at: datetime = Field(sa_type=db.Instant)

    @property
    def explanation_code(self) -> str:
        """`explanation`, by the name that tells it from its sentence."""
        return self.explanation


class Lot(SQLModel, table=True):
    """Points credited together: spendable in [available_at, expires_at). `remaining` is what was not taken."""

    __tablename__ = "lot"
    __table_args__ = (
        CheckConstraint("remaining >= 0 AND remaining <= original", name="lot_remaining"),
        # one index serves spending, expiry and balances, and stays as small as what members hold
        Index(
            "lot_open",
            "membership_id",
            "expires_at",
            sqlite_where=Column("remaining") > 0,
            postgresql_where=Column("remaining") > 0,
        ),
        Index("lot_due", "expires_at", sqlite_where=Column("remaining") > 0, postgresql_where=Column("remaining") > 0),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    entry_id: int = Field(foreign_key="ledger_entry.id", index=True, sa_type=BigInteger)
    membership_id: int = Field(foreign_key="membership.id", sa_type=BigInteger)
    original: int = Field(sa_type=BigInteger)
    remaining: int = Field(sa_type=BigInteger)
    available_at: datetime = Field(sa_type=db.Instant)
    expires_at: datetime | None = Field(default=None, sa_type=db.Instant)


class Debt(SQLModel, table=True):
    """What a clawback took beyond the balance; `remaining` is what later credits have not repaid yet."""

    __tablename__ = "debt"
    __table_args__ = (
        CheckConstraint("remaining >= 0 AND remaining <= original", name="debt_remaining"),
        Index(
            "debt_open", "membership_id", sqlite_where=Column("remaining") > 0, postgresql_where=Column("remaining") > 0
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    entry_id: int = Field(foreign_key="ledger_entry.id", sa_type=BigInteger)
    membership_id: int = Field(foreign_key="membership.id", sa_type=BigInteger)
    original: int = Field(sa_type=BigInteger)
    remaining: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=db.Instant)


class LedgerAllocation(SQLModel, table=True):
    """That an entry took `points` from a lot, or, negative, gave them back to it."""

    __tablename__ = "ledger_allocation"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    entry_id: int = Field(foreign_key="ledger_entry.id", index=True, sa_type=BigInteger)
    lot_id: int = Field(foreign_key="lot.id", index=True, sa_type=BigInteger)
    points: int = Field(sa_type=BigInteger)


db.append_only(LedgerEntry.__table__)  # type: ignore[attr-defined]
db.append_only(LedgerAllocation.__table__)  # type: ignore[attr-defined]
