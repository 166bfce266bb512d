"""The night's jobs in their order: what time alone brings about. Each may run late, twice, or be killed half way."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from sqlmodel import Session

from core import idempotency, storage
from core.db import Database
from core.settings import settings
from core.webhooks import deliveries
from loyalty import lifecycle, trials
from loyalty import nightly as members
from loyalty import referral_nightly as referrals
from publishing import coverage, page_checks
from shop import customer_tokens
from ugc import ratings, uploads
from worker.cashier import Cashier

# works on the database and says in a few words what it did
Job: TypeAlias = Callable[[Database], str]

_STEP = 200


def close_programs(database: Database) -> str:
    """Programs whose last day for spending has passed."""
    return f"{database.writing(lifecycle.close_due)} programs closed"


def settle_members(database: Database) -> str:
    """Points that became spendable repay what is owed, tiers move, points expire: in this order, member by member."""
    settled, last = 0, 0
    while found := database.writing(partial(_settle_some, after=last)):
        settled, last = settled + len(found), found[-1]
    return f"{settled} members brought up to date"


def settle_referrals(database: Database) -> str:
    """Holds that are over, waits that are over; and what is kept of visitors and connections past its time goes."""
    settled, last, forgotten = 0, 0, 0
    while found := database.writing(partial(_settle_referrals, after=last)):
        settled, last = settled + len(found), found[-1]
    while dropped := database.writing(lambda session: referrals.forget(session, limit=_STEP)):
        forgotten += dropped
    return f"{settled} referrals brought up to date, {forgotten} traces forgotten"


def bill_paid_memberships(database: Database) -> str:
    """Trials that end, renewals, retries, pauses, holds of points that are over; workers do the same all day.

    And what is kept of old trials goes.
    """
    made = Cashier(database).drain()
    forgotten = database.writing(trials.forget_old)
    return f"{made} steps of paid memberships and held points, {forgotten} trials forgotten"


def sweep_uploads(database: Database) -> str:
    """Photos that nobody attached within a day, and their files."""
    return f"{uploads.sweep(database, storage.media())} unused uploads removed"


def forget_idempotency_keys(database: Database) -> str:
    """Stored answers past their day."""
    forgotten = 0
    while dropped := database.writing(lambda session: idempotency.forget_old(session, limit=_STEP)):
        forgotten += dropped
    return f"{forgotten} idempotency keys forgotten"


def forget_webhook_deliveries(database: Database) -> str:
    """What was sent, or owed, to webhook endpoints more than 30 days ago, with its attempts."""
    forgotten = 0
    while dropped := database.writing(lambda session: deliveries.forget_old(session, limit=_STEP)):
        forgotten += dropped
    return f"{forgotten} webhook deliveries and messages forgotten"


def forget_revoked_tokens(database: Database) -> str:
    """Revocations of customer tokens that have expired meanwhile."""
    forgotten = 0
    while dropped := database.writing(lambda session: customer_tokens.forget_revoked(session, limit=_STEP)):
        forgotten += dropped
    return f"{forgotten} revoked tokens forgotten"


def ask_for_page_checks(database: Database) -> str:
    """Product pages that changed since their newest check, or were not checked for a week."""
    limit = settings().page_checks_a_night
    return f"{database.writing(lambda session: page_checks.queue_due(session, limit=limit))} page checks asked for"


def keep_coverage(database: Database) -> str:
    """What the newest checks of all pages add up to today, for the trend."""
    kept = database.writing(coverage.keep_day)
    return "no page was ever checked" if kept is None else f"the coverage of {kept} kept"


def forget_check_reports(database: Database) -> str:
    """Whole reports of page checks that newer ones have followed for three months."""
    forgotten = 0
    while dropped := database.writing(lambda session: page_checks.forget_reports(session, limit=_STEP)):
        forgotten += dropped
    return f"{forgotten} reports of page checks forgotten"


def compare_ratings(database: Database) -> str:
    """Counters against a recount; a difference is told, not hidden: `fidelio reconcile --repair` mends it."""
    with database.reading() as session:
        drifts = ratings.drifts(session)
    return f"{len(drifts)} rating counters differ from a recount"


NIGHTLY: tuple[tuple[str, Job], ...] = (
    ("programs", close_programs),
    ("referrals", settle_referrals),
    ("members", settle_members),
    ("billing", bill_paid_memberships),
    ("uploads", sweep_uploads),
    ("idempotency", forget_idempotency_keys),
    ("webhooks", forget_webhook_deliveries),
    ("tokens", forget_revoked_tokens),
    ("ratings", compare_ratings),
    ("coverage", keep_coverage),
    ("page-checks", ask_for_page_checks),
    ("check-reports", forget_check_reports),
)


def _settle_some(session: Session, *, after: int) -> list[int]:
    found = list(members.due(session, after=after, limit=_STEP))
    for membership_id in found:
        members.run(session, membership_id)
    return found


def _settle_referrals(session: Session, *, after: int) -> list[int]:
    found = list(referrals.due(session, after=after, limit=_STEP))
    for referral_id in found:
        referrals.run(session, referral_id)
    return found
