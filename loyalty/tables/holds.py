"""Points put aside for a cart until its order is placed. The points themselves move in tables.ledger."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named


class HoldState(StrEnum):
    """HELD: put aside. COMMITTED: an order was paid with `committed` of them. RELEASED: all went back."""

    HELD = "HELD"
    COMMITTED = "COMMITTED"
    RELEASED = "RELEASED"


class PointsHold(Named, SQLModel, table=True):
    """What a member wished to spend on a cart (`requested`), and what was put aside for it (`points`).

    `cart` is the shop's own name for the cart: it has one live hold of a member at a time.
    """

    type_name: ClassVar[str] = "PointsHold"
    __tablename__ = "points_hold"
    __table_args__ = (
        CheckConstraint("committed >= 0 AND committed <= points AND points <= requested", name="points_hold_points"),
        Index(
            "points_hold_live",
            "membership_id",
            "cart",
            unique=True,
            sqlite_where=text("state = 'HELD'"),
            postgresql_where=text("state = 'HELD'"),
        ),
        Index(
            "points_hold_due",
            "expires_at",
            sqlite_where=text("state = 'HELD'"),
            postgresql_where=text("state = 'HELD'"),
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    membership_id: int = Field(foreign_key="membership.id", sa_type=BigInteger)
    cart: str = Field(max_length=120)
    requested: int = Field(sa_type=BigInteger)
    points: int = Field(sa_type=BigInteger)
    committed: int = Field(default=0, sa_type=BigInteger)
    state: HoldState = Field(sa_type=db.closed_set(HoldState))
    order_id: int | None = Field(default=None, foreign_key="shop_order.id", index=True, sa_type=BigInteger)
    held_at: datetime = Field(sa_type=db.Instant)
    expires_at: datetime = Field(sa_type=db.Instant)
