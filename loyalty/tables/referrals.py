"""Who brought whom, on what terms, and what speaks against it. What it earns stands in the ledger."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named


class ReferralState(StrEnum):
    """A referral in three words. PENDING: not decided. COMPLETED: rewarded. REJECTED: not, or no longer."""

    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    REJECTED = "REJECTED"


class ReferralStage(StrEnum):
    """Where a referral stands exactly; what may follow what is loyalty.referral_stages'."""

    ATTRIBUTED = "ATTRIBUTED"
    PENDING = "PENDING"
    FLAGGED = "FLAGGED"
    APPROVED = "APPROVED"
    REWARDED = "REWARDED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"
    REVERSED = "REVERSED"


OVER = frozenset({ReferralStage.REJECTED, ReferralStage.EXPIRED, ReferralStage.REVERSED})


def state_of(stage: ReferralStage) -> ReferralState:
    """The stage in three words."""
    if stage in OVER:
        return ReferralState.REJECTED
    return ReferralState.COMPLETED if stage is ReferralStage.REWARDED else ReferralState.PENDING


class ReferralRejection(StrEnum):
    """Why a referral is rejected or reversed; for staff alone."""

    ORDER_TOO_SMALL = "ORDER_TOO_SMALL"
    ORDER_RETURNED = "ORDER_RETURNED"
    SUSPICIOUS = "SUSPICIOUS"
    BY_STAFF = "BY_STAFF"
    LIMIT_REACHED = "LIMIT_REACHED"
    BUDGET_SPENT = "BUDGET_SPENT"


class Attribution(StrEnum):
    """Whose link counts when a visitor followed several."""

    FIRST_CLICK = "FIRST_CLICK"
    LAST_CLICK = "LAST_CLICK"


class TraceKind(StrEnum):
    """What may show that two members are one person or one household."""

    EMAIL = "EMAIL"
    IP = "IP"
    DEVICE = "DEVICE"
    PAYMENT = "PAYMENT"
    ADDRESS = "ADDRESS"


class ReferralCode(SQLModel, table=True):
    """A member's own code to pass on."""

    __tablename__ = "referral_code"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    membership_id: int = Field(foreign_key="membership.id", unique=True, sa_type=BigInteger)
    code: str = Field(unique=True, max_length=40)
    created_at: datetime = Field(sa_type=db.Instant)


class ReferralClick(SQLModel, table=True):
    """That a visitor followed a member's link, first and last. The visitor is a keyed hash of the shop's own token."""

    __tablename__ = "referral_click"
    __table_args__ = (Index("referral_click_last", "last_at"),)

    visitor: str = Field(primary_key=True, max_length=32)
    membership_id: int = Field(primary_key=True, foreign_key="membership.id", sa_type=BigInteger)
    first_at: datetime = Field(sa_type=db.Instant)
    last_at: datetime = Field(sa_type=db.Instant)


class ReferralTrace(SQLModel, table=True):
    """A keyed hash of something that was seen of a member, and when last."""

    __tablename__ = "referral_trace"
    __table_args__ = (Index("referral_trace_digest", "kind", "digest"), Index("referral_trace_seen", "seen_at"))

    membership_id: int = Field(primary_key=True, foreign_key="membership.id", sa_type=BigInteger)
    kind: TraceKind = Field(primary_key=True, sa_type=db.closed_set(TraceKind))
    digest: str = Field(primary_key=True, max_length=32)
    seen_at: datetime = Field(sa_type=db.Instant)


class ReferralTerms(SQLModel, table=True):
    """How a program treats its referrals; a program without a row has these defaults.

    `hold_days` after the qualifying order before anybody is rewarded, save the friend where `friend_at_once`.
    `window_days` from a click to the acceptance, `order_days` from there to the qualifying order (None: no limit),
    which is the friend's `qualifying_order`-th paid one. At most `period_limit` rewards an advocate in `period_days`,
    and `budget_points` for all of the program together. `share_points` for each 10,000 minor units of what the friend
    buys, for `share_months` (None: without end). Scores from `review_from` wait for a person, from `block_from` are
    rejected; `weights` has the signals whose weight is not the default. `suspend_after` referrals rejected as
    suspicious or by staff, the advocate brings nobody more (None: never). `disposable_domains` are mail domains that
    count as throw-away besides our own short list. Traces are kept for `trace_days`.
    """

    __tablename__ = "referral_terms"

    program_id: int = Field(primary_key=True, foreign_key="loyalty_program.id", sa_type=BigInteger)
    hold_days: int = 0
    window_days: int = 30
    attribution: Attribution = Field(default=Attribution.LAST_CLICK, sa_type=db.closed_set(Attribution))
    order_days: int | None = None
    qualifying_order: int = 1
    friend_at_once: bool = False
    period_days: int = 30
    period_limit: int | None = None
    budget_points: int | None = Field(default=None, sa_type=BigInteger)
    share_points: int = 0
    share_months: int | None = None
    review_from: int = 40
    block_from: int = 80
    suspend_after: int | None = 3
    weights: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    disposable_domains: list[str] = Field(default_factory=list, sa_type=JSON)
    trace_days: int = 90


class Referral(Named, SQLModel, table=True):
    """A friend who accepted a code; one advocate a friend and program. `rule_id`: the rule's version then live.

    `score` sums the weights of `signals`; `is_cleared`: staff have looked at them, so that they do not flag again.
    `share_points` and `share_until` are the terms of the share when the friend accepted: later terms change no promise.
    `round` counts how often a reversed referral was taken up again: each round has ledger keys of its own.
    """

    type_name: ClassVar[str] = "Referral"
    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("program_id", "friend_id"),
        Index("referral_advocate", "advocate_id", "id"),
        Index("referral_stage", "stage", "id"),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    program_id: int = Field(foreign_key="loyalty_program.id", sa_type=BigInteger)
    advocate_id: int = Field(foreign_key="membership.id", sa_type=BigInteger)
    friend_id: int = Field(foreign_key="membership.id", index=True, sa_type=BigInteger)
    rule_id: int = Field(foreign_key="earning_rule.id", sa_type=BigInteger)
    stage: ReferralStage = Field(sa_type=db.closed_set(ReferralStage))
    rejection: ReferralRejection | None = Field(default=None, sa_type=db.closed_set(ReferralRejection))
    order_id: int | None = Field(default=None, foreign_key="shop_order.id", index=True, sa_type=BigInteger)
    accepted_at: datetime = Field(sa_type=db.Instant)
    decided_at: datetime | None = Field(default=None, sa_type=db.Instant)
    hold_until: datetime | None = Field(default=None, sa_type=db.Instant)
    expires_at: datetime | None = Field(default=None, sa_type=db.Instant)
    rewarded_at: datetime | None = Field(default=None, sa_type=db.Instant)
    share_points: int = 0
    share_until: datetime | None = Field(default=None, sa_type=db.Instant)
    version: int = 1
    round: int = 0
    score: int = 0
    signals: list[dict[str, str | int]] = Field(default_factory=list, sa_type=JSON)
    is_cleared: bool = False

    @property
    def state(self) -> ReferralState:
        """The stage in three words, as release 0.1.0 told it."""
        return state_of(self.stage)


class ReferralDecision(SQLModel, table=True):
    """One move of a referral, by whom and with the signals of that moment; never changed. No actor: the rules."""

    __tablename__ = "referral_decision"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    referral_id: int = Field(foreign_key="referral.id", index=True, sa_type=BigInteger)
    former: ReferralStage = Field(sa_type=db.closed_set(ReferralStage))
    stage: ReferralStage = Field(sa_type=db.closed_set(ReferralStage))
    rejection: ReferralRejection | None = Field(default=None, sa_type=db.closed_set(ReferralRejection))
    actor_id: int | None = Field(default=None, sa_type=BigInteger)
    reason: str | None = Field(default=None, max_length=300)
    score: int
    signals: list[dict[str, str | int]] = Field(default_factory=list, sa_type=JSON)
    decided_at: datetime = Field(sa_type=db.Instant)


class ReferralPurchase(SQLModel, table=True):
    """What an order of a friend counts for the advocate's share now, in thousandths of a minor unit."""

    __tablename__ = "referral_purchase"

    referral_id: int = Field(primary_key=True, foreign_key="referral.id", sa_type=BigInteger)
    order_id: int = Field(primary_key=True, foreign_key="shop_order.id", sa_type=BigInteger)
    amount_milli: int = Field(sa_type=BigInteger)


db.append_only(ReferralDecision.__table__)  # type: ignore[attr-defined]
