"""What a stranger may hold: sockets that say nothing, too many of them, and streams that nobody reads."""

import asyncio
import json
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from api.app import create_app
from api.streams.lobby import Lobby
from core.db import Database
from core.settings import Settings, settings
from tests.api.conftest import make_storefront
from tests.api.streams.conftest import SOON, Serve
from tests.worker.world import wait_until


def test_a_socket_that_does_not_say_who_it_is_is_closed(serve: Serve) -> None:
    live = serve(stream_init_seconds=0.1)

    with live.socket(init=False) as socket, pytest.raises(ConnectionClosed) as ended:
        socket.connection.recv(SOON)

    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 4408
    assert live.is_idle()


def test_so_many_sockets_wait_to_be_known_and_no_more(serve: Serve) -> None:
    live = serve(socket_waiting_maximum=(2, 10))
    with ExitStack() as held:
        for _ in range(4):
            # who is known waits no more
            held.enter_context(live.socket(live.as_visitor()))
        with ExitStack() as waiting:
            for _ in range(2):
                waiting.enter_context(live.socket(init=False))
            with pytest.raises(InvalidStatus) as refused, live.socket(init=False):
                pass
            assert refused.value.response.status_code == 403

        wait_until(lambda: _is_let_in(live))


def _is_let_in(live: Any) -> bool:  # noqa: ANN401 - a server
    try:
        with live.socket(live.as_visitor()):
            return True
    except InvalidStatus:
        return False


def test_there_is_a_bound_for_one_network_and_for_all_and_nothing_is_kept_of_who_left() -> None:
    lobby = Lobby(of_one=2, in_all=3)
    first, second, other = lobby.enter("a"), lobby.enter("a"), lobby.enter("b")

    assert None not in {first, second, other}
    assert (lobby.enter("a"), lobby.enter("c"), len(lobby)) == (None, None, 3)

    for leave in (first, first, second, other):
        assert leave is not None
        leave()
    assert len(lobby) == 0
    assert lobby._waiting == {}


def test_a_reader_who_takes_nothing_loses_the_stream_and_gets_their_place_back(database: Database) -> None:
    chosen = {**settings().model_dump(), "stream_send_seconds": 0.1, "stream_maximum": 1}
    app = create_app(database, Settings.model_validate(chosen))
    key = make_storefront(database, "main").publishable_key

    async def read_nothing() -> list[int]:
        return [await asyncio.wait_for(_stuck(app, key), SOON) for _ in range(2)]

    # the second would be 429 if the first had kept its place
    assert asyncio.run(read_nothing()) == [200, 200]
    pool: Any = database.reading_engine.pool
    assert pool.checkedout() == 0


async def _stuck(app: Any, key: str) -> int:  # noqa: ANN401 - an ASGI app
    """The status of a stream whose body is never taken; returns when the server gives it up."""
    statuses: list[int] = []
    body = [{"type": "http.request", "body": json.dumps({"query": "{ viewer { kind } }"}).encode()}]

    async def receive() -> dict[str, Any]:
        if body:
            return body.pop()
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        if message["type"] != "http.response.start":
            await asyncio.Event().wait()
        statuses.append(message["status"])

    headers = {"content-type": "application/json", "accept": "text/event-stream", "fidelio-storefront-key": key}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    return statuses[0]
