"""What is owed: once a message and endpoint, again when asked, from a time range, and not for ever."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from core import clock, ids, outbox
from core.db import Database
from core.ids import to_public
from core.outbox import Event, EventName
from core.refusal import Refusal
from core.webhooks import deliveries, endpoints
from core.webhooks.deliveries import Message, ReplayDraft, Replayed
from core.webhooks.queries import deliveries as queries
from core.webhooks.refusals import WebhookRefusal
from core.webhooks.tables import DeliveryState, EndpointAttempt, EndpointMessage
from tests.conftest import NOON, FrozenClock
from tests.make import webhooks
from tests.make.webhooks import Answer, Sink, deliveries_of
from worker.courier import Courier


class Happening(EventName):
    """Events of these tests."""

    TOLD = "Told"
    KEPT = "Kept"


def happen(database: Database, name: Happening = Happening.TOLD) -> int:
    def step(session: Session) -> int:
        return outbox.record(session, name, aggregate=("Thing", 1), payload={"thingId": 1})

    return database.writing(step)


def telling(_: Session, event: Event) -> Message:
    return Message(id=event.id, type="thing.told", body="{}", occurred_at=event.occurred_at)


def replay(
    database: Database, endpoint_id: int, since: datetime, until: datetime, *, after: int = 0
) -> Replayed | Refusal:
    draft = ReplayDraft(endpoint_id=endpoint_id, since=since, until=until, after=after)
    return database.writing(
        lambda session: deliveries.replay(session, draft, names=[Happening.TOLD.value], telling=telling)
    )


def states(database: Database, endpoint_id: int) -> list[DeliveryState]:
    return [each.state for each in deliveries_of(database, endpoint_id)]


def test_a_message_is_owed_once_however_often_it_is_queued(database: Database, sink: Sink, courier: Courier) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    message_id = webhooks.message(database)
    again = Message(id=message_id, type="thing.told", body="other words", occurred_at=clock.now())

    assert database.writing(lambda session: deliveries.queue(session, again, [endpoint_id])) == 0
    courier.drain()

    assert [request.body for request in sink.received] == [b'{"data":{}}']


def test_a_delivery_can_be_sent_again_under_its_id(database: Database, sink: Sink, courier: Courier) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    delivery_id = deliveries_of(database, endpoint_id)[0].id
    assert database.writing(lambda session: deliveries.redeliver(session, delivery_id)) == Refusal(
        WebhookRefusal.DELIVERY_PENDING, ("deliveryId",)
    )
    courier.drain()

    assert database.writing(lambda session: deliveries.redeliver(session, delivery_id)) == delivery_id
    courier.drain()

    assert len(sink.received) == 2
    assert len({request.id for request in sink.received}) == 1
    assert deliveries_of(database, endpoint_id)[0].attempts == 2


def test_a_dead_letter_that_is_sent_again_has_all_its_tries(
    database: Database, sink: Sink, courier: Courier, frozen_clock: FrozenClock
) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    sink.answer = Answer(500)
    for _ in range(10):
        courier.drain()
        frozen_clock.advance(hours=29)
    (dead,) = deliveries_of(database, endpoint_id)
    assert (dead.state, dead.tries) == (DeliveryState.DEAD, 10)

    database.writing(lambda session: deliveries.redeliver(session, dead.id))
    courier.drain()

    (again,) = deliveries_of(database, endpoint_id)
    assert (again.state, again.tries, again.attempts) == (DeliveryState.PENDING, 1, 11)


def test_what_is_not_there_or_not_active_is_not_sent_again(database: Database, sink: Sink, courier: Courier) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    courier.drain()
    database.writing(lambda session: endpoints.pause(session, endpoint_id))
    delivery_id = deliveries_of(database, endpoint_id)[0].id

    assert database.writing(lambda session: deliveries.redeliver(session, 1)) == Refusal(
        WebhookRefusal.DELIVERY_NOT_FOUND, ("deliveryId",)
    )
    assert database.writing(lambda session: deliveries.redeliver(session, delivery_id)) == Refusal(
        WebhookRefusal.ENDPOINT_NOT_ACTIVE, ("endpointId",)
    )
    assert states(database, endpoint_id) == [DeliveryState.DELIVERED]


def test_a_replay_sends_a_time_range_again_in_order_also_what_was_never_owed(
    database: Database, sink: Sink, courier: Courier, frozen_clock: FrozenClock
) -> None:
    told = []
    for _ in range(5):
        told.append(happen(database))
        happen(database, Happening.KEPT)
        frozen_clock.advance(hours=1)
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    since, until = NOON + timedelta(hours=1), NOON + timedelta(hours=4)

    assert replay(database, endpoint_id, since, until) == Replayed(3, None)
    assert replay(database, endpoint_id, since, until) == Replayed(0, None), "it is under way"
    courier.drain()
    assert replay(database, endpoint_id, since, until) == Replayed(3, None)
    courier.drain()

    wanted = [to_public("Event", each) for each in told[1:4]]
    assert [request.id for request in sink.received] == wanted + wanted
    assert len(deliveries_of(database, endpoint_id)) == 3


@pytest.mark.usefixtures("frozen_clock")
def test_a_long_replay_goes_on_where_it_stopped(
    database: Database, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MAX_REPLAYED", 2)
    told = [happen(database) for _ in range(3)]
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    since, until = NOON, NOON + timedelta(hours=1)

    assert replay(database, endpoint_id, since, until) == Replayed(2, told[1])
    assert replay(database, endpoint_id, since, until, after=told[1]) == Replayed(1, None)
    assert len(deliveries_of(database, endpoint_id)) == 3


@pytest.mark.usefixtures("frozen_clock")
def test_a_range_begins_before_it_ends_and_has_a_month_at_most(database: Database, sink: Sink) -> None:
    happen(database)
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    month = timedelta(days=31)

    assert replay(database, endpoint_id, NOON, NOON) == Refusal(WebhookRefusal.INVALID_RANGE, ("since",))
    assert replay(database, endpoint_id, NOON, NOON + month + timedelta(milliseconds=1)) == Refusal(
        WebhookRefusal.RANGE_TOO_LONG, ("until",), {"days": 31}
    )
    assert replay(database, 1, NOON, NOON + month) == Refusal(WebhookRefusal.ENDPOINT_NOT_FOUND, ("endpointId",))
    assert deliveries_of(database, endpoint_id) == []
    assert replay(database, endpoint_id, NOON, NOON + month) == Replayed(1, None)


def test_after_thirty_days_a_delivery_is_forgotten_with_its_attempts_and_its_message(
    database: Database, sink: Sink, courier: Courier, frozen_clock: FrozenClock
) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    old = webhooks.message(database)
    courier.drain()
    frozen_clock.advance(days=29)
    young = webhooks.message(database)
    courier.drain()

    def forgotten() -> int:
        return database.writing(lambda session: deliveries.forget_old(session, limit=100))

    assert forgotten() == 0
    frozen_clock.advance(days=1, seconds=1)
    assert forgotten() == 2
    assert forgotten() == 0

    assert [each.message_id for each in deliveries_of(database, endpoint_id)] == [young]
    with database.reading() as session:
        assert session.get(EndpointMessage, old) is None
        assert session.get(EndpointMessage, young) is not None
        assert [row.delivery_id for row in _all_attempts(session, endpoint_id)] == [
            each.id for each in deliveries_of(database, endpoint_id)
        ]


def test_a_page_is_newest_first_and_may_keep_to_one_state(database: Database, sink: Sink, courier: Courier) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    courier.drain()
    waiting = webhooks.message(database)

    with database.reading() as session:
        first = deliveries.page(session, endpoint_id, first=1)
        rest = deliveries.page(session, endpoint_id, first=1, after=(first.items[0].id,))
        pending = deliveries.page(session, endpoint_id, first=5, state=DeliveryState.PENDING)

    assert [each.message_id for each in first.items] == [waiting]
    assert (first.has_next, rest.has_next, len(rest.items)) == (True, False, 1)
    assert [each.message_id for each in pending.items] == [waiting]


def test_the_least_id_of_an_instant_parts_before_from_after(frozen_clock: FrozenClock) -> None:
    before = ids.new_id()
    then = frozen_clock.advance(milliseconds=1)

    assert before < ids.first_of(then) <= ids.new_id()


def _all_attempts(session: Session, endpoint_id: int) -> list[EndpointAttempt]:
    found = [each.id for each in deliveries.page(session, endpoint_id, first=100).items]
    return [attempt for each in queries.attempts(session, found).values() for attempt in each]
