"""What points buy, and what was bought. The points themselves move in tables.ledger."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named


class RewardKind(StrEnum):
    """What a reward gives."""

    FIXED_AMOUNT = "FIXED_AMOUNT"
    PERCENT = "PERCENT"
    FREE_PRODUCT = "FREE_PRODUCT"
    FREE_SHIPPING = "FREE_SHIPPING"


class RewardIssue(StrEnum):
    """When a reward is taken: when a member asks, at the night that the points are there, or on one day of a month."""

    ON_REQUEST = "ON_REQUEST"
    AS_REACHED = "AS_REACHED"
    MONTHLY = "MONTHLY"


class RedemptionState(StrEnum):
    """ISSUED: a code to be used. USED: an order used it. RETURNED: that order came back, and so did all its points."""

    ISSUED = "ISSUED"
    USED = "USED"
    RETURNED = "RETURNED"


class Reward(Named, SQLModel, table=True):
    """Something to be had for `cost` points. Only the column of its kind is filled: amount_minor (in the program's
    currency), percent or product_id. `stock` None: without end. `tier_id`: members of that tier and above.

    `issue`: with AS_REACHED and MONTHLY the night takes as many as the points pay for, and the rest is kept; MONTHLY on
    the local day `issue_day`, 1 to 28, or as soon after as the night runs. `valid_days`: a taken one's code serves
    orders of so many local days from the next one on; None: without end.
    """

    type_name: ClassVar[str] = "Reward"
    __tablename__ = "reward"
    __table_args__ = (CheckConstraint("stock >= 0", name="reward_stock"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    program_id: int = Field(foreign_key="loyalty_program.id", index=True, sa_type=BigInteger)
    name: str
    kind: RewardKind = Field(sa_type=db.closed_set(RewardKind))
    cost: int = Field(sa_type=BigInteger)
    amount_minor: int | None = Field(default=None, sa_type=BigInteger)
    percent: int | None = None
    product_id: int | None = Field(default=None, foreign_key="product.id", sa_type=BigInteger)
    stock: int | None = None
    member_limit: int | None = None
    tier_id: int | None = Field(default=None, foreign_key="tier.id", sa_type=BigInteger)
    issue: RewardIssue = Field(default=RewardIssue.ON_REQUEST, sa_type=db.closed_set(RewardIssue))
    issue_day: int | None = None
    valid_days: int | None = None
    active: bool = True
    version: int = 1


class Redemption(Named, SQLModel, table=True):
    """A reward that a member took, with the code that the shop accepts for it, and the order that used it."""

    type_name: ClassVar[str] = "Redemption"
    __tablename__ = "redemption"
    __table_args__ = (Index("redemption_reward", "membership_id", "reward_id"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    membership_id: int = Field(foreign_key="membership.id", sa_type=BigInteger)
    reward_id: int = Field(foreign_key="reward.id", sa_type=BigInteger)
    code: str = Field(unique=True, max_length=40)
    points: int = Field(sa_type=BigInteger)
    state: RedemptionState = Field(sa_type=db.closed_set(RedemptionState))
    order_id: int | None = Field(default=None, foreign_key="shop_order.id", index=True, sa_type=BigInteger)
    redeemed_at: datetime = Field(sa_type=db.Instant)
    expires_at: datetime | None = Field(default=None, sa_type=db.Instant)
