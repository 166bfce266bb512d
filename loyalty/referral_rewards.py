"""The points of a referral: paid to either side once, taken back whole. When is loyalty.referrals' to say."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock, db
from loyalty import clawback, earning, expiry, ledger, referral_terms
from loyalty.clawback import Claim
from loyalty.earning.occasion import Occasion
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Posting, Source
from loyalty.queries import accounts
from loyalty.queries import referrals as queries
from loyalty.tables import EarningRule, EntryKind, Membership, Referral, ReferralRejection, SourceType


def lock(session: Session, referral: Referral) -> None:
    """Keep the budget and both sides to this transaction: ascending, so that referrals that cross do not wait."""
    if referral_terms.of(session, referral.program_id).budget_points is not None:
        db.hold(session, f"referral-budget:{referral.program_id}")
    for membership_id in sorted((referral.advocate_id, referral.friend_id)):
        accounts.locked(session, membership_id)


def objection(session: Session, referral: Referral) -> ReferralRejection | None:
    """Why the rewards cannot be paid now, by the advocate's limit or the program's budget; `lock` comes first."""
    terms = referral_terms.of(session, referral.program_id)
    if terms.period_limit is not None:
        since = clock.now() - timedelta(days=terms.period_days)
        if queries.rewarded_since(session, referral.advocate_id, since) >= terms.period_limit:
            return ReferralRejection.LIMIT_REACHED
    if terms.budget_points is not None:
        owed = sum(_points(session, referral, is_friend=is_friend) for is_friend in (False, True))
        held = _paid(session, referral)
        if queries.given(session, referral.program_id) + owed - held > terms.budget_points:
            return ReferralRejection.BUDGET_SPENT
    return None


def pay(session: Session, referral: Referral, *, at: datetime) -> None:
    """Reward both sides; what one of them has already stays as it is."""
    for membership_id in sorted((referral.advocate_id, referral.friend_id)):
        _reward(session, referral, membership_id, at=at)


def pay_friend(session: Session, referral: Referral, *, at: datetime) -> None:
    """Reward the friend alone, where the terms do so at once and the budget allows it."""
    terms = referral_terms.of(session, referral.program_id)
    if terms.friend_at_once:
        lock(session, referral)
        if objection(session, referral) is not ReferralRejection.BUDGET_SPENT:
            _reward(session, referral, referral.friend_id, at=at)


def take_back(session: Session, referral: Referral, *, code: ExplanationCode, at: datetime) -> None:
    """Take back what either side has of the referral."""
    claim = Claim(key=_key(referral), code=code, params={}, occurred_at=at)
    for membership_id in sorted((referral.advocate_id, referral.friend_id)):
        if clawback.standing(session, membership_id, _source(referral)).net > 0:
            clawback.down_to(session, membership_id, _source(referral), should_have=0, claim=claim)


def _reward(session: Session, referral: Referral, membership_id: int, *, at: datetime) -> None:
    is_friend = membership_id == referral.friend_id
    points = _points(session, referral, is_friend=is_friend)
    # who has left the program meanwhile has forfeited what was to come, too
    if points == 0 or session.get_one(Membership, membership_id).left_at is not None:
        return
    code = ExplanationCode.REFERRAL_FRIEND if is_friend else ExplanationCode.REFERRAL_ADVOCATE
    account = expiry.opened(session, membership_id)
    posting = Posting(
        kind=EntryKind.EARN,
        key=_key(referral),
        source=_source(referral),
        explanation=Explanation(code, {"count": points}),
        occurred_at=at,
        breakdown=[(referral.rule_id, points)],
    )
    ledger.earn(session, account, posting, points=points, shelf=expiry.shelf(account.program, at))


def _points(session: Session, referral: Referral, *, is_friend: bool) -> int:
    rule = session.get_one(EarningRule, referral.rule_id)
    return int(earning.of(rule.kind).points(rule, Occasion(is_friend=is_friend)))


def _paid(session: Session, referral: Referral) -> int:
    both = (referral.advocate_id, referral.friend_id)
    return sum(clawback.standing(session, membership_id, _source(referral)).net for membership_id in both)


def _source(referral: Referral) -> Source:
    return Source(SourceType.REFERRAL, referral.id)


def _key(referral: Referral) -> str:
    # the key of release 0.1.0 for the first round, which all of its referrals are in
    return f"REFERRAL:{referral.id}:{referral.round}" if referral.round else f"REFERRAL:{referral.id}"
