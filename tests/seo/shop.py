"""A small shop on loopback whose pages a test writes; it remembers what was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Shop:
    """Pages by path (query included); anything else is 404. `statuses` overrides 200."""

    origin: str = ""
    pages: dict[str, str | bytes] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)


@contextmanager
def running() -> Iterator[Shop]:
    """The shop while the block runs."""
    shop = Shop()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shop.asked.append(self.path)
            page = shop.pages.get(self.path, "")
            body = page.encode() if isinstance(page, str) else page
            self.send_response(shop.statuses.get(self.path, 200 if self.path in shop.pages else 404))
            self.send_header("Content-Type", shop.types.get(self.path, "text/html; charset=utf-8"))
            for name, value in shop.headers.get(self.path, {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            shop.posted.append(self.path)
            self.send_error(405)

        do_DELETE = do_POST  # noqa: N815 - http.server's own naming

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    shop.origin = f"http://127.0.0.1:{server.server_port}"
    yield shop
    server.shutdown()
    server.server_close()
