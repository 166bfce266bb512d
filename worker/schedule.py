"""The night's jobs in their order: what time alone brings about. Each may run late, twice, or be killed half way."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from sqlmodel import Session

from core import idempotency, storage
from core.db import Database
from core.webhooks import deliveries
from loyalty import lifecycle, trials
from loyalty import nightly as members
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


def bill_paid_memberships(database: Database) -> str:
    """Trials that end, renewals, retries, pauses; workers do the same all day. And what is kept of old trials goes."""
    made = Cashier(database).drain()
    forgotten = database.writing(trials.forget_old)
    return f"{made} steps of paid memberships, {forgotten} trials forgotten"


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


def compare_ratings(database: Database) -> str:
    """Counters against a recount; a difference is told, not hidden: `fidelio reconcile --repair` mends it."""
    with database.reading() as session:
        drifts = ratings.drifts(session)
    return f"{len(drifts)} rating counters differ from a recount"


NIGHTLY: tuple[tuple[str, Job], ...] = (
    ("programs", close_programs),
    ("members", settle_members),
    ("billing", bill_paid_memberships),
    ("uploads", sweep_uploads),
    ("idempotency", forget_idempotency_keys),
    ("webhooks", forget_webhook_deliveries),
    ("tokens", forget_revoked_tokens),
    ("ratings", compare_ratings),
)


def _settle_some(session: Session, *, after: int) -> list[int]:
    found = list(members.due(session, after=after, limit=_STEP))
    for membership_id in found:
        members.run(session, membership_id)
    return found
