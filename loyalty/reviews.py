"""Points for a published review, and taking them back when it leaves the public. Reviews themselves are ugc's."""

from datetime import datetime

from sqlmodel import Session

from core import clock
from loyalty import clawback, earning, expiry, ledger, periods, tiers
from loyalty.clawback import Claim
from loyalty.earning.occasion import Occasion
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Posting, Source
from loyalty.queries import accounts, entries
from loyalty.queries import programs as queries
from loyalty.tables import EarningRule, EntryKind, Program, RuleKind, SourceType


def promise(session: Session, customer_id: int) -> bool:
    """Whether a live rule would reward this customer for one more published review now, of whatever product.

    The door passes it on as the review's incentive flag, whatever the stars.
    """
    now = clock.now()
    return any(
        _live_rules(session, membership_id, program_id, at=now)
        for membership_id, program_id in accounts.of_customer(session, customer_id)
    )


def published(session: Session, *, review_id: int, author_id: int, cause_id: int, at: datetime) -> None:
    """Reward the author in each of their programs; nothing while the review holds points already.

    `cause_id` is the event's: a review that comes back to the public earns again, once an event.
    """
    source = Source(SourceType.REVIEW, review_id)
    for membership_id, program_id in accounts.of_customer(session, author_id):
        account = expiry.opened(session, membership_id)
        holds_points = clawback.standing(session, membership_id, source).net > 0
        if holds_points or account.row.joined_at > at:
            continue
        for rule in _live_rules(session, membership_id, program_id, at=at):
            _earn(session, membership_id, rule, source, cause_id=cause_id, at=at)
        tiers.settle(session, membership_id)


def left_public(session: Session, *, review_id: int, author_id: int, cause_id: int, at: datetime) -> None:
    """Take back what the review earned."""
    source = Source(SourceType.REVIEW, review_id)
    claim = Claim(f"REVIEW:{review_id}:{cause_id}", ExplanationCode.REVIEW_LEFT_PUBLIC, {}, at)
    for membership_id, _ in accounts.of_customer(session, author_id):
        expiry.opened(session, membership_id)
        if clawback.standing(session, membership_id, source).net > 0:
            clawback.down_to(session, membership_id, source, should_have=0, claim=claim)
            tiers.settle_after_return(session, membership_id)


def _earn(
    session: Session, membership_id: int, rule: EarningRule, source: Source, *, cause_id: int, at: datetime
) -> None:
    points = int(earning.of(rule.kind).points(rule, Occasion()))
    account = expiry.opened(session, membership_id)
    posting = Posting(
        kind=EntryKind.EARN,
        key=f"RULE:{rule.lineage_id}:{cause_id}",
        source=source,
        explanation=Explanation(ExplanationCode.REVIEW_PUBLISHED, {"count": points}),
        occurred_at=at,
        qualifying=points,
        qualifying_day=periods.local_date(at, account.program.zone),
        breakdown=[(rule.id, points)],
    )
    ledger.earn(session, account, posting, points=points, shelf=expiry.shelf(account.program, at))


def _live_rules(session: Session, membership_id: int, program_id: int, *, at: datetime) -> list[EarningRule]:
    """The rules that would reward one more review of the member's."""
    if not session.get_one(Program, program_id).is_running:
        return []
    rewarded = entries.rewarded_reviews(session, membership_id)
    rules = queries.rules_at(session, program_id, RuleKind.REVIEW_PUBLISHED, at)
    return [rule for rule in rules if rule.member_limit is None or rewarded < rule.member_limit]
