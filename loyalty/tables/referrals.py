"""Who brought whom. What it earns stands in the ledger."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named


class ReferralState(StrEnum):
    """PENDING: the friend has accepted, not bought. COMPLETED: both sides rewarded. REJECTED: neither, or no longer."""

    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    REJECTED = "REJECTED"


class ReferralRejection(StrEnum):
    """Why a referral is REJECTED."""

    ORDER_TOO_SMALL = "ORDER_TOO_SMALL"
    ORDER_RETURNED = "ORDER_RETURNED"


class ReferralCode(SQLModel, table=True):
    """A member's own code to pass on."""

    __tablename__ = "referral_code"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    membership_id: int = Field(foreign_key="membership.id", unique=True, sa_type=BigInteger)
    code: str = Field(unique=True, max_length=40)
    created_at: datetime = Field(sa_type=db.Instant)


class Referral(Named, SQLModel, table=True):
    """A friend who accepted a code; one advocate a friend and program. `rule_id`: the rule's version then live."""

    type_name: ClassVar[str] = "Referral"
    __tablename__ = "referral"
    __table_args__ = (UniqueConstraint("program_id", "friend_id"), Index("referral_advocate", "advocate_id", "id"))

    id: int = Field(primary_key=True, sa_type=BigInteger)
    program_id: int = Field(foreign_key="loyalty_program.id", sa_type=BigInteger)
    advocate_id: int = Field(foreign_key="membership.id", sa_type=BigInteger)
    friend_id: int = Field(foreign_key="membership.id", index=True, sa_type=BigInteger)
    rule_id: int = Field(foreign_key="earning_rule.id", sa_type=BigInteger)
    state: ReferralState = Field(sa_type=db.closed_set(ReferralState))
    rejection: ReferralRejection | None = Field(default=None, sa_type=db.closed_set(ReferralRejection))
    order_id: int | None = Field(default=None, foreign_key="shop_order.id", index=True, sa_type=BigInteger)
    accepted_at: datetime = Field(sa_type=db.Instant)
    decided_at: datetime | None = Field(default=None, sa_type=db.Instant)
