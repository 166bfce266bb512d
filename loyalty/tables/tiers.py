"""Levels, by what members reach them and for how long; and what counts toward them that moves no points.

Which level a member is on stands with tables.members, the program's choices among these sets with tables.programs.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named


class TierBasis(StrEnum):
    """What is counted in a tier's window.

    - POINTS: qualifying points; spending them changes nothing.
    - SPEND: the money of paid orders that counts, in the program's minor units, less what came back.
    - VISITS: nights, stays, visits or punches that the shop records.
    - BALANCE: the points that can be spent now; whoever redeems can lose the tier when its term ends.
    """

    POINTS = "POINTS"
    SPEND = "SPEND"
    VISITS = "VISITS"
    BALANCE = "BALANCE"


class TierWindow(StrEnum):
    """The days whose credits count: the last N months, the calendar year, the member's own year, or all of them."""

    ROLLING = "ROLLING"
    CALENDAR_YEAR = "CALENDAR_YEAR"
    ANNIVERSARY = "ANNIVERSARY"
    LIFETIME = "LIFETIME"


class TierTerm(StrEnum):
    """How long a level lasts once reached.

    - MONTHS: so many months from that day; prolonged from the old end.
    - PERIOD_END, NEXT_PERIOD_END: to the end of the window's year, or of the one after.
    - YEARLY_DATE: through a day of the calendar, so many years after the year in which it was reached.
    """

    MONTHS = "MONTHS"
    PERIOD_END = "PERIOD_END"
    NEXT_PERIOD_END = "NEXT_PERIOD_END"
    YEARLY_DATE = "YEARLY_DATE"


class TierFall(StrEnum):
    """Where a member lands whose tier has lapsed: the next tier down, or the highest whose threshold is met."""

    ONE_LEVEL = "ONE_LEVEL"
    TO_EARNED = "TO_EARNED"


class Tier(Named, SQLModel, table=True):
    """A level, reached with `threshold` of the program's basis or, where it has a second one, `or_threshold` of that.

    `multiplier_basis_points` acts on points per amount: 10,000 is once, 12,500 one and a quarter. `never_downgrade`:
    whoever reaches it keeps it, unless a return undoes what reached it. `benefits` are codes that the shop knows, and
    `early_access_minutes` how much earlier its members may buy. A retired tier is out of the ladder: its position and
    threshold are negative, so that they are nobody's.
    """

    type_name: ClassVar[str] = "Tier"
    __tablename__ = "tier"
    __table_args__ = (UniqueConstraint("program_id", "position"), UniqueConstraint("program_id", "threshold"))

    id: int = Field(primary_key=True, sa_type=BigInteger)
    program_id: int = Field(foreign_key="loyalty_program.id", sa_type=BigInteger)
    name: str
    position: int
    threshold: int = Field(sa_type=BigInteger)
    or_threshold: int | None = Field(default=None, sa_type=BigInteger)
    multiplier_basis_points: int
    never_downgrade: bool = False
    benefits: list[str] = Field(default_factory=list, sa_type=JSON)
    early_access_minutes: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=db.Instant)


class TierCredit(SQLModel, table=True):
    """What one order, stay or punch counts toward a tier by `basis`, as it is now, on a local day of the program.

    `source` names its cause; brought to what that is worth whenever it changes. `rate_micros`: what an order in another
    currency was converted at when it first counted.
    """

    __tablename__ = "tier_credit"
    __table_args__ = (Index("tier_credit_day", "membership_id", "basis", "day"),)

    membership_id: int = Field(primary_key=True, foreign_key="membership.id", sa_type=BigInteger)
    basis: TierBasis = Field(primary_key=True, sa_type=db.closed_set(TierBasis))
    source: str = Field(primary_key=True, max_length=140)
    day: date
    amount: int = Field(sa_type=BigInteger)
    rate_micros: int | None = Field(default=None, sa_type=BigInteger)
