"""Statements about endpoints, their secrets and their leases. What is owed to them is queries.deliveries'."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, update
from sqlmodel import Session, col, func, select

from core import db
from core.webhooks.tables import (
    DeliveryState,
    EndpointAttempt,
    EndpointDelivery,
    EndpointSecret,
    EndpointState,
    WebhookEndpoint,
)


def page(session: Session, *, after: int, limit: int) -> Sequence[WebhookEndpoint]:
    """Endpoints, oldest first. One statement."""
    later = select(WebhookEndpoint).where(col(WebhookEndpoint.id) > after)
    return session.exec(later.order_by(col(WebhookEndpoint.id)).limit(limit)).all()


def by_ids(session: Session, endpoint_ids: Sequence[int]) -> Mapping[int, WebhookEndpoint]:
    """Endpoints by id. One statement."""
    rows = session.exec(select(WebhookEndpoint).where(col(WebhookEndpoint.id).in_(endpoint_ids)))
    return {row.id: row for row in rows}


def count(session: Session) -> int:
    """How many there are. One statement."""
    return session.exec(select(func.count()).select_from(WebhookEndpoint)).one()


def keeping(session: Session, event_type: str) -> list[int]:
    """Ids of the endpoints for which an event of this type is kept: subscribed, and not given up on. One statement."""
    rows = session.exec(
        select(WebhookEndpoint.id, WebhookEndpoint.event_types)
        .where(col(WebhookEndpoint.state) != EndpointState.DISABLED)
        .order_by(col(WebhookEndpoint.id))
    )
    # a merchant has a handful of endpoints, and neither database shares a way to look into a JSON list
    return [endpoint_id for endpoint_id, types in rows if event_type in types]


def secrets(session: Session, endpoint_ids: Sequence[int], now: datetime) -> Mapping[int, list[EndpointSecret]]:
    """The secrets that sign now, newest first, of each of the endpoints. One statement."""
    found: dict[int, list[EndpointSecret]] = {endpoint_id: [] for endpoint_id in endpoint_ids}
    live = (col(EndpointSecret.expires_at).is_(None)) | (col(EndpointSecret.expires_at) > now)
    statement = select(EndpointSecret).where(col(EndpointSecret.endpoint_id).in_(endpoint_ids), live)
    for row in session.exec(statement.order_by(col(EndpointSecret.number).desc())):
        found[row.endpoint_id].append(row)
    return found


def last_number(session: Session, endpoint_id: int) -> int:
    """The number of the endpoint's newest secret. One statement."""
    newest = select(func.max(EndpointSecret.number)).where(EndpointSecret.endpoint_id == endpoint_id)
    return session.exec(newest).one() or 0


def expire_secrets(session: Session, endpoint_id: int, *, at: datetime) -> None:
    """Let every secret of the endpoint end then, unless it ends before. One statement."""
    lasting = (col(EndpointSecret.expires_at).is_(None)) | (col(EndpointSecret.expires_at) > at)
    statement = update(EndpointSecret).where(col(EndpointSecret.endpoint_id) == endpoint_id, lasting)
    db.changed_rows(session, statement.values(expires_at=at))


def due(session: Session, *, now: datetime, limit: int) -> list[int]:
    """Ids of active endpoints that something is due to, that nobody sends to and that do not rest. One statement."""
    owed = exists().where(
        col(EndpointDelivery.endpoint_id) == col(WebhookEndpoint.id),
        col(EndpointDelivery.state) == DeliveryState.PENDING,
        col(EndpointDelivery.next_at) <= now,
    )
    statement = select(WebhookEndpoint.id).where(
        col(WebhookEndpoint.state) == EndpointState.ACTIVE,
        col(WebhookEndpoint.leased_until) <= now,
        col(WebhookEndpoint.rests_until) <= now,
        owed,
    )
    return list(session.exec(statement.order_by(col(WebhookEndpoint.leased_until)).limit(limit)))


def take(session: Session, endpoint_id: int, *, lease: int, now: datetime, until: datetime) -> bool:
    """Hold the endpoint under `lease` unless somebody does; says whether it is held. One statement."""
    free = update(WebhookEndpoint).where(
        col(WebhookEndpoint.id) == endpoint_id,
        col(WebhookEndpoint.state) == EndpointState.ACTIVE,
        col(WebhookEndpoint.leased_until) <= now,
        col(WebhookEndpoint.rests_until) <= now,
    )
    return db.changed_rows(session, free.values(lease=lease, leased_until=until)) == 1


def keep(session: Session, endpoint_id: int, *, lease: int, until: datetime) -> bool:
    """Hold it until then if `lease` still counts; `until` now gives it back. One statement."""
    held = update(WebhookEndpoint).where(col(WebhookEndpoint.id) == endpoint_id, col(WebhookEndpoint.lease) == lease)
    return db.changed_rows(session, held.values(leased_until=until)) == 1


def remove(session: Session, endpoint_id: int) -> bool:
    """Delete the endpoint and all that hangs on it; False when it is gone. Four statements."""
    owed = select(EndpointDelivery.id).where(EndpointDelivery.endpoint_id == endpoint_id)
    db.changed_rows(session, delete(EndpointAttempt).where(col(EndpointAttempt.delivery_id).in_(owed)))
    db.changed_rows(session, delete(EndpointDelivery).where(col(EndpointDelivery.endpoint_id) == endpoint_id))
    db.changed_rows(session, delete(EndpointSecret).where(col(EndpointSecret.endpoint_id) == endpoint_id))
    return db.changed_rows(session, delete(WebhookEndpoint).where(col(WebhookEndpoint.id) == endpoint_id)) == 1
