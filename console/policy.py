"""The headers that every answer of the console carries: what its pages may load, and that nobody may frame them."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STATIC = "/console/static/"


def headers(media_url: str) -> dict[str, str]:
    """The headers; pictures come from us and, where media has an address of its own, from there."""
    pictures = " ".join(filter(None, ("'self'", _origin(media_url))))
    return {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'self'; script-src 'self'; img-src {pictures}; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        # full addresses stay on this site; another one learns nothing
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
    }


class SafeHeaders:
    """Adds them to every answer; pages, unlike the style sheet, are kept by no cache."""

    def __init__(self, app: ASGIApp, *, media_url: str) -> None:
        self._app = app
        self._headers = headers(media_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the console does, with the headers."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer.update(self._headers)
                answer.setdefault("Cache-Control", _caching(scope["path"]))
            await send(message)

        await self._app(scope, receive, dressed)


def _caching(path: str) -> str:
    # the addresses of static files carry a hash of their content
    return "public, max-age=31536000, immutable" if path.startswith(_STATIC) else "no-store"


def _origin(url: str) -> str | None:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None
