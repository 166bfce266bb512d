"""A program and its terms: earning rules and exchange rates. Tiers, rewards and members have modules of their own."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named
from loyalty.tables.tiers import TierBasis, TierFall, TierTerm, TierWindow


class ProgramKind(StrEnum):
    """What a member collects, or PAID: what they pay for (tables.plans)."""

    POINTS = "POINTS"
    PAID = "PAID"


class ProgramState(StrEnum):
    """Where a program stands; what may follow what is loyalty.lifecycle's.

    - DRAFT: known to staff alone. PILOT: known to those who were invited; they join, earn and redeem.
    - LIVE: everybody may join, earn and redeem. ENDED: nobody joins or earns; what was earned can be spent.
    - CLOSING: as ENDED, with a last day for spending. CLOSED: that day has passed, nothing is left.
    """

    DRAFT = "DRAFT"
    PILOT = "PILOT"
    LIVE = "LIVE"
    ENDED = "ENDED"
    CLOSING = "CLOSING"
    CLOSED = "CLOSED"


RUNNING = frozenset({ProgramState.PILOT, ProgramState.LIVE})
PUBLIC = frozenset({ProgramState.LIVE, ProgramState.ENDED, ProgramState.CLOSING, ProgramState.CLOSED})


class Rounding(StrEnum):
    """How an order's exact sum of points becomes whole; applied once an order."""

    FLOOR = "FLOOR"
    HALF_UP = "HALF_UP"
    CEIL = "CEIL"


class ClawbackPolicy(StrEnum):
    """How far a return may reach for points that it takes back.

    - ONLY_PENDING: the order's own points that are not spendable yet, nothing else.
    - WITHIN_BALANCE: then the order's other points and the member's spendable ones; the rest is written off.
    - UNLIMITED: the rest becomes a deficit that the next points repay.
    """

    ONLY_PENDING = "ONLY_PENDING"
    WITHIN_BALANCE = "WITHIN_BALANCE"
    UNLIMITED = "UNLIMITED"


class RoundUp(StrEnum):
    """To the end of which calendar period the life of points is rounded up."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    HALF_YEAR = "HALF_YEAR"
    YEAR = "YEAR"
    NAMED_MONTH = "NAMED_MONTH"


class RefundMethod(StrEnum):
    """What an order should have earned once a part of it came back.

    - RECOMPUTE: what the rules give for what is left; a threshold that is no longer met counts.
    - PROPORTIONAL: what it earned, less the share of the money that came back, cut to whole points over all refunds.
    """

    RECOMPUTE = "RECOMPUTE"
    PROPORTIONAL = "PROPORTIONAL"


class RuleKind(StrEnum):
    """What a rule gives points for. There is none that could look at a review's stars."""

    ORDER_SPEND = "ORDER_SPEND"
    REVIEW_PUBLISHED = "REVIEW_PUBLISHED"
    REFERRAL = "REFERRAL"


class Program(Named, SQLModel, table=True):
    """One loyalty program. Its days and months are those of `zone`, its amounts are in `currency`.

    `pending_days`: how long earned points wait before they can be spent. `lot_months`: how many months points last
    once they can be spent; None: they never expire. `preset`: the key of the preset that it was made from.
    `closes_at`: when its points end, once it is closing; no lot lasts longer. `minimum_age`: in whole years, by the
    customer's birthday, on the day of joining.
    `lot_days`: the same in days, instead of months; either is rounded up to the end of `lot_round_up`, which names
    `lot_round_up_month` for NAMED_MONTH. `expiry_dates`, as in 06-30: points last through the next of these days of the
    year after the one on which they can first be spent. Of a life and a date the earlier ends them.
    `returned_days`: how long points last that a return brings home after their expiry; 0: those are forfeited.
    `reinstate_days`: how long after their expiry staff may give points back; 0: on that day only.

    Tiers: `tier_basis` is what counts, `tier_or_basis` what may reach a tier as well; `tier_window` the days that
    count, the last `tier_window_months` where it is ROLLING. `tier_term` is how long a tier lasts once reached:
    `tier_term_months` for MONTHS, and for YEARLY_DATE through the day `tier_term_day` (else the month's last) of
    `tier_term_month`, so many `tier_term_years` after the year of reaching it. `tier_grace_days` is what is added
    before a fall, `tier_warning_days` how many days before a term's end a member is warned who would not keep the tier.
    """

    type_name: ClassVar[str] = "Program"
    __tablename__ = "loyalty_program"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    handle: str = Field(unique=True, max_length=60)
    name: str
    kind: ProgramKind = Field(sa_type=db.closed_set(ProgramKind))
    state: ProgramState = Field(sa_type=db.closed_set(ProgramState))
    currency: str = Field(max_length=3)
    zone: str
    rounding: Rounding = Field(sa_type=db.closed_set(Rounding))
    clawback: ClawbackPolicy = Field(sa_type=db.closed_set(ClawbackPolicy))
    pending_days: int
    lot_months: int | None
    lot_days: int | None = None
    lot_round_up: RoundUp | None = Field(default=None, sa_type=db.closed_set(RoundUp))
    lot_round_up_month: int | None = None
    expiry_dates: list[str] = Field(default_factory=list, sa_type=JSON)
    refund_method: RefundMethod = Field(default=RefundMethod.RECOMPUTE, sa_type=db.closed_set(RefundMethod))
    returned_days: int = 30
    reinstate_days: int = 90
    tier_window_months: int
    tier_term_months: int
    tier_grace_days: int
    tier_fall: TierFall = Field(sa_type=db.closed_set(TierFall))
    tier_basis: TierBasis = Field(default=TierBasis.POINTS, sa_type=db.closed_set(TierBasis))
    tier_or_basis: TierBasis | None = Field(default=None, sa_type=db.closed_set(TierBasis))
    tier_window: TierWindow = Field(default=TierWindow.ROLLING, sa_type=db.closed_set(TierWindow))
    tier_term: TierTerm = Field(default=TierTerm.MONTHS, sa_type=db.closed_set(TierTerm))
    tier_term_years: int = 1
    tier_term_month: int = 12
    tier_term_day: int = 31
    tier_warning_days: list[int] = Field(default_factory=list, sa_type=JSON)
    terms_version: str
    preset: str | None = Field(default=None, max_length=60)
    version: int = 1
    created_at: datetime = Field(sa_type=db.Instant)
    closes_at: datetime | None = Field(default=None, sa_type=db.Instant)
    minimum_age: int | None = None

    @property
    def is_running(self) -> bool:
        """Whether its members join and earn."""
        return self.state in RUNNING

    @property
    def is_public(self) -> bool:
        """Whether everybody may know of it."""
        return self.state in PUBLIC


class ProgramInvitation(SQLModel, table=True):
    """That a customer may see and join the program while it is a pilot."""

    __tablename__ = "program_invitation"

    program_id: int = Field(primary_key=True, foreign_key="loyalty_program.id", sa_type=BigInteger)
    customer_id: int = Field(primary_key=True, foreign_key="customer.id", index=True, sa_type=BigInteger)
    invited_at: datetime = Field(sa_type=db.Instant)


class ProgramTerms(SQLModel, table=True):
    """A version of a program's terms, and since when it was the one that joining agrees to."""

    __tablename__ = "program_terms"

    program_id: int = Field(primary_key=True, foreign_key="loyalty_program.id", sa_type=BigInteger)
    version: str = Field(primary_key=True, max_length=120)
    starts_at: datetime = Field(sa_type=db.Instant)


class ProgramRate(SQLModel, table=True):
    """From `starts_at` on, one million minor units of `currency` are worth `micros` minor units of the program's."""

    __tablename__ = "loyalty_program_rate"

    program_id: int = Field(primary_key=True, foreign_key="loyalty_program.id", sa_type=BigInteger)
    currency: str = Field(primary_key=True, max_length=3)
    starts_at: datetime = Field(primary_key=True, sa_type=db.Instant)
    micros: int = Field(sa_type=BigInteger)


class EarningRule(Named, SQLModel, table=True):
    """One version of a rule, live in [starts_at, ends_at). Versions share `lineage_id`; only the end changes.

    - ORDER_SPEND: `points` for each `per_minor` minor units; with `per_minor` None, once an order.
    - REVIEW_PUBLISHED: `points` a published review.
    - REFERRAL: `points` for the one who referred, `friend_points` for the friend.

    Orders below `min_order_minor` count for nothing. `member_limit`: how often one member is rewarded (reviews,
    referrals); None: without limit.
    """

    type_name: ClassVar[str] = "EarningRule"
    __tablename__ = "earning_rule"
    __table_args__ = (UniqueConstraint("lineage_id", "version"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    lineage_id: int = Field(sa_type=BigInteger)
    version: int
    program_id: int = Field(foreign_key="loyalty_program.id", index=True, sa_type=BigInteger)
    kind: RuleKind = Field(sa_type=db.closed_set(RuleKind))
    points: int
    per_minor: int | None = Field(default=None, sa_type=BigInteger)
    friend_points: int = 0
    min_order_minor: int = Field(default=0, sa_type=BigInteger)
    member_limit: int | None = None
    starts_at: datetime = Field(sa_type=db.Instant)
    ends_at: datetime | None = Field(default=None, sa_type=db.Instant)
