"""Streams of real server processes: two over one database tell the same events, and a signal ends them first."""

import os
import signal
import threading
import time
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from sqlmodel import col, select
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from core import outbox
from core.db import Database
from tests.api.streams.conftest import PROTOCOL, Socket, sent_events
from tests.cli.test_serve import two_free_ports
from tests.demo import Loaded
from tests.server import answers, serving
from tests.worker.world import wait_until
from ugc.events import ReviewEvent
from ugc.states import ReviewStatus
from ugc.tables.reviews import Review

PUBLISHED = "subscription { reviewPublished { review { id } } }"
_SECONDS = 30.0


def publish(database: Database, number: int) -> None:
    """The event of one more published review, from a process that is no server."""
    with database.reading() as session:
        public = select(Review).where(Review.status == ReviewStatus.PUBLISHED).order_by(col(Review.id))
        review = session.exec(public.offset(number).limit(1)).one()
        payload: dict[str, int | str | None] = {"reviewId": review.id, "productId": review.product_id}
    database.writing(
        lambda session: outbox.record(session, ReviewEvent.PUBLISHED, aggregate=("Review", review.id), payload=payload)
    )


class Listener:
    """Reads a stream of events in a thread, to its end."""

    def __init__(self, address: str, key: str) -> None:
        self.told: list[dict[str, Any]] = []
        self.is_open = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(address, key))
        self._thread.start()
        assert self.is_open.wait(_SECONDS)

    def ended(self) -> bool:
        """Whether the stream has come to its end."""
        self._thread.join(_SECONDS)
        return not self._thread.is_alive()

    def _listen(self, address: str, key: str) -> None:
        headers = {"Fidelio-Storefront-Key": key, "Accept": "text/event-stream"}
        with httpx2.stream("POST", address, json={"query": PUBLISHED}, headers=headers, timeout=_SECONDS) as answer:
            self.is_open.set()
            self.told.extend(sent_events(answer))


def test_two_processes_tell_the_same_events_and_a_signal_ends_their_streams_at_once(copied: Loaded) -> None:
    key = copied.shop.publishable_keys["fr"]
    database = Database.open(f"sqlite:///{copied.folder / 'fidelio.db'}")
    with ExitStack() as running:
        ports = [two_free_ports(), two_free_ports()]
        children = [running.enter_context(serving(copied.folder, "--development", port=port)) for port in ports]
        wait_until(lambda: all(answers(f"http://127.0.0.1:{port}/healthz") for port in ports))
        listeners = [Listener(f"http://127.0.0.1:{port}/graphql", key) for port in ports]
        connected = connect(f"ws://127.0.0.1:{ports[0]}/graphql", subprotocols=[Subprotocol(PROTOCOL)])
        socket = Socket(running.enter_context(connected))
        socket.send(type="connection_init", payload={"storefrontKey": key})
        assert socket.next() == {"type": "connection_ack"}
        for number in range(5):
            publish(database, number)
        time.sleep(2)

        started = time.monotonic()
        for child in children:
            os.kill(child.pid, signal.SIGTERM)
        codes = [child.wait(_SECONDS) for child in children]
        took = time.monotonic() - started
        assert all(each.ended() for each in listeners)
        with pytest.raises(ConnectionClosed) as closed:
            socket.next()
    database.close()

    assert codes == [0, 0]
    # "service restart": clients connect again by themselves
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012
    # uvicorn's patience with what is still being answered is five seconds
    assert took < 5
    first, second = ([each.get("data") for each in listener.told[:-1]] for listener in listeners)
    assert len(first) == 5
    assert first == second
    for listener in listeners:
        assert listener.told[-1]["errors"][0]["extensions"]["code"] == "SERVER_STOPPING"
