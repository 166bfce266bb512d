"""A customer's enrolment in a program, with the cached sums of its ledger. The rows summed up are tables.ledger's."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db


class Membership(SQLModel, table=True):
    """One customer in one program; who leaves and joins again has the same row, with another `joined_at`.

    `terms_agreed_at`: when they agreed to `terms_version`; those who joined under former terms keep theirs until then.

    `balance` is the sum of the ledger's entries, which is what is left in the lots minus `deficit`; points that wait or
    are past their expiry are in it until they move. `tier_until` is 00:00 of the day on which the tier's term ends,
    None for a tier without end; `tier_since` is when the level was last earned. `tier_is_given`: it was not earned but
    left to the member (one level down after a fall, or kept when thresholds rose), so that no return ends it.
    `tier_look_at`: when time alone next does something to the tier (a warning, the term's end, the end of grace).
    """

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("program_id", "customer_id"),
        Index("membership_tier_look_at", "tier_look_at"),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    program_id: int = Field(foreign_key="loyalty_program.id", sa_type=BigInteger)
    customer_id: int = Field(foreign_key="customer.id", index=True, sa_type=BigInteger)
    joined_at: datetime = Field(sa_type=db.Instant)
    terms_version: str
    consent_source: str
    balance: int = Field(default=0, sa_type=BigInteger)
    deficit: int = Field(default=0, sa_type=BigInteger)
    tier_id: int | None = Field(default=None, foreign_key="tier.id", sa_type=BigInteger)
    tier_since: datetime | None = Field(default=None, sa_type=db.Instant)
    tier_until: datetime | None = Field(default=None, sa_type=db.Instant)
    tier_is_given: bool = False
    tier_look_at: datetime | None = Field(default=None, sa_type=db.Instant)
    terms_agreed_at: datetime = Field(sa_type=db.Instant)
    left_at: datetime | None = Field(default=None, sa_type=db.Instant)
