"""Bring a friend: codes, accepting one, and what the friend's orders and time make of it.

Why a claim is refused in truth is referral_checks'; what only speaks against one is referral_scores'. The stages stand
in referral_stages, the points in referral_rewards and referral_shares, staff's decisions in referral_review.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock, db, ids
from core.refusal import Refusal
from loyalty import (
    codes,
    order_points,
    periods,
    rates,
    referral_checks,
    referral_clicks,
    referral_moves,
    referral_rewards,
    referral_scores,
    referral_shares,
    referral_terms,
    referral_traces,
)
from loyalty.events import LoyaltyEvent
from loyalty.explanation import ExplanationCode
from loyalty.queries import accounts
from loyalty.queries import programs as program_queries
from loyalty.queries import referrals as queries
from loyalty.referral_checks import ReferralFault
from loyalty.referral_traces import NOTHING, Shown
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import (
    EarningRule,
    Membership,
    Program,
    Referral,
    ReferralCode,
    ReferralRejection,
    ReferralStage,
    RuleKind,
)
from shop import orders
from shop.facts import OrderFact
from shop.tables import OrderState

_UNDONE_BY_RETURN = frozenset({ReferralStage.PENDING, ReferralStage.FLAGGED, ReferralStage.REWARDED})


@dataclass(frozen=True, slots=True)
class Link:
    """That a friend came by a link: the shop's token for the visitor, and of which program."""

    visitor: str
    program_id: int


def create_code(session: Session, *, customer_id: int, program_id: int, shown: Shown = NOTHING) -> str | Refusal:
    """The member's code to pass on, drawn when first asked for and the same ever after.

    Refuses NOT_A_MEMBER, and NOT_ELIGIBLE where the program rewards no referrals now; TOO_LONG of what was shown.
    """
    membership_id = accounts.in_program(session, customer_id, program_id)
    if membership_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("programId",))
    if live_rule(session, program_id) is None:
        return Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("programId",))
    refused = shown.refusal()
    if refused is not None:
        return refused
    row = {"id": ids.new_id(), "membership_id": membership_id, "code": codes.draw(), "created_at": clock.now()}
    db.insert_once(session, ReferralCode, row)
    referral_traces.note(session, membership_id, customer_id, shown)
    return queries.code_of(session, membership_id)


def accept(
    session: Session, *, customer_id: int, code: str | None = None, link: Link | None = None, shown: Shown = NOTHING
) -> int | Refusal:
    """Say who brought this customer: the owner of a code, or of the link they followed; a code beats a link.

    Returns the referral's id, the same when said again. REQUIRED: neither was given. The friend must have joined the
    program (NOT_A_MEMBER). All else tells nothing of the owner: NOT_ELIGIBLE for a code or link that is unknown, one's
    own or a ring's, and for whoever has ordered, was referred before or is a member under another address; EXPIRED
    once the program rewards no referrals; LIMIT_REACHED when its owner has brought as many as may be. A referral that
    is too suspicious is kept, rejected: staff can look at it.
    """
    if code is None and link is None:
        return Refusal(LoyaltyRefusal.REQUIRED, ("code",))
    refused = shown.refusal()
    if refused is not None:
        return refused
    path = ("code",) if code is not None else ("visitor",)
    advocate = _advocate(session, code, link)
    if advocate is None:
        return Refusal(LoyaltyRefusal.NOT_ELIGIBLE, path)
    friend_id = accounts.in_program(session, customer_id, advocate.program_id)
    if friend_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, path)
    # two friends at once must not both take the last place, and a twin must see what the first has made
    accounts.locked(session, advocate.id)
    before = queries.of_friend(session, friend_id)
    if before is not None and before.advocate_id == advocate.id:
        return before.id
    rule = live_rule(session, advocate.program_id)
    if rule is None:
        return Refusal(LoyaltyRefusal.EXPIRED, path)
    claim = referral_checks.Claim(advocate, session.get_one(Membership, friend_id), rule)
    fault = referral_checks.first_fault(session, claim)
    return _write(session, claim, shown) if fault is None else Refusal(_said_of(fault), path)


def settle(session: Session, order: OrderFact, *, at: datetime) -> None:
    """Move on, reject or take back what hangs on this order; repeats change nothing.

    - A referral that waits for its friend's qualifying order begins its hold when that reaches the minimum, else it is
      rejected. Too suspicious: rejected; somewhat suspicious: a person decides.
    - One that this order qualified is rejected, or its rewards taken back, when a return leaves it below the minimum.
    - The advocate's share follows what the friend's orders come to.
    """
    if order.customer_id is None:
        return
    for referral_id in queries.open_of(session, order.customer_id):
        referral = queries.locked(session, referral_id)
        if referral is None:
            continue
        referral_shares.count(session, referral, order)
        _settle_stage(session, referral, order, at=at)
        cause = f"{order.id}:{order.version}:{len(order.refunds)}"
        referral_shares.align(session, referral, cause=cause, at=at)


def end_hold(session: Session, referral: Referral) -> None:
    """Reward both sides if the hold is over, the order is still worth it and limit and budget allow it.

    `referral_rewards.lock` and the referral's own lock come before: a return and the end of the hold wait for each
    other, whichever is first.
    """
    if referral.stage is not ReferralStage.PENDING or (referral.hold_until or clock.now()) > clock.now():
        return
    at = referral.hold_until or clock.now()
    order = orders.fact(session, referral.order_id) if referral.order_id else None
    if order is None or not reaches_minimum(session, referral, order):
        cancel(session, referral, ReferralRejection.ORDER_RETURNED, at=at)
        return
    objection = referral_rewards.objection(session, referral)
    if objection is not None:
        referral_moves.move(session, referral, ReferralStage.REJECTED, rejection=objection)
        return
    referral_moves.move(session, referral, ReferralStage.APPROVED)
    referral_rewards.pay(session, referral, at=at)
    referral_moves.move(session, referral, ReferralStage.REWARDED)
    referral_shares.align(session, referral, cause="REWARDED", at=at)


def cancel(
    session: Session,
    referral: Referral,
    rejection: ReferralRejection,
    *,
    at: datetime,
    by: tuple[int, str] | None = None,
) -> None:
    """Reject it, or reverse it once rewarded, and take back all that it has brought either side."""
    was_rewarded = referral.stage is ReferralStage.REWARDED
    to = ReferralStage.REVERSED if was_rewarded else ReferralStage.REJECTED
    if referral_moves.move(session, referral, to, rejection=rejection, by=by):
        is_return = rejection is ReferralRejection.ORDER_RETURNED
        code = ExplanationCode.REFERRAL_RETURNED if is_return else ExplanationCode.REFERRAL_REVERSED
        referral_rewards.take_back(session, referral, code=code, at=at)
        referral_shares.align(session, referral, cause="REVERSED", at=at)


def reaches_minimum(session: Session, referral: Referral, order: OrderFact) -> bool:
    """Whether the order, less its refunds, is still large enough for the rule."""
    program = session.get_one(Program, referral.program_id)
    rule = session.get_one(EarningRule, referral.rule_id)
    # the rate of the day it was paid stays, however long the hold
    rate = rates.micros(session, program, order.currency, at=order.paid_at or clock.now())
    known = [refund.id for refund in order.refunds]
    amount = order_points.counted_minor(order, refunds=known, rate_micros=rate)
    # an order that cost nothing, or came back whole, brings nobody, even where there is no minimum
    return amount > 0 and amount >= rule.min_order_minor


def live_rule(session: Session, program_id: int) -> EarningRule | None:
    """The rule by which the program rewards referrals now."""
    program = session.get(Program, program_id)
    if program is None or not program.is_running:
        return None
    return next(iter(program_queries.rules_at(session, program_id, RuleKind.REFERRAL, clock.now())), None)


def _settle_stage(session: Session, referral: Referral, order: OrderFact, *, at: datetime) -> None:
    if referral.stage is ReferralStage.ATTRIBUTED:
        if order.state is OrderState.PAID:
            _qualify(session, referral, order, at=at)
        return
    hangs_on_it = referral.order_id == order.id and referral.stage in _UNDONE_BY_RETURN
    if hangs_on_it and not reaches_minimum(session, referral, order):
        cancel(session, referral, ReferralRejection.ORDER_RETURNED, at=at)


def _qualify(session: Session, referral: Referral, order: OrderFact, *, at: datetime) -> None:
    if referral.expires_at is not None and referral.expires_at <= at:
        referral_moves.move(session, referral, ReferralStage.EXPIRED)
        return
    terms = referral_terms.of(session, referral.program_id)
    if terms.qualifying_order > 1 and _place(session, order) < terms.qualifying_order:
        return
    if not reaches_minimum(session, referral, order):
        _reject(session, referral, order, ReferralRejection.ORDER_TOO_SMALL)
        return
    if referral.is_cleared:
        _begin_hold(session, referral, order, {}, at=at)
        return
    found = referral_scores.of(session, referral)
    weighed: dict[str, object] = {"score": found.total, "signals": found.signals}
    if found.total >= terms.block_from:
        _reject(session, referral, order, ReferralRejection.SUSPICIOUS, weighed)
    elif found.total >= terms.review_from:
        held = {**weighed, "order_id": order.id, "hold_until": _hold_until(session, referral, at)}
        referral_moves.move(session, referral, ReferralStage.FLAGGED, also=held)
    else:
        _begin_hold(session, referral, order, weighed, at=at)


def _begin_hold(
    session: Session, referral: Referral, order: OrderFact, weighed: Mapping[str, object], *, at: datetime
) -> None:
    """From the qualifying order on the referral waits; where there is no hold, it is over at once."""
    hold_until = _hold_until(session, referral, at)
    held = {**weighed, "order_id": order.id, "hold_until": hold_until}
    if referral_moves.move(session, referral, ReferralStage.PENDING, also=held):
        referral_rewards.pay_friend(session, referral, at=at)
        if hold_until <= clock.now():
            referral_rewards.lock(session, referral)
            end_hold(session, referral)


def _reject(
    session: Session,
    referral: Referral,
    order: OrderFact,
    rejection: ReferralRejection,
    weighed: Mapping[str, object] | None = None,
) -> None:
    also = {**(weighed or {}), "order_id": order.id}
    referral_moves.move(session, referral, ReferralStage.REJECTED, rejection=rejection, also=also)


def _hold_until(session: Session, referral: Referral, at: datetime) -> datetime:
    days = referral_terms.of(session, referral.program_id).hold_days
    if not days:
        return at
    zone = session.get_one(Program, referral.program_id).zone
    # whole days: the hold is over at the end of its last one
    return periods.start_of(periods.add_days(periods.local_date(at, zone), days + 1), zone)


def _place(session: Session, order: OrderFact) -> int:
    return orders.paid_up_to(session, order.customer_id, order.id) if order.customer_id is not None else 0


def _advocate(session: Session, code: str | None, link: Link | None) -> Membership | None:
    if code is not None:
        return queries.owner_of(session, codes.normalised(code))
    return referral_clicks.advocate_of(session, link.visitor, link.program_id) if link is not None else None


def _write(session: Session, claim: referral_checks.Claim, shown: Shown) -> int:
    program_id, now = claim.advocate.program_id, clock.now()
    referral_traces.note(session, claim.friend.id, claim.friend.customer_id, shown)
    terms = referral_terms.of(session, program_id)
    found = referral_scores.score(session, claim.advocate, claim.friend)
    zone = session.get_one(Program, program_id).zone
    referral = Referral(
        id=ids.new_id(),
        program_id=program_id,
        advocate_id=claim.advocate.id,
        friend_id=claim.friend.id,
        rule_id=claim.rule.id,
        stage=ReferralStage.ATTRIBUTED,
        accepted_at=now,
        expires_at=None if terms.order_days is None else now + timedelta(days=terms.order_days),
        share_points=terms.share_points,
        share_until=None if terms.share_months is None else periods.end_after(now, terms.share_months, zone),
        score=found.total,
        signals=found.signals,
    )
    session.add(referral)
    session.flush()
    referral_moves.tell(session, LoyaltyEvent.REFERRAL_ACCEPTED, referral)
    if found.total >= terms.block_from:
        suspicious = ReferralRejection.SUSPICIOUS
        referral_moves.move(session, referral, ReferralStage.REJECTED, rejection=suspicious)
    return referral.id


def _said_of(fault: ReferralFault) -> LoyaltyRefusal:
    return LoyaltyRefusal.LIMIT_REACHED if fault is ReferralFault.ADVOCATE_LIMIT else LoyaltyRefusal.NOT_ELIGIBLE
