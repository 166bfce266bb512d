"""What a paid membership can be bought as: plans, what they give, and who may have one. Who bought is tables.paid's."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named


class EntitlementKind(StrEnum):
    """What a plan gives; what `amount` means by kind.

    - FREE_SHIPPING: nothing more to say.
    - MEMBER_PRICE: percent off.
    - EARLY_ACCESS: minutes before everybody else.
    - MULTIPLIER: basis points on points per amount, 20,000 is twice.
    - CONTENT: nothing; `code` names it.
    """

    FREE_SHIPPING = "FREE_SHIPPING"
    MEMBER_PRICE = "MEMBER_PRICE"
    EARLY_ACCESS = "EARLY_ACCESS"
    MULTIPLIER = "MULTIPLIER"
    CONTENT = "CONTENT"


class PriceRise(StrEnum):
    """What becomes of a member who has not consented to a higher price when the period ends.

    KEEP_OLD: renewed at the old price. END: not renewed.
    """

    KEEP_OLD = "KEEP_OLD"
    END = "END"


class MembershipPlan(Named, SQLModel, table=True):
    """A price for a number of months, in the program's currency.

    `eligibility` is the attribute that a customer must hold (student); None: everybody. `trial_days` 0: no trial.
    `warn_days` before a charge the member is told; `retry_days` after a refused charge it is tried again;
    `grace_days` long benefits are kept meanwhile. A change of price reaches members at their next renewal.
    """

    type_name: ClassVar[str] = "MembershipPlan"
    __tablename__ = "membership_plan"
    __table_args__ = (UniqueConstraint("program_id", "handle"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    program_id: int = Field(foreign_key="loyalty_program.id", sa_type=BigInteger)
    handle: str = Field(max_length=60)
    name: str
    months: int
    price_minor: int = Field(sa_type=BigInteger)
    trial_days: int
    eligibility: str | None = Field(default=None, max_length=60)
    warn_days: int
    grace_days: int
    retry_days: list[int] = Field(sa_type=JSON)
    price_rise: PriceRise = Field(sa_type=db.closed_set(PriceRise))
    entitlements: list[dict[str, str | int | None]] = Field(sa_type=JSON)
    active: bool = True
    version: int = 1
    created_at: datetime = Field(sa_type=db.Instant)


class PlanEligibility(SQLModel, table=True):
    """That a customer holds an attribute before `until`; the shop has seen the proof."""

    __tablename__ = "plan_eligibility"

    customer_id: int = Field(primary_key=True, foreign_key="customer.id", sa_type=BigInteger)
    attribute: str = Field(primary_key=True, max_length=60)
    until: datetime = Field(sa_type=db.Instant)
    granted_by: int = Field(sa_type=BigInteger)
    granted_at: datetime = Field(sa_type=db.Instant)
