"""Cross-origin requests: only from the origins a storefront allows, never `*`, never with credentials."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel import Session
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from api.callers import presented
from api.error_codes import ErrorCode
from api.errors import ApiError
from core.crossing import House, Rooms
from shop import storefronts

_SECONDS = 10.0
_ALLOWED_HEADERS = "authorization, content-type, fidelio-storefront-key, idempotency-key"


@dataclass(frozen=True, slots=True)
class _Shop:
    """A storefront's keys, a former one among them, and its origins."""

    keys: frozenset[str]
    origins: frozenset[str]


class StorefrontOrigins:
    """Answers preflights, marks answers, and lets sockets in, for the origins that storefronts list.

    - A preflight shows no key, so it is answered for the origins of all storefronts together.
    - A request with a storefront's key is answered for that storefront's origins; an origin that only other
      storefronts list is refused with 403 before anything is read.
    - A request without a key is answered for the origins of all.
    - A socket's key comes later: it is opened for the origins of all, and `state.keys_of_origin` holds the keys of
      those that list its own.

    `own_pages`: sockets of pages of this server are let in as well.
    """

    def __init__(self, app: ASGIApp, house: House, *, methods: str = "GET, POST", own_pages: bool = False) -> None:
        self._own_pages = own_pages
        self._app = app
        self._methods = methods
        self._house = house
        self._until = 0.0
        self._shops: list[_Shop] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the browser's rule decide for origins nobody lists; the request itself is answered alike."""
        origin = Headers(scope=scope).get("origin")
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send, origin)
            return
        if origin is None:
            await (_preflight(None, self._methods) if scope["method"] == "OPTIONS" else self._app)(scope, receive, send)
            return
        listing = [shop for shop in await self._known() if origin in shop.origins]
        if scope["method"] == "OPTIONS":
            await _preflight(origin if listing else None, self._methods)(scope, receive, send)
            return
        key = presented(HTTPConnection(scope)).storefront_key
        own = [shop for shop in self._shops if key in shop.keys]
        # a key that nobody has is refused behind this door, with words of its own
        if listing and own and not any(shop in listing for shop in own):
            await _of_another()(scope, receive, send)
            return
        await self._app(scope, receive, _marking(send, origin) if listing else send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send, origin: str | None) -> None:
        # a browser lets any page open a socket: here it is the server that decides
        if origin is not None and not (self._own_pages and _is_own(scope)):
            listing = [shop for shop in await self._known() if origin in shop.origins]
            if not listing:
                await WebSocket(scope, receive, send).close(code=1008)
                return
            scope.setdefault("state", {})["keys_of_origin"] = frozenset().union(*(shop.keys for shop in listing))
        await self._app(scope, receive, send)

    async def _known(self) -> list[_Shop]:
        if time.monotonic() >= self._until:
            rooms = Rooms(self._house)
            try:
                self._shops = await rooms.read(_listed)
            finally:
                await rooms.close()
            self._until = time.monotonic() + _SECONDS
        return self._shops


def _listed(session: Session) -> list[_Shop]:
    # whether a former key is still good is the doorkeeper's to say
    return [
        _Shop(frozenset({shop.publishable_key, shop.former_key or ""}), frozenset(shop.allowed_origins))
        for shop in storefronts.everyone(session)
    ]


def _marking(send: Send, origin: str) -> Send:
    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["access-control-allow-origin"] = origin
            headers["access-control-expose-headers"] = "retry-after"
            if "origin" not in headers.get("vary", "").lower().split(", "):
                headers.add_vary_header("Origin")
        await send(message)

    return marked


def _of_another() -> Response:
    refused = ApiError(ErrorCode.FORBIDDEN, "This origin is not one of the storefront's whose key was sent.")
    return JSONResponse({"errors": [refused.formatted]}, status_code=403, headers={"vary": "Origin"})


def _is_own(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host")


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
