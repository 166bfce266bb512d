"""What is owed to endpoints: queue messages, put them back to work, replay a time range. Sending is webhooks.sending's.

A message is owed once to an endpoint (a unique key says so), and its id stays the same however often it is sent.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock, db, ids, outbox
from core.outbox import Event
from core.paging import Page
from core.refusal import Refusal
from core.webhooks.queries import deliveries as queries
from core.webhooks.queries import endpoints as endpoint_queries
from core.webhooks.refusals import WebhookRefusal
from core.webhooks.tables import DeliveryState, EndpointDelivery, EndpointMessage, EndpointState, WebhookEndpoint

# past these days a delivery and its attempts are forgotten, also one that a paused endpoint has waited for
KEPT = timedelta(days=30)
MAX_REPLAY_RANGE = timedelta(days=31)
MAX_REPLAYED = 500
_NO_ID_REACHES = (1 << 63) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An event as it is told outside; `body` is sent and signed byte for byte."""

    id: int
    type: str
    body: str
    occurred_at: datetime


# how an event of the outbox is told outside
Telling = Callable[[Session, Event], Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayDraft:
    """Which events to send again to which endpoint: of [since, until), after the event of id `after`."""

    endpoint_id: int
    since: datetime
    until: datetime
    after: int = 0


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many messages were queued, and the id of the last event looked at when there may be more after it."""

    queued: int
    last: int | None


def keeping(session: Session, event_type: str) -> list[int]:
    """The endpoints that are owed an event of this type. One statement."""
    return endpoint_queries.keeping(session, event_type)


def queue(session: Session, message: Message, endpoint_ids: Sequence[int]) -> int:
    """Owe the message to each of the endpoints, unless it is owed already; returns how many were new."""
    row = {
        "id": message.id,
        "type": message.type,
        "body": message.body,
        "occurred_at": message.occurred_at,
    }
    db.insert_once(session, EndpointMessage, row)
    return sum(_owe(session, message.id, endpoint_id) for endpoint_id in endpoint_ids)


def queue_test(session: Session, endpoint_id: int, message: Message) -> int | Refusal:
    """Owe a message to this endpoint alone; returns the delivery's id. Any but an active one must be resumed first."""
    refused = _inactive(session, endpoint_id)
    if refused is not None:
        return refused
    queue(session, message, [endpoint_id])
    owed = queries.of_message(session, message.id, endpoint_id)
    return owed.id if owed is not None else _none()


def redeliver(session: Session, delivery_id: int) -> int | Refusal:
    """Send a delivery again, under its id, whether it was delivered or is a dead letter; returns the delivery's id."""
    delivery = session.get(EndpointDelivery, delivery_id)
    if delivery is None:
        return _none()
    refused = _inactive(session, delivery.endpoint_id)
    if refused is not None:
        return refused
    if not queries.queue_again(session, delivery_id, now=clock.now()):
        return Refusal(WebhookRefusal.DELIVERY_PENDING, ("deliveryId",))
    return delivery_id


def replay(session: Session, draft: ReplayDraft, *, names: Collection[str], telling: Telling) -> Replayed | Refusal:
    """Queue what happened in a time range once more, oldest first, MAX_REPLAYED events at most.

    - Also what the endpoint was never owed: events of before it was made, or while it was disabled.
    - What waits already is left as it is, so that repeating a replay adds nothing to one that is under way.
    - `names` are the outbox's names of the events to look for.
    """
    refused = _inactive(session, draft.endpoint_id) or _range_refusal(draft)
    if refused is not None:
        return refused
    found = outbox.between(
        session, names, since=draft.since, until=draft.until, after=draft.after, limit=MAX_REPLAYED + 1
    )
    kept = found[:MAX_REPLAYED]
    queued = sum(_again(session, telling(session, event), draft.endpoint_id) for event in kept)
    return Replayed(queued, kept[-1].id if len(found) > MAX_REPLAYED else None)


def page(
    session: Session,
    endpoint_id: int,
    *,
    first: int,
    state: DeliveryState | None = None,
    after: tuple[int] | None = None,
) -> Page[EndpointDelivery]:
    """The endpoint's deliveries, newest first; the key of one is (id,). One statement."""
    rows = queries.page(
        session, endpoint_id, state=state, before=after[0] if after else _NO_ID_REACHES, limit=first + 1
    )
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def forget_old(session: Session, *, limit: int) -> int:
    """Drop up to `limit` deliveries older than KEPT, and as many messages that nobody is owed; returns how many."""
    limit_of_age = clock.now() - KEPT
    dropped = queries.forget(session, queued_before=limit_of_age, limit=limit)
    return dropped + queries.forget_messages(session, before_id=ids.first_of(limit_of_age), limit=limit)


def _owe(session: Session, message_id: int, endpoint_id: int) -> bool:
    now = clock.now()
    row = {
        "id": ids.new_id(),
        "message_id": message_id,
        "endpoint_id": endpoint_id,
        "state": DeliveryState.PENDING,
        "tries": 0,
        "attempts": 0,
        "next_at": now,
        "queued_at": now,
    }
    return db.insert_once(session, EndpointDelivery, row)


def _again(session: Session, message: Message, endpoint_id: int) -> bool:
    if queue(session, message, [endpoint_id]):
        return True
    owed = queries.of_message(session, message.id, endpoint_id)
    return owed is not None and queries.queue_again(session, owed.id, now=clock.now())


def _inactive(session: Session, endpoint_id: int) -> Refusal | None:
    endpoint = session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None:
        return Refusal(WebhookRefusal.ENDPOINT_NOT_FOUND, ("endpointId",))
    if endpoint.state is EndpointState.ACTIVE:
        return None
    return Refusal(WebhookRefusal.ENDPOINT_NOT_ACTIVE, ("endpointId",))


def _range_refusal(draft: ReplayDraft) -> Refusal | None:
    if draft.since >= draft.until:
        return Refusal(WebhookRefusal.INVALID_RANGE, ("since",))
    if draft.until - draft.since > MAX_REPLAY_RANGE:
        return Refusal(WebhookRefusal.RANGE_TOO_LONG, ("until",), {"days": MAX_REPLAY_RANGE.days})
    return None


def _none() -> Refusal:
    return Refusal(WebhookRefusal.DELIVERY_NOT_FOUND, ("deliveryId",))
