"""Bring a friend: codes, accepting one, and what the friend's first paid order makes of it.

Why a claim is refused in truth is referral_checks'.
"""

from datetime import datetime

from sqlmodel import Session

from core import clock, db, ids, outbox
from core.refusal import Refusal
from loyalty import clawback, codes, earning, expiry, ledger, order_points, rates, referral_checks
from loyalty.clawback import Claim
from loyalty.earning.occasion import Occasion
from loyalty.events import LoyaltyEvent
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Posting, Source
from loyalty.queries import accounts
from loyalty.queries import programs as program_queries
from loyalty.queries import referrals as queries
from loyalty.referral_checks import ReferralFault
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import (
    EarningRule,
    EntryKind,
    Membership,
    Program,
    Referral,
    ReferralCode,
    ReferralRejection,
    ReferralState,
    RuleKind,
    SourceType,
)
from shop.facts import OrderFact
from shop.tables import OrderState


def create_code(session: Session, *, customer_id: int, program_id: int) -> str | Refusal:
    """The member's code to pass on, drawn when first asked for and the same ever after.

    Refuses NOT_A_MEMBER, and NOT_ELIGIBLE where the program rewards no referrals now.
    """
    membership_id = accounts.in_program(session, customer_id, program_id)
    if membership_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("programId",))
    if _live_rule(session, program_id) is None:
        return Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("programId",))
    row = {"id": ids.new_id(), "membership_id": membership_id, "code": codes.draw(), "created_at": clock.now()}
    db.insert_once(session, ReferralCode, row)
    return queries.code_of(session, membership_id)


def accept(session: Session, *, customer_id: int, code: str) -> int | Refusal:
    """Say that a code's owner brought this customer; returns the referral's id, the same when said again.

    The friend must have joined the program (NOT_A_MEMBER). All else tells nothing of the owner: NOT_ELIGIBLE for a code
    that is unknown, one's own or a ring's, and for whoever has ordered or was referred before; EXPIRED once the program
    rewards no referrals; LIMIT_REACHED when its owner has brought as many as may be.
    """
    advocate = queries.owner_of(session, codes.normalised(code))
    if advocate is None:
        return Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("code",))
    friend_id = accounts.in_program(session, customer_id, advocate.program_id)
    if friend_id is None:
        return Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("code",))
    before = queries.of_friend(session, friend_id)
    if before is not None and before.advocate_id == advocate.id:
        return before.id
    rule = _live_rule(session, advocate.program_id)
    if rule is None:
        return Refusal(LoyaltyRefusal.EXPIRED, ("code",))
    # two friends at once must not both take the last place
    accounts.locked(session, advocate.id)
    claim = referral_checks.Claim(advocate, session.get_one(Membership, friend_id), rule)
    fault = referral_checks.first_fault(session, claim)
    return _write(session, claim) if fault is None else Refusal(_said_of(fault), ("code",))


def settle(session: Session, order: OrderFact, *, at: datetime) -> None:
    """Complete, reject or take back what hangs on this order; repeats change nothing.

    - A referral that waits for its friend's first paid order is completed when that reaches the minimum, else rejected.
    - One that this order completed is rejected, and both rewards taken back, when a return leaves it below the minimum.
    """
    if order.customer_id is None:
        return
    if order.state is OrderState.PAID:
        for referral in queries.awaiting(session, order.customer_id):
            _decide(session, referral, order, at=at)
    for referral in queries.completed_by(session, order.id):
        if not _reaches_minimum(session, referral, order):
            _take_back(session, referral, order, at=at)


def _decide(session: Session, referral: Referral, order: OrderFact, *, at: datetime) -> None:
    if not _reaches_minimum(session, referral, order):
        _reject(session, referral, order, ReferralRejection.ORDER_TOO_SMALL)
        return
    if not queries.decide(session, referral, ReferralState.COMPLETED, order_id=order.id, rejection=None):
        return
    rule = session.get_one(EarningRule, referral.rule_id)
    # ascending, as everywhere: two referrals that cross must not wait for each other
    for membership_id in sorted((referral.advocate_id, referral.friend_id)):
        _reward(session, referral, rule, membership_id, at=at)
    _tell(session, LoyaltyEvent.REFERRAL_COMPLETED, referral)


def _reward(session: Session, referral: Referral, rule: EarningRule, membership_id: int, *, at: datetime) -> None:
    is_friend = membership_id == referral.friend_id
    points = int(earning.of(rule.kind).points(rule, Occasion(is_friend=is_friend)))
    if points == 0:
        return
    code = ExplanationCode.REFERRAL_FRIEND if is_friend else ExplanationCode.REFERRAL_ADVOCATE
    account = expiry.opened(session, membership_id)
    posting = Posting(
        kind=EntryKind.EARN,
        key=f"REFERRAL:{referral.id}",
        source=Source(SourceType.REFERRAL, referral.id),
        explanation=Explanation(code, {"count": points}),
        occurred_at=at,
        breakdown=[(rule.id, points)],
    )
    ledger.earn(session, account, posting, points=points, shelf=expiry.shelf(account.program, at))


def _take_back(session: Session, referral: Referral, order: OrderFact, *, at: datetime) -> None:
    _reject(session, referral, order, ReferralRejection.ORDER_RETURNED)
    claim = Claim(key=f"REFERRAL:{referral.id}", code=ExplanationCode.REFERRAL_RETURNED, params={}, occurred_at=at)
    source = Source(SourceType.REFERRAL, referral.id)
    for membership_id in sorted((referral.advocate_id, referral.friend_id)):
        clawback.down_to(session, membership_id, source, should_have=0, claim=claim)


def _reject(session: Session, referral: Referral, order: OrderFact, rejection: ReferralRejection) -> None:
    if queries.decide(session, referral, ReferralState.REJECTED, order_id=order.id, rejection=rejection):
        _tell(session, LoyaltyEvent.REFERRAL_REJECTED, referral)


def _reaches_minimum(session: Session, referral: Referral, order: OrderFact) -> bool:
    program = session.get_one(Program, referral.program_id)
    rule = session.get_one(EarningRule, referral.rule_id)
    # once completed, the rate of that time stays
    rate = rates.micros(session, program, order.currency, at=referral.decided_at or clock.now())
    known = [refund.id for refund in order.refunds]
    amount = order_points.counted_minor(order, refunds=known, rate_micros=rate)
    # an order that cost nothing, or came back whole, brings nobody, even where there is no minimum
    return amount > 0 and amount >= rule.min_order_minor


def _live_rule(session: Session, program_id: int) -> EarningRule | None:
    program = session.get(Program, program_id)
    if program is None or not program.is_running:
        return None
    return next(iter(program_queries.rules_at(session, program_id, RuleKind.REFERRAL, clock.now())), None)


def _write(session: Session, claim: referral_checks.Claim) -> int:
    referral = Referral(
        id=ids.new_id(),
        program_id=claim.advocate.program_id,
        advocate_id=claim.advocate.id,
        friend_id=claim.friend.id,
        rule_id=claim.rule.id,
        state=ReferralState.PENDING,
        accepted_at=clock.now(),
    )
    session.add(referral)
    session.flush()
    return referral.id


def _said_of(fault: ReferralFault) -> LoyaltyRefusal:
    return LoyaltyRefusal.LIMIT_REACHED if fault is ReferralFault.ADVOCATE_LIMIT else LoyaltyRefusal.NOT_ELIGIBLE


def _tell(session: Session, name: LoyaltyEvent, referral: Referral) -> None:
    payload = {"membershipId": referral.advocate_id, "referralId": referral.id}
    outbox.record(session, name, aggregate=("Membership", referral.advocate_id), payload=payload)
