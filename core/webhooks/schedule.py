"""When an attempt is made again, and when it is given up. Numbers only; docs/webhooks.md prints them."""

import secrets
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

# what is waited after the first, second ... failed attempt: the example schedule of the Standard Webhooks specification
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
MAX_TRIES = len(WAITS) + 1
# a receiver may ask for more time with Retry-After, up to this
LONGEST_RETRY_AFTER = timedelta(hours=24)
# and is left alone altogether for so long, up to this
LONGEST_REST = timedelta(hours=1)
RETRY_AFTER_STATUSES = frozenset({429, 503})

# an endpoint that only fails is disabled when both are reached: one message's row of tries takes three days
MAX_FAILURES = 20
MAX_FAILING = timedelta(days=5)

_JITTER_PERCENT = 20


def next_try(tries: int, *, now: datetime, retry_after: timedelta | None) -> datetime | None:
    """When the message is tried again after `tries` failures; None: never, it is a dead letter.

    The waits are scattered by a fifth either way, so that what failed together does not come back together.
    """
    if tries >= MAX_TRIES:
        return None
    scattered = WAITS[tries - 1] * (100 - _JITTER_PERCENT + secrets.randbelow(2 * _JITTER_PERCENT + 1)) / 100
    asked = min(retry_after or timedelta(0), LONGEST_RETRY_AFTER)
    return now + max(scattered, asked)


def gives_up(failures: int, failing_since: datetime, *, now: datetime) -> bool:
    """Whether an endpoint that has only failed since then, so often, is to be disabled."""
    return failures >= MAX_FAILURES and now - failing_since >= MAX_FAILING


def retry_after(value: str, *, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for, in seconds or as a date; None when it says neither."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), int(LONGEST_RETRY_AFTER.total_seconds())))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return None if until.tzinfo is None else max(until - now, timedelta(0))
