"""One attempt: take what is due under the endpoint's lease, send it outside any transaction, record what came of it.

- A lease outlasts the longest exchange and is renewed before each, so that two workers never send to one endpoint at
  once; a worker that was killed is followed by the next when its lease has run out.
- Killed between sending and recording, the message is sent again, under the same id.
- What a worker records counts only while its lease does.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock, fetching, ids
from core.fetching import Fetched, FetchFailure, FetchFailureKind, FetchPolicy
from core.settings import settings
from core.webhooks import endpoints, schedule, signing
from core.webhooks.queries import deliveries as queries
from core.webhooks.queries import endpoints as endpoint_queries
from core.webhooks.tables import (
    MAX_EXCERPT,
    AttemptOutcome,
    DeliveryState,
    DisabledReason,
    EndpointAttempt,
    EndpointDelivery,
    EndpointSecret,
    EndpointState,
    WebhookEndpoint,
)

LEASE = timedelta(seconds=60)
TIMEOUT_SECONDS = 15.0
USER_AGENT = "FidelioWebhooks/1.0"
_GONE = 410
_MAX_ANSWER = 4_096

_OUTCOMES = {
    FetchFailureKind.INVALID_URL: AttemptOutcome.INVALID_URL,
    FetchFailureKind.UNKNOWN_HOST: AttemptOutcome.UNKNOWN_HOST,
    FetchFailureKind.PRIVATE_ADDRESS: AttemptOutcome.PRIVATE_ADDRESS,
    FetchFailureKind.CONNECTION_FAILED: AttemptOutcome.CONNECTION_FAILED,
    FetchFailureKind.TIMEOUT: AttemptOutcome.TIMEOUT,
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be sent, to where, and under which secrets."""

    delivery_id: int
    endpoint_id: int
    lease: int
    message_id: int
    url: str
    body: bytes
    secrets: tuple[EndpointSecret, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What came of an attempt."""

    at: datetime
    milliseconds: int
    outcome: AttemptOutcome
    status: int | None = None
    excerpt: str = ""
    retry_after: timedelta | None = None

    @property
    def is_success(self) -> bool:
        """Whether the receiver took it: an answer from 200 to 299."""
        return self.outcome is AttemptOutcome.ANSWERED and self.status is not None and 200 <= self.status < 300


def due(session: Session, *, limit: int) -> list[int]:
    """Endpoints that a worker may take now. One statement."""
    return endpoint_queries.due(session, now=clock.now(), limit=limit)


def take(session: Session, endpoint_id: int) -> int | None:
    """Hold the endpoint; returns the lease, or None when another worker holds it."""
    lease, now = ids.new_id(), clock.now()
    return lease if endpoint_queries.take(session, endpoint_id, lease=lease, now=now, until=now + LEASE) else None


def give_back(session: Session, endpoint_id: int, lease: int) -> None:
    """Let the next worker take the endpoint at once."""
    endpoint_queries.keep(session, endpoint_id, lease=lease, until=clock.now())


def next_parcel(session: Session, endpoint_id: int, lease: int) -> Parcel | None:
    """What the holder of the lease sends next, in the order of events; None: nothing, or the lease counts no more."""
    now = clock.now()
    if not endpoint_queries.keep(session, endpoint_id, lease=lease, until=now + LEASE):
        return None
    endpoint = session.get_one(WebhookEndpoint, endpoint_id)
    resting = endpoint.state is not EndpointState.ACTIVE or endpoint.rests_until > now
    found = None if resting else queries.next_due(session, endpoint_id, now=now)
    if found is None:
        return None
    delivery, message = found
    secrets = tuple(endpoint_queries.secrets(session, [endpoint_id], now)[endpoint_id])
    return Parcel(delivery.id, endpoint_id, lease, message.id, endpoint.url, message.body.encode(), secrets)


def send(parcel: Parcel) -> Exchange:
    """POST the parcel, now. No transaction may be open."""
    at, started = clock.now(), time.monotonic()
    policy = FetchPolicy(
        max_bytes=_MAX_ANSWER,
        cut_long_body=True,
        timeout_seconds=TIMEOUT_SECONDS,
        allow_private=settings().allowed_private_hosts(),
        user_agent=USER_AGENT,
    )
    headers = signing.headers(parcel.message_id, parcel.body, parcel.secrets, at=at)
    answer = fetching.post(parcel.url, content=parcel.body, headers=headers, policy=policy)
    return _exchange(answer, at=at, milliseconds=int((time.monotonic() - started) * 1000))


def record(session: Session, parcel: Parcel, exchange: Exchange) -> bool:
    """Keep the attempt and what follows from it; False when the lease counts no more: another worker's word is kept."""
    now = clock.now()
    if not endpoint_queries.keep(session, parcel.endpoint_id, lease=parcel.lease, until=now + LEASE):
        return False
    delivery = session.get_one(EndpointDelivery, parcel.delivery_id)
    delivery.attempts, delivery.tries = delivery.attempts + 1, delivery.tries + 1
    session.add(
        EndpointAttempt(
            delivery_id=delivery.id,
            number=delivery.attempts,
            at=exchange.at,
            milliseconds=exchange.milliseconds,
            outcome=exchange.outcome,
            status=exchange.status,
            excerpt=exchange.excerpt,
        )
    )
    endpoint = session.get_one(WebhookEndpoint, parcel.endpoint_id)
    if exchange.is_success:
        delivery.state = DeliveryState.DELIVERED
        endpoint.failures, endpoint.failing_since = 0, None
    else:
        _fail(session, endpoint, delivery, exchange)
    session.flush()
    return True


def _fail(session: Session, endpoint: WebhookEndpoint, delivery: EndpointDelivery, exchange: Exchange) -> None:
    now = clock.now()
    endpoint.failures, endpoint.failing_since = endpoint.failures + 1, endpoint.failing_since or now
    if exchange.retry_after is not None:
        endpoint.rests_until = now + min(exchange.retry_after, schedule.LONGEST_REST)
    following = schedule.next_try(delivery.tries, now=now, retry_after=exchange.retry_after)
    if exchange.status == _GONE or following is None:
        delivery.state = DeliveryState.DEAD
    else:
        delivery.next_at = following
    if exchange.status == _GONE:
        endpoints.disable(session, endpoint, DisabledReason.GONE)
    elif schedule.gives_up(endpoint.failures, endpoint.failing_since, now=now):
        endpoints.disable(session, endpoint, DisabledReason.FAILING)


def _exchange(answer: Fetched | FetchFailure, *, at: datetime, milliseconds: int) -> Exchange:
    if isinstance(answer, FetchFailure):
        outcome = _OUTCOMES.get(answer.kind, AttemptOutcome.BROKEN_ANSWER)
        return Exchange(at=at, milliseconds=milliseconds, outcome=outcome)
    waits = answer.status in schedule.RETRY_AFTER_STATUSES
    return Exchange(
        at=at,
        milliseconds=milliseconds,
        outcome=AttemptOutcome.REDIRECTED if 300 <= answer.status < 400 else AttemptOutcome.ANSWERED,
        status=answer.status,
        excerpt=_excerpt(answer.body),
        retry_after=schedule.retry_after(answer.header("retry-after"), now=at) if waits else None,
    )


def _excerpt(body: bytes) -> str:
    # what a database or a page cannot hold is left out: NUL, controls, broken UTF-8
    text = body[: MAX_EXCERPT * 4].decode("utf-8", "replace")
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")[:MAX_EXCERPT]
