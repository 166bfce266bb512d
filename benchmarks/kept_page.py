"""What does a cache's question cost over a client's POST? `python -m benchmarks.kept_page`

The same product page three ways: POST with its text, GET by its hash, and GET by its hash with the ETag of the answer,
which is a 304. A 304 is made by answering and comparing: it spares the wire, not the server.
"""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import orjson
from starlette.types import ASGIApp, Message

from api.app import create_app
from benchmarks.measuring import alternate, table
from benchmarks.product_page import PAGE, seed, write_fifty
from core import documents, migrate, settings
from core.db import Database
from core.documents import Registration

_TEXT = PAGE % ""
_HANDLE = {"handle": "tea"}


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'bench.db'}"
        settings.configure(development=True, state_directory=Path(folder))
        migrate.upgrade(address)
        database = Database.open(address)
        key, _ = database.writing(seed)
        database.writing(write_fifty)
        database.writing(lambda session: documents.register(session, Registration(_TEXT)))
        with asyncio.Runner() as runner:
            ways = Ways(create_app(database, settings.settings()), key, runner)
            tag = ways.get(200)["etag"]
            subjects: dict[str, Callable[[], object]] = {
                "POST": ways.post,
                "GET by hash": lambda: ways.get(200),
                "GET by hash, 304": lambda: ways.get(304, tag),
            }
            print(table(alternate(subjects, rounds=7, calls=100), floor="POST"))
        database.close()


@dataclass(frozen=True)
class Ways:
    """The ways to ask the real app for the page, without a socket. Each gives the answer's headers."""

    app: ASGIApp
    key: str
    runner: asyncio.Runner

    def post(self) -> dict[str, str]:
        """With the text, as clients do that name nothing."""
        body = orjson.dumps({"query": _TEXT, "variables": _HANDLE})
        return self.runner.run(self._ask("POST", 200, body=body))

    def get(self, status: int, tag: str = "") -> dict[str, str]:
        """By the text's hash, as a CDN asks; `tag` is what it has."""
        named = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(_TEXT.encode()).hexdigest()}}
        asked = {"variables": orjson.dumps(_HANDLE).decode(), "extensions": orjson.dumps(named).decode()}
        more = [(b"if-none-match", tag.encode())] if tag else []
        return self.runner.run(self._ask("GET", status, address=urlencode(asked).encode(), more=more))

    async def _ask(
        self,
        method: str,
        status: int,
        *,
        address: bytes = b"",
        body: bytes = b"",
        more: Sequence[tuple[bytes, bytes]] = (),
    ) -> dict[str, str]:
        started: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            started.append(message)

        headers = [(b"content-type", b"application/json"), (b"fidelio-storefront-key", self.key.encode()), *more]
        scope = {
            "type": "http", "method": method, "path": "/graphql", "raw_path": b"/graphql", "query_string": address,
            "headers": headers, "http_version": "1.1", "scheme": "http",
            "server": ("bench", 80), "client": ("bench", 1),
        }  # fmt: skip
        await self.app(scope, receive, send)
        assert started[0]["status"] == status, started
        return {name.decode(): value.decode() for name, value in started[0]["headers"]}


if __name__ == "__main__":
    main()
