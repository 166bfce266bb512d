"""Who bought a plan, on which terms, with which cards, and every payment asked for. Plans are tables.plans'."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db
from loyalty.tables.naming import Named


class PaidState(StrEnum):
    """Where a paid membership stands; which act leads where is loyalty.paid_states'."""

    STARTING = "STARTING"
    TRIALING = "TRIALING"
    ACTIVE = "ACTIVE"
    PAST_DUE = "PAST_DUE"
    CANCELLING = "CANCELLING"
    PAUSED = "PAUSED"
    LAPSED = "LAPSED"
    ENDED = "ENDED"


class EndReason(StrEnum):
    """Why a paid membership is over."""

    CANCELLED = "CANCELLED"
    PAYMENT_FAILED = "PAYMENT_FAILED"
    REFUNDED = "REFUNDED"
    PRICE_NOT_ACCEPTED = "PRICE_NOT_ACCEPTED"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    PROGRAM_ENDED = "PROGRAM_ENDED"


class PaymentKind(StrEnum):
    """START: a first period without a trial. RENEWAL: a further one. CHANGE: a dearer plan now. REFUND: money back."""

    START = "START"
    RENEWAL = "RENEWAL"
    CHANGE = "CHANGE"
    REFUND = "REFUND"


class PaymentState(StrEnum):
    """OPEN: nobody was asked yet. ASKED: the provider was, and its answer is not known. The others are final."""

    OPEN = "OPEN"
    ASKED = "ASKED"
    PAID = "PAID"
    FAILED = "FAILED"
    WITHDRAWN = "WITHDRAWN"


OVER = (PaidState.LAPSED, PaidState.ENDED)
UNDECIDED = (PaymentState.OPEN, PaymentState.ASKED)


class PaidMembership(Named, SQLModel, table=True):
    """One purchase of a plan by a member: a membership has at most one that is not over.

    `price_minor` is the snapshot that renewals charge. Paid, or on trial, is [period_start, period_end); period 0 is
    the trial. `anchor_day` is the day of the month on which periods end. `credit_minor` is left over from an earlier
    plan and paid with first. `next_plan_id` begins with the next period. `told_price_minor` is the higher price the
    member was told of, `consented_price_minor` the one they agreed to. Dunning: `round` counts the tries so far,
    `next_attempt_at` is the next one, benefits last until `grace_until`. `due_at` is when something happens by time.
    """

    type_name: ClassVar[str] = "PaidMembership"
    __tablename__ = "paid_membership"
    __table_args__ = (
        Index(
            "paid_membership_open",
            "membership_id",
            unique=True,
            sqlite_where=Column("ended_at").is_(None),
            postgresql_where=Column("ended_at").is_(None),
        ),
        Index(
            "paid_membership_due",
            "due_at",
            sqlite_where=Column("due_at").is_not(None),
            postgresql_where=Column("due_at").is_not(None),
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    membership_id: int = Field(foreign_key="membership.id", index=True, sa_type=BigInteger)
    plan_id: int = Field(foreign_key="membership_plan.id", index=True, sa_type=BigInteger)
    state: PaidState = Field(sa_type=db.closed_set(PaidState))
    price_minor: int = Field(sa_type=BigInteger)
    credit_minor: int = Field(default=0, sa_type=BigInteger)
    period_no: int
    period_start: datetime = Field(sa_type=db.Instant)
    period_end: datetime = Field(sa_type=db.Instant)
    anchor_day: int
    next_plan_id: int | None = Field(default=None, foreign_key="membership_plan.id", sa_type=BigInteger)
    told_price_minor: int | None = Field(default=None, sa_type=BigInteger)
    told_at: datetime | None = Field(default=None, sa_type=db.Instant)
    consented_price_minor: int | None = Field(default=None, sa_type=BigInteger)
    warned_period: int | None = None
    round: int = 0
    dunning_since: datetime | None = Field(default=None, sa_type=db.Instant)
    next_attempt_at: datetime | None = Field(default=None, sa_type=db.Instant)
    grace_until: datetime | None = Field(default=None, sa_type=db.Instant)
    paused_at: datetime | None = Field(default=None, sa_type=db.Instant)
    paused_until: datetime | None = Field(default=None, sa_type=db.Instant)
    due_at: datetime | None = Field(default=None, sa_type=db.Instant)
    started_at: datetime = Field(sa_type=db.Instant)
    ended_at: datetime | None = Field(default=None, sa_type=db.Instant)
    end_reason: EndReason | None = Field(default=None, sa_type=db.closed_set(EndReason))
    version: int = 1


class MembershipPayment(Named, SQLModel, table=True):
    """One attempt to take money, or to give it back: written before the provider is asked, its outcome after.

    Unique by (membership, period, attempt); a refund by what it gives back. `amount_minor` is the price less
    `credit_minor`. What it pays for: `plan_id` in [period_start, period_end). `ask_at`: when the provider is asked,
    for the first time or what became of it.
    """

    type_name: ClassVar[str] = "MembershipPayment"
    __tablename__ = "membership_payment"
    __table_args__ = (
        UniqueConstraint("paid_membership_id", "period_no", "attempt"),
        Index(
            "membership_payment_waiting",
            "id",
            sqlite_where=Column("decided_at").is_(None),
            postgresql_where=Column("decided_at").is_(None),
        ),
        Index(
            "membership_payment_undecided",
            "ask_at",
            sqlite_where=Column("ask_at").is_not(None),
            postgresql_where=Column("ask_at").is_not(None),
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    paid_membership_id: int = Field(foreign_key="paid_membership.id", sa_type=BigInteger)
    kind: PaymentKind = Field(sa_type=db.closed_set(PaymentKind))
    state: PaymentState = Field(sa_type=db.closed_set(PaymentState))
    period_no: int
    attempt: int | None
    round: int = 0
    refund_of_id: int | None = Field(default=None, foreign_key="membership_payment.id", unique=True, sa_type=BigInteger)
    method_id: int | None = Field(default=None, foreign_key="payment_method.id", sa_type=BigInteger)
    plan_id: int = Field(foreign_key="membership_plan.id", sa_type=BigInteger)
    price_minor: int = Field(sa_type=BigInteger)
    credit_minor: int = Field(default=0, sa_type=BigInteger)
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    period_start: datetime = Field(sa_type=db.Instant)
    period_end: datetime = Field(sa_type=db.Instant)
    asks: int = 0
    ask_at: datetime | None = Field(default=None, sa_type=db.Instant)
    provider: str | None = Field(default=None, max_length=40)
    reference: str | None = Field(default=None, max_length=200)
    failure: str | None = Field(default=None, max_length=60)
    created_at: datetime = Field(sa_type=db.Instant)
    decided_at: datetime | None = Field(default=None, sa_type=db.Instant)


class PaymentMethod(SQLModel, table=True):
    """A card, or the like, that the shop's payment provider keeps: its token there and nothing that could be spent.

    `fingerprint` is a keyed hash of what the provider says is the same card again.
    """

    __tablename__ = "payment_method"
    __table_args__ = (UniqueConstraint("customer_id", "reference"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    customer_id: int = Field(foreign_key="customer.id", sa_type=BigInteger)
    reference: str = Field(max_length=200)
    fingerprint: str | None = Field(default=None, max_length=64)
    active: bool = True
    created_at: datetime = Field(sa_type=db.Instant)


class TrialUse(SQLModel, table=True):
    """That a person, or a card, has had the program's trial: a keyed hash that tells neither."""

    __tablename__ = "trial_use"

    program_id: int = Field(primary_key=True, foreign_key="loyalty_program.id", sa_type=BigInteger)
    pseudonym: str = Field(primary_key=True, max_length=64)
    used_at: datetime = Field(index=True, sa_type=db.Instant)


class BenefitUse(SQLModel, table=True):
    """That an order was given something by a paid membership; told by the shop, once per order and benefit."""

    __tablename__ = "benefit_use"

    paid_membership_id: int = Field(primary_key=True, foreign_key="paid_membership.id", sa_type=BigInteger)
    order_id: int = Field(primary_key=True, foreign_key="shop_order.id", sa_type=BigInteger)
    benefit: str = Field(primary_key=True, max_length=80)
    used_at: datetime = Field(sa_type=db.Instant)
