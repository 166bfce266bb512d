"""How our benchmarks ask: the real application in this process, as a server would call it, without a socket."""

import asyncio
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.types import Message

_SCOPE = {
    "type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql", "query_string": b"",
    "http_version": "1.1", "scheme": "http", "server": ("bench", 80), "client": ("bench", 1),
}  # fmt: skip


class Sender:
    """Sends documents as a visitor of one storefront."""

    def __init__(self, app: Starlette, key: str, runner: asyncio.Runner) -> None:
        self._app = app
        self._runner = runner
        self._headers = [(b"content-type", b"application/json"), (b"fidelio-storefront-key", key.encode())]

    def ask(self, document: str, variables: dict[str, Any]) -> bytes:
        """The answer's bytes."""
        return self._runner.run(self._ask(orjson.dumps({"query": document, "variables": variables})))

    async def _ask(self, body: bytes) -> bytes:
        parts: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            parts.append(message.get("body", b""))

        await self._app({**_SCOPE, "headers": self._headers}, receive, send)
        return b"".join(parts)
