"""A real server on a port of its own over the test's database, and clients that read streams from it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from websockets.sync.client import ClientConnection, connect

from api.app import create_app
from core.db import Database
from core.settings import Settings, settings
from tests.api.conftest import Api, Callee, make_storefront
from tests.worker.world import free_port, wait_until

PROTOCOL = "graphql-transport-ws"
SOON = 10.0
# streams look often here: what takes ten seconds outside takes a moment
_QUICK: dict[str, object] = {"stream_poll_seconds": 0.05, "stream_check_seconds": 0.3}


class Socket:
    """One graphql-transport-ws connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    def send(self, **message: Any) -> None:  # noqa: ANN401 - JSON
        """Send a message."""
        self.connection.send(json.dumps(message))

    def next(self, *, within: float = SOON) -> dict[str, Any]:
        """The next message; they come as text."""
        text = self.connection.recv(within)
        assert isinstance(text, str)
        message: dict[str, Any] = json.loads(text)
        return message

    def subscribe(self, document: str, *, name: str = "1", **variables: Any) -> None:  # noqa: ANN401 - JSON
        """Begin an operation."""
        self.send(id=name, type="subscribe", payload={"query": document, "variables": variables})

    def run(self, document: str, *, name: str = "q", **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """The one answer of a query or mutation."""
        self.subscribe(document, name=name, **variables)
        answer = self.next()
        assert (answer["id"], answer["type"]) == (name, "next"), answer
        assert self.next() == {"id": name, "type": "complete"}
        payload: dict[str, Any] = answer["payload"]
        return payload


class Live(Api):
    """The server as `api` has it, answering on a port as well: `client` speaks to it over the network."""

    def __init__(self, app: Starlette, client: Any, database: Database, storefront: Any, port: int) -> None:  # noqa: ANN401
        super().__init__(client, database, storefront)
        self.app = app
        self.port = port
        self.url = f"http://127.0.0.1:{port}/graphql"

    @contextmanager
    def socket(self, caller: Callee | None = None, *, init: bool = True, **options: Any) -> Iterator[Socket]:  # noqa: ANN401
        """A socket on which this caller has been let in; told in connection_init, as browsers must."""
        options.setdefault("subprotocols", [PROTOCOL])
        with connect(self.url.replace("http", "ws"), **options) as connection:
            socket = Socket(connection)
            if init:
                socket.send(type="connection_init", payload=presented(caller))
                assert socket.next() == {"type": "connection_ack"}
            yield socket

    @contextmanager
    def events(self, caller: Callee, document: str, **variables: Any) -> Iterator[Iterator[dict[str, Any]]]:  # noqa: ANN401
        """The answers of an operation over server-sent events."""
        headers = {**caller.headers, "Accept": "text/event-stream"}
        body = {"query": document, "variables": variables}
        with httpx2.stream("POST", self.url, json=body, headers=headers, timeout=SOON) as response:
            assert response.status_code == 200, response.read()
            yield sent_events(response)

    def is_idle(self) -> bool:
        """Whether nobody listens and no connection is out of the reading pool."""
        pool: Any = self.database.reading_engine.pool
        return bool(self.app.state.feed.listeners == 0 and pool.checkedout() == 0)


def presented(caller: Callee | None) -> dict[str, str]:
    """What a caller's headers say, as a connection_init says it."""
    headers = caller.headers if caller is not None else {}
    names = {"Fidelio-Storefront-Key": "storefrontKey", "Authorization": "authorization"}
    return {names[name]: value for name, value in headers.items()}


def sent_events(response: httpx2.Response) -> Iterator[dict[str, Any]]:
    """The data of each `next`; ends at `complete`."""
    name = ""
    for line in response.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: ") and name == "next":
            yield json.loads(line.removeprefix("data: "))
        elif name == "complete":
            return


@contextmanager
def listening(app: Starlette) -> Iterator[int]:
    """The app on a port, in a thread."""
    config = uvicorn.Config(app, port=free_port(), log_level="warning", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield config.port
    finally:
        app.state.feed.stop()
        server.should_exit = True
        thread.join(SOON)


Serve = Callable[..., Live]


@pytest.fixture
def serve(database: Database) -> Iterator[Serve]:
    """Starts the server with settings that the test chooses."""
    with ExitStack() as running:

        def start(**chosen: object) -> Live:
            app = create_app(database, Settings.model_validate({**settings().model_dump(), **_QUICK, **chosen}))
            storefront = make_storefront(database, "main")
            port = running.enter_context(listening(app))
            client = running.enter_context(httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=SOON))
            return Live(app, client, database, storefront, port)

        yield start


@pytest.fixture
def live(serve: Serve) -> Live:
    """The server as it is."""
    return serve()
