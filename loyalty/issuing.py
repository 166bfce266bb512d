"""Rewards that points become by themselves: the night takes as many as they pay for and keeps the rest.

What a reward costs and who may have it is rewards'; the members it may concern are found by queries.accounts.
"""

from sqlmodel import Session

from core.refusal import Refusal
from loyalty import expiry, ledger, periods, rewards, tiers
from loyalty.explanation import ExplanationCode
from loyalty.ledger import Account
from loyalty.queries import redemptions as queries
from loyalty.tables import Reward, RewardIssue

# of one reward for one member in one run; what is left waits for the next night
MOST_AT_ONCE = 100


def issue(session: Session, membership_id: int) -> int:
    """Take what is due of every such reward, the dearest first; returns how many were taken."""
    account = expiry.opened(session, membership_id)
    due = [
        reward for reward in queries.issued_by_night(session, account.program.id) if _is_due(session, account, reward)
    ]
    return sum(_issue_all(session, membership_id, reward) for reward in due)


def _is_due(session: Session, account: Account, reward: Reward) -> bool:
    if reward.issue is not RewardIssue.MONTHLY:
        return True
    zone = account.program.zone
    today = periods.local_date(account.now, zone)
    first = today.replace(day=reward.issue_day or 1)
    # before this month's day there may still be last month's to make up for
    begins = first if first <= today else periods.add_months(first, -1)
    return not queries.taken_since(session, account.id, reward.id, periods.start_of(begins, zone))


def _issue_all(session: Session, membership_id: int, reward: Reward) -> int:
    level = tiers.settle(session, membership_id)
    taken = 0
    while taken < MOST_AT_ONCE:
        account = ledger.load(session, membership_id)
        if rewards.refusal(session, account, reward, level) is not None:
            break
        if isinstance(rewards.take(session, account, reward, why=ExplanationCode.REWARD_ISSUED), Refusal):
            break
        taken += 1
    return taken
