"""kill -9 around a webhook loses none; between sending and recording it is sent again, under the same id."""

import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock
from core.db import Database
from core.ids import to_public
from core.settings import settings
from core.webhooks import sending
from core.webhooks.tables import DeliveryState
from tests.make import shop, webhooks
from tests.make.webhooks import Sink, deliveries_of, is_signed
from tests.worker.nursery import Nursery
from tests.worker.world import environment, wait_until


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A receiver that may be sent to."""
    with webhooks.sinks() as (opened,):
        monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", opened.host)
        settings.cache_clear()
        yield opened


# how often the receiver hears of the order when the first worker dies here
HEARD = {"before-claim": 1, "before-reaction-commit": 1, "after-send": 2, "after-record": 1}


@pytest.mark.parametrize("place", HEARD)
def test_a_killed_worker_is_carried_on_by_the_next(
    database: Database, nursery: Nursery, sink: Sink, tmp_path: Path, place: str
) -> None:
    endpoint_id, secret = webhooks.endpoint(database, sink.url, "order.paid")
    database.writing(lambda session: shop.order(session, customer="ada"))
    present = tmp_path / "now"
    present.write_text(clock.iso(clock.now()))
    told = {
        **environment(database, tmp_path),
        "FIDELIO_PRIVATE_HOSTS": sink.host,
        "FIDELIO_CLOCK_FILE": str(present),
    }
    log = tmp_path / "worker.log"

    doomed = nursery.start("worker", environment={**told, "FIDELIO_FAILPOINT": f"{place}:1"}, log=log)
    assert doomed.ended() == -signal.SIGKILL
    # the dead worker's lease runs out
    present.write_text(clock.iso(clock.now() + sending.LEASE + timedelta(seconds=1)))
    second = nursery.start("worker", environment={**told, "FIDELIO_FAILPOINT": ""}, log=log)
    database.writing(lambda session: shop.order(session, customer="ada"))
    both = [DeliveryState.DELIVERED] * 2
    wait_until(lambda: [each.state for each in deliveries_of(database, endpoint_id)] == both)
    assert second.stop() == 0

    first, later = (to_public("Event", each.message_id) for each in deliveries_of(database, endpoint_id))
    assert [request.id for request in sink.received] == [first] * HEARD[place] + [later]
    assert len({request.body for request in sink.received}) == 2
    assert all(is_signed(request, secret) for request in sink.received)
