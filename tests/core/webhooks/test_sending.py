"""Sending to a real server: signed, retried with patience, never redirected, never to a private place."""

import socket
import threading
from datetime import timedelta
from typing import Any

import pytest

from core import addresses, clock, outbox
from core.db import Database
from core.ids import to_public
from core.refusal import Refusal
from core.settings import settings
from core.webhooks import endpoints, schedule, sending, signing
from core.webhooks.queries import deliveries as queries
from core.webhooks.tables import (
    AttemptOutcome,
    DeliveryState,
    DisabledReason,
    EndpointAttempt,
    EndpointState,
    WebhookEndpoint,
)
from tests.conftest import FrozenClock
from tests.make import webhooks
from tests.make.webhooks import Answer, Received, Sink, deliveries_of, endpoint_of, is_signed
from worker.courier import Courier


def attempts(database: Database, endpoint_id: int) -> list[EndpointAttempt]:
    """Every attempt of the endpoint's first delivery, oldest first."""
    first = deliveries_of(database, endpoint_id)[0].id
    with database.reading() as session:
        return list(reversed(queries.attempts(session, [first])[first]))


def send_patiently(courier: Courier, frozen_clock: FrozenClock, *, days: int) -> None:
    """Send what comes due, hour by hour."""
    for _ in range(days * 24):
        courier.drain()
        frozen_clock.advance(hours=1)


def test_a_message_arrives_once_signed_and_under_its_id(database: Database, sink: Sink, courier: Courier) -> None:
    endpoint_id, secret = webhooks.endpoint(database, sink.url)
    message_id = webhooks.message(database)

    assert courier.drain() == 1
    assert courier.drain() == 0

    (request,) = sink.received
    assert request.id == to_public("Event", message_id)
    assert request.body == b'{"data":{}}'
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"] == sending.USER_AGENT
    assert abs(int(request.headers["webhook-timestamp"]) - clock.now().timestamp()) < 60
    assert is_signed(request, secret)
    assert not is_signed(request, "whsec_" + "A" * 43 + "=")
    assert deliveries_of(database, endpoint_id)[0].state is DeliveryState.DELIVERED


def test_an_endpoint_is_told_of_what_it_subscribes_to_alone(database: Database, sink: Sink, courier: Courier) -> None:
    webhooks.endpoint(database, sink.url, "thing.told")
    webhooks.message(database, type="thing.kept")

    assert courier.drain() == 0


def test_a_failed_attempt_is_made_again_with_the_same_id_and_body_and_a_new_time(
    database: Database, sink: Sink, courier: Courier, frozen_clock: FrozenClock
) -> None:
    endpoint_id, secret = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    sink.answers = [Answer(500, body=b"no\x00t now" + b"!" * 5_000), Answer(200)]

    courier.drain()
    assert courier.drain() == 0, "it waits"
    frozen_clock.advance(seconds=6)
    courier.drain()

    first, second = sink.received
    assert (first.id, first.body) == (second.id, second.body)
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 6
    assert is_signed(first, secret)
    assert is_signed(second, secret)
    told = [(each.outcome, each.status, len(each.excerpt)) for each in attempts(database, endpoint_id)]
    assert told == [(AttemptOutcome.ANSWERED, 500, 200), (AttemptOutcome.ANSWERED, 200, 0)]
    assert endpoint_of(database, endpoint_id).failures == 0


def test_ten_failures_over_three_days_make_a_dead_letter(
    database: Database, sink: Sink, courier: Courier, frozen_clock: FrozenClock
) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    sink.answer = Answer(503)

    send_patiently(courier, frozen_clock, days=5)

    assert len(sink.received) == schedule.MAX_TRIES == 10
    assert len({request.id for request in sink.received}) == 1
    (delivery,) = deliveries_of(database, endpoint_id)
    assert (delivery.state, delivery.attempts) == (DeliveryState.DEAD, 10)
    assert endpoint_of(database, endpoint_id).state is EndpointState.ACTIVE


def test_five_days_of_nothing_but_failures_disable_an_endpoint_and_are_told(
    database: Database, sink: Sink, courier: Courier, frozen_clock: FrozenClock
) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    sink.answer = Answer(500)
    for _ in range(3):
        webhooks.message(database)

    send_patiently(courier, frozen_clock, days=4)
    assert endpoint_of(database, endpoint_id).state is EndpointState.ACTIVE
    webhooks.message(database)
    send_patiently(courier, frozen_clock, days=4)

    given_up = endpoint_of(database, endpoint_id)
    assert (given_up.state, given_up.reason) == (EndpointState.DISABLED, DisabledReason.FAILING)
    with database.reading() as session:
        (event,) = outbox.due(session, limit=5)
    assert (event.name, event.payload) == ("WebhookEndpointDisabled", {"endpointId": endpoint_id, "reason": "FAILING"})
    webhooks.message(database)
    assert courier.drain() == 0
    assert len(deliveries_of(database, endpoint_id)) == 4, "nothing is kept for a disabled endpoint"


def test_an_endpoint_that_is_gone_is_disabled_at_once(database: Database, sink: Sink, courier: Courier) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    webhooks.message(database)
    sink.answer = Answer(410)

    assert courier.drain() == 1

    gone = endpoint_of(database, endpoint_id)
    assert (gone.state, gone.reason) == (EndpointState.DISABLED, DisabledReason.GONE)
    assert [each.state for each in deliveries_of(database, endpoint_id)] == [DeliveryState.DEAD, DeliveryState.PENDING]


def test_a_receiver_that_asks_for_time_is_left_alone_for_so_long(
    database: Database, sink: Sink, courier: Courier, frozen_clock: FrozenClock
) -> None:
    webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    webhooks.message(database)
    sink.answers = [Answer(429, {"Retry-After": "600"})]

    assert courier.drain() == 1, "the other message is not sent either"
    frozen_clock.advance(seconds=599)
    assert courier.drain() == 0
    frozen_clock.advance(seconds=1)
    assert courier.drain() == 2


def test_a_redirect_is_a_failure_and_leads_nowhere(
    database: Database, sink: Sink, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    with webhooks.sinks() as (other,):
        monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", f"{sink.host},{other.host}")
        settings.cache_clear()
        endpoint_id, _ = webhooks.endpoint(database, sink.url)
        webhooks.message(database)
        sink.answer = Answer(307, {"Location": other.url})

        courier.drain()

        assert other.received == []
    (attempt,) = attempts(database, endpoint_id)
    assert (attempt.outcome, attempt.status) == (AttemptOutcome.REDIRECTED, 307)
    assert deliveries_of(database, endpoint_id)[0].state is DeliveryState.PENDING


def test_a_name_that_leads_to_a_private_address_is_not_sent_to(
    database: Database, sink: Sink, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint_id, _ = webhooks.endpoint(database, f"https://shop.example:{sink.port}/hook")
    webhooks.message(database)
    _answering(monkeypatch, ["127.0.0.1"])

    courier.drain()

    assert sink.received == []
    assert attempts(database, endpoint_id)[0].outcome is AttemptOutcome.PRIVATE_ADDRESS


def test_a_host_that_is_no_longer_trusted_is_not_sent_to(
    database: Database, sink: Sink, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    monkeypatch.delenv("FIDELIO_PRIVATE_HOSTS")
    settings.cache_clear()

    courier.drain()

    assert sink.received == []
    assert attempts(database, endpoint_id)[0].outcome is AttemptOutcome.PRIVATE_ADDRESS


def test_a_name_that_changes_its_answer_is_connected_to_as_it_was_checked(
    database: Database, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    with webhooks.sinks() as (inner,):
        endpoint_id, _ = webhooks.endpoint(database, f"https://shop.example:{inner.port}/hook")
        webhooks.message(database)
        # checked: an address that counts as public here and refuses connections; asked again: the sink's
        asked = _answering(monkeypatch, ["127.0.0.2", "127.0.0.1"])
        monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.2")

        courier.drain()

        assert inner.received == []
    assert asked == ["shop.example"]
    assert attempts(database, endpoint_id)[0].outcome is AttemptOutcome.CONNECTION_FAILED


def test_a_receiver_that_never_answers_is_left_at_the_deadline(
    database: Database, sink: Sink, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.2)
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    done = threading.Event()

    def wait(_: Received) -> None:
        done.wait(5)

    sink.answer = Answer(before=wait)

    courier.drain()
    done.set()

    assert attempts(database, endpoint_id)[0].outcome is AttemptOutcome.TIMEOUT


def test_during_the_overlap_both_secrets_sign_and_afterwards_the_new_one_alone(
    database: Database, sink: Sink, courier: Courier, frozen_clock: FrozenClock
) -> None:
    endpoint_id, former = webhooks.endpoint(database, sink.url)
    rotated = database.writing(lambda session: endpoints.rotate(session, endpoint_id, overlap_hours=24))
    assert not isinstance(rotated, Refusal)
    newer = signing.shown(rotated)

    webhooks.message(database)
    courier.drain()
    frozen_clock.advance(hours=24)
    webhooks.message(database)
    courier.drain()

    during, after = sink.received
    assert newer != former
    assert (is_signed(during, former), is_signed(during, newer)) == (True, True)
    assert (is_signed(after, former), is_signed(after, newer)) == (False, True)
    assert len(after.headers["webhook-signature"].split(" ")) == 1


def test_a_leaked_table_signs_nothing(
    database: Database, sink: Sink, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, secret = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    monkeypatch.setenv("FIDELIO_SECRET_KEY", "another house's key, which stands in no database")
    settings.cache_clear()

    courier.drain()

    assert not is_signed(sink.received[0], secret)


def test_what_a_worker_records_after_its_lease_was_taken_over_does_not_count(
    database: Database, sink: Sink, frozen_clock: FrozenClock
) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    late = database.writing(lambda session: sending.take(session, endpoint_id))
    assert late is not None
    parcel = database.writing(lambda session: sending.next_parcel(session, endpoint_id, late))
    assert parcel is not None
    exchange = sending.send(parcel)

    assert database.writing(lambda session: sending.take(session, endpoint_id)) is None
    frozen_clock.advance(seconds=sending.LEASE.total_seconds())
    assert database.writing(lambda session: sending.take(session, endpoint_id)) is not None

    assert database.writing(lambda session: sending.record(session, parcel, exchange)) is False
    assert database.writing(lambda session: sending.next_parcel(session, endpoint_id, late)) is None
    assert deliveries_of(database, endpoint_id)[0].attempts == 0


def test_a_lease_outlasts_the_longest_exchange() -> None:
    assert 2 * timedelta(seconds=sending.TIMEOUT_SECONDS) < sending.LEASE


def test_a_paused_endpoint_is_sent_what_waited_when_it_is_resumed(
    database: Database, sink: Sink, courier: Courier
) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    database.writing(lambda session: endpoints.pause(session, endpoint_id))
    told = [webhooks.message(database) for _ in range(3)]

    assert courier.drain() == 0
    database.writing(lambda session: endpoints.resume(session, endpoint_id))
    courier.drain()

    assert [request.id for request in sink.received] == [to_public("Event", each) for each in told]


def test_a_deleted_endpoint_leaves_nothing_behind(database: Database, sink: Sink, courier: Courier) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    webhooks.message(database)
    courier.drain()
    webhooks.message(database)

    assert database.writing(lambda session: endpoints.remove(session, endpoint_id)) == endpoint_id

    assert courier.drain() == 0
    with database.reading() as session:
        assert session.get(WebhookEndpoint, endpoint_id) is None
    assert deliveries_of(database, endpoint_id) == []


def _answering(monkeypatch: pytest.MonkeyPatch, addresses_in_turn: list[str]) -> list[str]:
    """Have every name looked up lead to these addresses, one after the other; returns the names asked for."""
    asked: list[str] = []
    waiting, really = iter(addresses_in_turn), socket.getaddrinfo

    def answer(host: str, port: int, *more: Any, **named: Any) -> Any:  # noqa: ANN401 - as socket.getaddrinfo
        if host.replace(".", "").isdigit():
            return really(host, port, *more, **named)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(waiting), port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked
