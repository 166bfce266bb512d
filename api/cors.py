"""Cross-origin requests: only from the origins a storefront allows, never `*`, never with credentials."""

import time

from sqlmodel import Session
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.crossing import House, Rooms
from shop import storefronts

_SECONDS = 10.0
_ALLOWED_HEADERS = "authorization, content-type, fidelio-storefront-key, idempotency-key"


class StorefrontOrigins:
    """Answers preflights and marks answers for the origins that any storefront lists."""

    def __init__(self, app: ASGIApp, house: House, *, methods: str = "GET, POST") -> None:
        self._app = app
        self._methods = methods
        self._house = house
        self._until = 0.0
        self._origins: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the browser's rule decide; the request itself is answered alike."""
        origin = Headers(scope=scope).get("origin")
        allowed = origin is not None and origin in await self._allowed()
        if scope["method"] == "OPTIONS":
            await _preflight(origin if allowed else None, self._methods)(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and allowed and origin is not None:
                headers = MutableHeaders(scope=message)
                headers["access-control-allow-origin"] = origin
                headers["access-control-expose-headers"] = "retry-after"
                if "origin" not in headers.get("vary", "").lower().split(", "):
                    headers.add_vary_header("Origin")
            await send(message)

        await self._app(scope, receive, marked)

    async def _allowed(self) -> frozenset[str]:
        if time.monotonic() >= self._until:
            rooms = Rooms(self._house)
            try:
                self._origins = await rooms.read(_listed)
            finally:
                await rooms.close()
            self._until = time.monotonic() + _SECONDS
        return self._origins


def _listed(session: Session) -> frozenset[str]:
    return frozenset(origin for shop in storefronts.everyone(session) for origin in shop.allowed_origins)


def _preflight(origin: str | None, methods: str) -> PlainTextResponse:
    if origin is None:
        return PlainTextResponse("This origin is not allowed by any storefront.", status_code=403)
    return PlainTextResponse(
        "",
        status_code=204,
        headers={
            "access-control-allow-origin": origin,
            "access-control-allow-methods": methods,
            "access-control-allow-headers": _ALLOWED_HEADERS,
            "access-control-max-age": "600",
            "vary": "Origin",
        },
    )
