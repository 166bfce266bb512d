"""Statements about messages, deliveries and attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, update
from sqlmodel import Session, col, func, select

from core import db
from core.webhooks.tables import (
    DeliveryState,
    EndpointAttempt,
    EndpointDelivery,
    EndpointMessage,
)

# more attempts than this of one delivery are not shown: it was put back to work by hand again and again
SHOWN_ATTEMPTS = 20


def next_due(session: Session, endpoint_id: int, *, now: datetime) -> tuple[EndpointDelivery, EndpointMessage] | None:
    """What is to be sent first: of all that is due, the earliest event. One statement."""
    statement = (
        select(EndpointDelivery, EndpointMessage)
        .join(EndpointMessage, col(EndpointMessage.id) == col(EndpointDelivery.message_id))
        .where(
            col(EndpointDelivery.endpoint_id) == endpoint_id,
            col(EndpointDelivery.state) == DeliveryState.PENDING,
            col(EndpointDelivery.next_at) <= now,
        )
    )
    return session.exec(statement.order_by(col(EndpointDelivery.message_id)).limit(1)).first()


def page(
    session: Session, endpoint_id: int, *, state: DeliveryState | None, before: int, limit: int
) -> Sequence[EndpointDelivery]:
    """The endpoint's deliveries, newest first, in this state or in any. One statement."""
    statement = select(EndpointDelivery).where(
        col(EndpointDelivery.endpoint_id) == endpoint_id, col(EndpointDelivery.id) < before
    )
    if state is not None:
        statement = statement.where(col(EndpointDelivery.state) == state)
    return session.exec(statement.order_by(col(EndpointDelivery.id).desc()).limit(limit)).all()


def by_ids(session: Session, delivery_ids: Sequence[int]) -> Mapping[int, EndpointDelivery]:
    """Deliveries by id. One statement."""
    rows = session.exec(select(EndpointDelivery).where(col(EndpointDelivery.id).in_(delivery_ids)))
    return {row.id: row for row in rows}


def messages(session: Session, message_ids: Sequence[int]) -> Mapping[int, EndpointMessage]:
    """Messages by id. One statement."""
    rows = session.exec(select(EndpointMessage).where(col(EndpointMessage.id).in_(message_ids)))
    return {row.id: row for row in rows}


def attempts(session: Session, delivery_ids: Sequence[int]) -> Mapping[int, list[EndpointAttempt]]:
    """The latest attempts of each of the deliveries, newest first. One statement."""
    found: dict[int, list[EndpointAttempt]] = {delivery_id: [] for delivery_id in delivery_ids}
    rows = (
        select(EndpointAttempt)
        .join(EndpointDelivery, col(EndpointDelivery.id) == col(EndpointAttempt.delivery_id))
        .where(
            col(EndpointAttempt.delivery_id).in_(delivery_ids),
            col(EndpointAttempt.number) > col(EndpointDelivery.attempts) - SHOWN_ATTEMPTS,
        )
        .order_by(col(EndpointAttempt.number).desc())
    )
    for row in session.exec(rows):
        found[row.delivery_id].append(row)
    return found


def of_message(session: Session, message_id: int, endpoint_id: int) -> EndpointDelivery | None:
    """The delivery of this message to this endpoint. One statement."""
    statement = select(EndpointDelivery).where(
        col(EndpointDelivery.message_id) == message_id, col(EndpointDelivery.endpoint_id) == endpoint_id
    )
    return session.exec(statement).first()


def queue_again(session: Session, delivery_id: int, *, now: datetime) -> bool:
    """Put a delivery that rests back to work with all its tries; False when it waits already. One statement."""
    resting = update(EndpointDelivery).where(
        col(EndpointDelivery.id) == delivery_id, col(EndpointDelivery.state) != DeliveryState.PENDING
    )
    again = resting.values(state=DeliveryState.PENDING, tries=0, next_at=now, queued_at=now)
    return db.changed_rows(session, again) == 1


def count_by_state(session: Session, endpoint_ids: Sequence[int]) -> Mapping[tuple[int, DeliveryState], int]:
    """How many deliveries of each endpoint are in each state. One statement."""
    counted = (
        select(EndpointDelivery.endpoint_id, EndpointDelivery.state, func.count())
        .where(col(EndpointDelivery.endpoint_id).in_(endpoint_ids))
        .group_by(col(EndpointDelivery.endpoint_id), col(EndpointDelivery.state))
    )
    return {(endpoint_id, DeliveryState(state)): number for endpoint_id, state, number in session.exec(counted)}


def forget(session: Session, *, queued_before: datetime, limit: int) -> int:
    """Drop up to `limit` old deliveries with their attempts, whatever their state; returns how many. Three statements.

    One that is being sent just now is young: it was queued less than its row of tries ago.
    """
    old = list(
        session.exec(select(EndpointDelivery.id).where(col(EndpointDelivery.queued_at) < queued_before).limit(limit))
    )
    db.changed_rows(session, delete(EndpointAttempt).where(col(EndpointAttempt.delivery_id).in_(old)))
    db.changed_rows(session, delete(EndpointDelivery).where(col(EndpointDelivery.id).in_(old)))
    return len(old)


def forget_messages(session: Session, *, before_id: int, limit: int) -> int:
    """Drop up to `limit` messages of before that id which no delivery has any more; returns how many. One statement."""
    owed = exists().where(col(EndpointDelivery.message_id) == col(EndpointMessage.id))
    old = select(EndpointMessage.id).where(col(EndpointMessage.id) < before_id, ~owed).limit(limit)
    return db.changed_rows(session, delete(EndpointMessage).where(col(EndpointMessage.id).in_(old)))
