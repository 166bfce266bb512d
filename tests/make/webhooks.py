"""Receivers of webhooks on loopback, endpoints that send to them, and the receiver's side of a signature."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sqlmodel import Session

from core import clock, ids
from core.db import Database
from core.refusal import Refusal
from core.webhooks import deliveries, endpoints, signing
from core.webhooks.deliveries import Message
from core.webhooks.tables import EndpointDelivery, WebhookEndpoint


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """The body's JSON."""
        return json.loads(self.body)

    @property
    def id(self) -> str:
        """The message's lasting id."""
        return self.headers["webhook-id"]


@dataclass
class Answer:
    """What the sink answers; `before` runs first, with the request."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    before: Callable[[Received], None] | None = None


class Sink:
    """A real HTTP server. `answers` are given in turn, then `answer` for ever."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: list[Answer] = []
        self.answer = Answer()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def host(self) -> str:
        """As FIDELIO_PRIVATE_HOSTS names it."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.host}/hook"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Received(self.path, headers, body)
                sink.received.append(request)
                answer = sink.answers.pop(0) if sink.answers else sink.answer
                if answer.before is not None:
                    answer.before(request)
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@contextmanager
def sinks(count: int = 1) -> Iterator[list[Sink]]:
    """So many receivers."""
    opened = [Sink() for _ in range(count)]
    try:
        yield opened
    finally:
        for sink in opened:
            sink.close()


def endpoint(database: Database, url: str, *event_types: str) -> tuple[int, str]:
    """An active endpoint, committed, and its secret; without types it is told of `thing.told`."""
    made = database.writing(
        lambda session: endpoints.create(session, url=url, event_types=event_types or ("thing.told",))
    )
    assert not isinstance(made, Refusal), made
    return made.endpoint_id, signing.shown(made)


def message(database: Database, *, type: str = "thing.told") -> int:
    """A message to every endpoint that is told of its type, committed; returns its id."""

    def queue(session: Session) -> int:
        told = Message(id=ids.new_id(), type=type, body='{"data":{}}', occurred_at=clock.now())
        deliveries.queue(session, told, deliveries.keeping(session, type))
        return told.id

    return database.writing(queue)


def endpoint_of(database: Database, endpoint_id: int) -> WebhookEndpoint:
    """The endpoint as it is now."""
    with database.reading() as session:
        return session.get_one(WebhookEndpoint, endpoint_id)


def deliveries_of(database: Database, endpoint_id: int) -> list[EndpointDelivery]:
    """Its deliveries, oldest first."""
    with database.reading() as session:
        return list(reversed(deliveries.page(session, endpoint_id, first=100).items))


def is_signed(request: Received, secret: str) -> bool:
    """Whether a receiver who holds the secret believes the request; written from the specification alone."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join([request.id.encode(), request.headers["webhook-timestamp"].encode(), request.body])
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in request.headers["webhook-signature"].split(" ")
