"""Servers on free ports of this machine: the real API and the example storefront before it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import uvicorn
from starlette.applications import Starlette

from core.db import Database
from examples.storefront.markets import Market, Shop
from shop.tables import Storefront

_SECONDS_TO_START = 20.0


@dataclass(frozen=True, slots=True)
class Street:
    """A shop that is open: its front, the API behind it, and the database behind that."""

    front: str
    api: str
    database: Database
    storefronts: dict[str, Storefront]

    def given(self, *, with_secret: bool = True, api: str | None = None) -> Shop:
        """What the front was started with."""
        return Shop(
            api_url=f"{api or self.api}/graphql",
            origin=self.front,
            markets=tuple(
                Market.of(handle, one.publishable_key, secret=one.customer_secret if with_secret else None)
                for handle, one in self.storefronts.items()
            ),
        )

    def ask(self, document: str, handle: str = "fr", **variables: object) -> dict[str, Any]:
        """The API's own answer to a visitor of a storefront."""
        headers = {"Fidelio-Storefront-Key": self.storefronts[handle].publishable_key}
        body = {"query": document, "variables": variables}
        answer = httpx2.post(f"{self.api}/graphql", json=body, headers=headers).json()
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data


@contextmanager
def serving(app: Starlette, listener: socket.socket) -> Iterator[None]:
    """The app, answering on `listener` in a thread of its own while the block runs."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + _SECONDS_TO_START
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < until, "the server did not start in time"
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def listening() -> socket.socket:
    """A free port of this machine, taken."""
    return socket.create_server(("127.0.0.1", 0))


def address(listener: socket.socket) -> str:
    """Where it can be reached."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"
