"""Tells an event outside: its JSON, to whom it is owed, a test, a replay. What the events are is outward.events'.

The JSON is made once, when the event is reacted to, and kept as it is sent: a retry says the same, byte for byte.
"""

import json
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from core import clock, ids
from core.outbox import Event, Payload
from core.refusal import Refusal
from core.webhooks import deliveries
from core.webhooks.deliveries import Message, ReplayDraft, Replayed
from core.webhooks.tables import WebhookEndpoint
from publishing import surrogate_keys
from publishing.outward.declaring import EventData, PublicId, as_json, from_payload
from publishing.outward.endpoints import WebhookTestEvent
from publishing.outward.events import BY_SOURCE, EVENTS, TEST, OutwardEvent
from publishing.outward.shops import ProductChangedEvent


def fan_out(session: Session, event: Event) -> None:
    """The reaction: owe the event to every endpoint that subscribes to it, in the order of events of one thing."""
    endpoint_ids = deliveries.keeping(session, BY_SOURCE[event.name].value)
    if endpoint_ids:
        deliveries.queue(session, message(session, event), endpoint_ids)


def message(session: Session, event: Event) -> Message:
    """The event as it is told outside. At most one statement."""
    name = BY_SOURCE[event.name]
    return _message(event.id, name.value, event.occurred_at, _data(session, name, event))


def queue_test(session: Session, endpoint_id: int) -> int | Refusal:
    """Owe a test to this endpoint; returns the delivery's id."""
    data = WebhookTestEvent(endpoint_id=PublicId(ids.to_public("WebhookEndpoint", endpoint_id)))
    return deliveries.queue_test(session, endpoint_id, _message(ids.new_id(), TEST, clock.now(), data))


def replay(session: Session, draft: ReplayDraft, *, types: Collection[OutwardEvent] = ()) -> Replayed | Refusal:
    """Queue a time range's events of these types once more; without any, of those that the endpoint subscribes to."""
    endpoint = session.get(WebhookEndpoint, draft.endpoint_id)
    wanted = types or [OutwardEvent(name) for name in (endpoint.event_types if endpoint else ())]
    names = [EVENTS[name].source.value for name in wanted]
    return deliveries.replay(session, draft, names=names, telling=message)


def _message(event_id: int, name: str, occurred_at: datetime, data: EventData) -> Message:
    told = {
        "id": ids.to_public("Event", event_id),
        "type": name,
        "timestamp": clock.iso(occurred_at),
        "data": as_json(data),
    }
    body = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    return Message(id=event_id, type=name, body=body, occurred_at=occurred_at)


def _data(session: Session, name: OutwardEvent, event: Event) -> EventData:
    if name is OutwardEvent.PRODUCT_CHANGED:
        return _product(session, event.payload)
    return from_payload(EVENTS[name].data, event.payload)


def _product(session: Session, payload: Payload) -> ProductChangedEvent:
    product_id = int(payload["productId"] or 0)
    family = surrogate_keys.changed_with(session, product_id)
    theirs = (surrogate_keys.of_product(sibling) for sibling in family)
    return ProductChangedEvent(
        product_id=PublicId(ids.to_public("Product", product_id)),
        product_ids=[PublicId(ids.to_public("Product", sibling)) for sibling in family],
        surrogate_keys=list(dict.fromkeys([*surrogate_keys.renewed_by(payload), *theirs])),
    )
