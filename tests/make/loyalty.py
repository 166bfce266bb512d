"""Builders of programs and members, and of what happens to them. Ids come back, as from the room itself."""

import itertools

from sqlmodel import Session

from core import clock, outbox
from core.outbox import Event
from loyalty import memberships, orders, programs, reviews
from loyalty.drafts import ProgramDraft, RateDraft, RewardDraft, RuleDraft, TierDraft
from loyalty.memberships import JoinDraft
from loyalty.queries import programs as queries
from loyalty.tables import ClawbackPolicy, EarningRule, Program, RewardKind, Rounding, RuleKind, TierFall
from tests.make import shop
from tests.make.shop import accepted

_numbers = itertools.count(1)

ONE_PER_EURO = RuleDraft(kind=RuleKind.ORDER_SPEND, points=1, per_minor=100)
FIFTY_A_REVIEW = RuleDraft(kind=RuleKind.REVIEW_PUBLISHED, points=50)
A_FRIEND = RuleDraft(kind=RuleKind.REFERRAL, points=100, friend_points=40, min_order_minor=2000)


def program_draft(
    *rules: RuleDraft,
    handle: str | None = None,
    currency: str = "EUR",
    zone: str = "Europe/Paris",
    rounding: Rounding = Rounding.FLOOR,
    clawback: ClawbackPolicy = ClawbackPolicy.WITHIN_BALANCE,
    pending_days: int = 0,
    lot_months: int | None = None,
    tier_grace_days: int = 0,
    tier_fall: TierFall = TierFall.TO_EARNED,
    tiers: tuple[TierDraft, ...] = (),
    rewards: tuple[RewardDraft, ...] = (),
    rates: tuple[RateDraft, ...] = (),
) -> ProgramDraft:
    """One point a euro, spendable at once and for ever, taken back within the balance."""
    handle = handle or f"club-{next(_numbers)}"
    return ProgramDraft(
        handle=handle,
        name=handle.title(),
        currency=currency,
        zone=zone,
        terms_version="1",
        rounding=rounding,
        clawback=clawback,
        pending_days=pending_days,
        lot_months=lot_months,
        tier_grace_days=tier_grace_days,
        tier_fall=tier_fall,
        rules=rules or (ONE_PER_EURO,),
        tiers=tiers,
        rewards=rewards,
        rates=rates,
    )


def program(session: Session, draft: ProgramDraft | None = None) -> int:
    """`program_draft`, created."""
    return accepted(programs.create(session, draft or program_draft()))


def member(session: Session, program_id: int, customer: str = "camille") -> int:
    """The membership of the customer with this external id, who is made if need be."""
    terms = session.get_one(Program, program_id).terms_version
    customer_id = shop.customer(session, customer)
    return accepted(memberships.join(session, JoinDraft(program_id, customer_id, terms, "TEST")))


def voucher(cost: int = 100, *, name: str = "Voucher", **more: int | str | None) -> RewardDraft:
    """A reward of 5.00 for `cost` points."""
    return RewardDraft(name=name, kind=RewardKind.FIXED_AMOUNT, cost=cost, amount_minor=500, **more)  # type: ignore[arg-type]


def tier(name: str, threshold: int, *, multiplier: int = 10_000) -> TierDraft:
    """A tier; `multiplier` in basis points."""
    return TierDraft(name=name, threshold=threshold, multiplier_basis_points=multiplier)


def rule(session: Session, program_id: int, kind: RuleKind = RuleKind.ORDER_SPEND) -> EarningRule:
    """The program's live rule of a kind."""
    return queries.rules_at(session, program_id, kind, clock.now())[0]


def spent(session: Session, euros: float, *, customer: str = "camille", external_id: str | None = None) -> int:
    """A paid order of one line, and what it earned; the order's id."""
    line = shop.line(round(euros * 100))
    order_id = shop.order(session, line, customer=customer, external_id=external_id)
    orders.settle(session, order_id, at=clock.now())
    return order_id


def refunded(session: Session, external_id: str, euros: float, *, order_id: int) -> int:
    """Money back on the order's only line, and what that took back; the refund's id."""
    refund_id = shop.refund(session, external_id, ("line-1", 0, round(euros * 100)))
    orders.settle(session, order_id, at=clock.now())
    return refund_id


def reviewed(session: Session, review_id: int, *, author_id: int, cause_id: int = 1) -> None:
    """A review that has become public."""
    reviews.published(session, review_id=review_id, author_id=author_id, cause_id=cause_id, at=clock.now())


def told(session: Session) -> list[Event]:
    """Every event that the shop and the room have recorded and nobody has reacted to, oldest first."""
    events: list[Event] = []
    while due := outbox.due(session, limit=100):
        events += due
        for event in due:
            outbox.settle(session, event.id, [])
    return events
