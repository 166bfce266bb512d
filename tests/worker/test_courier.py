"""The courier: several may run, a slow receiver holds up nobody else, and events arrive in their order."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.db import Database
from core.ids import to_public
from core.settings import settings
from core.webhooks.tables import DeliveryState
from tests.make import webhooks
from tests.make.webhooks import Answer, Received, Sink, deliveries_of
from tests.worker.world import wait_until
from worker.courier import Courier


@pytest.fixture
def receivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Sink]]:
    """Three that may be sent to."""
    with webhooks.sinks(3) as opened:
        monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", ",".join(sink.host for sink in opened))
        settings.cache_clear()
        yield opened


def test_workers_that_send_at_once_send_each_message_once_and_in_order(
    database: Database, receivers: list[Sink]
) -> None:
    for sink in receivers:
        webhooks.endpoint(database, sink.url)
    told = [webhooks.message(database) for _ in range(6)]

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(Courier(database).drain) for _ in range(4)]:
            done.result()
    Courier(database).drain()

    for sink in receivers:
        assert [request.id for request in sink.received] == [to_public("Event", each) for each in told]


def test_a_receiver_that_stalls_holds_up_nobody_else(database: Database, receivers: list[Sink]) -> None:
    stalled, quick, _ = receivers
    let_go = threading.Event()
    slow_id, _ = webhooks.endpoint(database, stalled.url)
    webhooks.endpoint(database, quick.url)

    def stall(_: Received) -> None:
        let_go.wait(10)

    stalled.answer = Answer(before=stall)
    for _ in range(3):
        webhooks.message(database)

    courier = Courier(database)
    running = threading.Thread(target=courier.run)
    running.start()
    wait_until(lambda: len(quick.received) == 3)
    assert len(stalled.received) == 1, "one at a time to one receiver"

    let_go.set()
    wait_until(lambda: len(stalled.received) == 3)
    wait_until(lambda: {each.state for each in deliveries_of(database, slow_id)} == {DeliveryState.DELIVERED})
    courier.stop()
    running.join(5)
    courier.join(5)
    assert not running.is_alive()


def test_a_stopped_courier_ends_after_the_message_it_is_at_and_frees_the_endpoint(
    database: Database, receivers: list[Sink]
) -> None:
    sink = receivers[0]
    endpoint_id, _ = webhooks.endpoint(database, sink.url)
    first, second = webhooks.message(database), webhooks.message(database)
    courier = Courier(database)

    def stop(_: Received) -> None:
        courier.stop()

    sink.answers = [Answer(before=stop)]
    assert courier.serve(endpoint_id) == 1
    Courier(database).drain()

    assert [request.id for request in sink.received] == [to_public("Event", each) for each in (first, second)]
