"""Batches of what endpoints and deliveries hang on."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from core import clock
from core.webhooks import signing
from core.webhooks.queries import deliveries, endpoints
from core.webhooks.tables import (
    EndpointAttempt,
    EndpointDelivery,
    EndpointMessage,
    EndpointSecret,
    WebhookEndpoint,
)


def endpoints_by_ids(session: Session, endpoint_ids: Sequence[int]) -> Mapping[int, WebhookEndpoint]:
    """Endpoints by id. One statement."""
    return endpoints.by_ids(session, endpoint_ids)


def secrets_of_endpoints(session: Session, endpoint_ids: Sequence[int]) -> Mapping[int, list[EndpointSecret]]:
    """The secrets that sign now, newest first. One statement."""
    return endpoints.secrets(session, endpoint_ids, clock.now())


def deliveries_by_ids(session: Session, delivery_ids: Sequence[int]) -> Mapping[int, EndpointDelivery]:
    """Deliveries by id. One statement."""
    return deliveries.by_ids(session, delivery_ids)


def messages_by_ids(session: Session, message_ids: Sequence[int]) -> Mapping[int, EndpointMessage]:
    """Messages by id. One statement."""
    return deliveries.messages(session, message_ids)


def attempts_of_deliveries(session: Session, delivery_ids: Sequence[int]) -> Mapping[int, list[EndpointAttempt]]:
    """The latest attempts, newest first. One statement."""
    return deliveries.attempts(session, delivery_ids)


def secret_text(session: Session, endpoint_id: int, number: int) -> str | None:
    """The secret that was drawn, for the answer that shows it. One statement."""
    secret = session.get(EndpointSecret, (endpoint_id, number))
    return None if secret is None else signing.shown(secret)
