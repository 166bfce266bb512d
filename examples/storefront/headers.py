"""Headers on every answer: what a page may load, and how long a file may be kept."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FILES = ("/static/", "/pictures/")


class PageHeaders:
    """Pages load only from this shop; pictures, and what the JavaScript integration asks, also from the API."""

    def __init__(self, app: ASGIApp, *, api_origin: str) -> None:
        self._app = app
        self._policy = "; ".join(
            [
                "default-src 'self'",
                f"img-src 'self' {api_origin}",
                f"connect-src {api_origin}",
                # how full the stars and bars are
                "style-src-attr 'unsafe-inline'",
                "base-uri 'self'",
                "form-action 'self'",
                "frame-ancestors 'self'",
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers put in."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("x-content-type-options", "nosniff")
                headers.setdefault("referrer-policy", "strict-origin-when-cross-origin")
                headers.setdefault("content-security-policy", self._policy)
                if scope["path"].startswith(_FILES):
                    headers.setdefault("cache-control", "public, max-age=300")
            await send(message)

        await self._app(scope, receive, marked)
