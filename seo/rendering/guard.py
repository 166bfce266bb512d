"""A proxy on loopback that the browser's every request goes through: where it may lead, and how many bytes it may
bring.

The browser could look a name up again, follow a redirect or open a socket where no interception of requests sees it; a
proxy sees all of them, and connects to the very address that was checked (core.fetching.connect).
"""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

from core.fetching import FetchFailureKind, FetchPolicy, connect

_HEAD_BYTES = 64 * 1024
_PIECE_BYTES = 64 * 1024
_IDLE_SECONDS = 30.0
_OWN_TO_A_HOP = (b"connection:", b"proxy-connection:", b"keep-alive:", b"proxy-authorization:")
# the browser's own conversations, which are nobody's page
_BROWSERS_OWN = frozenset({
    "accounts.google.com", "clients2.google.com", "content-autofill.googleapis.com", "edgedl.me.gvt1.com",
    "optimizationguide-pa.googleapis.com", "redirector.gvt1.com", "safebrowsing.googleapis.com",
    "update.googleapis.com",
})  # fmt: skip
_REFUSED = b"HTTP/1.1 502 Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass(slots=True)
class Budget:
    """What the browser has used, and which hosts it was kept from."""

    most_bytes: int
    relayed: int = 0
    refused: dict[str, FetchFailureKind] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_spent(self) -> bool:
        """Whether no more bytes may pass."""
        return self.relayed > self.most_bytes

    def spend(self, count: int) -> bool:
        """Count bytes; False when that was too many."""
        with self.lock:
            self.relayed += count
            return not self.is_spent


class _Proxy(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    policy: FetchPolicy
    budget: Budget


@contextmanager
def guarding(policy: FetchPolicy, *, most_bytes: int) -> Iterator[tuple[str, Budget]]:
    """The proxy's address and its budget, while the block runs. Only the policy's seconds and private hosts count."""
    with _Proxy(("127.0.0.1", 0), _Relay) as server:
        server.policy, server.budget = policy, Budget(most_bytes)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", server.budget
        server.shutdown()


class _Relay(BaseRequestHandler):
    """One request of the browser: read its head, connect where it may, and pass bytes both ways."""

    server: _Proxy
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(_IDLE_SECONDS)
        try:
            head, rest = _head(self.request)
            wanted = _wanted(head)
            if wanted is None or wanted[0] in _BROWSERS_OWN or self.server.budget.is_spent:
                self.request.sendall(_REFUSED)
                return
            self._relay(wanted, head, rest)
        except OSError:
            # either side went away, which is how most connections end
            return

    def _relay(self, wanted: tuple[str, int], head: bytes, rest: bytes) -> None:
        upstream = connect(*wanted, policy=self.server.policy)
        if isinstance(upstream, FetchFailureKind):
            self.server.budget.refused[f"{wanted[0]}:{wanted[1]}"] = upstream
            self.request.sendall(_REFUSED)
            return
        with upstream:
            upstream.settimeout(_IDLE_SECONDS)
            if head.startswith(b"CONNECT "):
                self.request.sendall(_TUNNEL)
            else:
                upstream.sendall(_rewritten(head) + rest)
                answer, rest = _head(upstream)
                self.request.sendall(_closing(answer) + rest)
                if not self.server.budget.spend(len(answer) + len(rest)):
                    return
            _pass_bytes(self.request, upstream, self.server.budget)


def _head(stream: socket.socket) -> tuple[bytes, bytes]:
    """Everything to the blank line, and what came behind it; a head that does not end is no head."""
    received = bytearray()
    while (end := received.find(b"\r\n\r\n")) < 0:
        piece = stream.recv(_PIECE_BYTES)
        if not piece or len(received) > _HEAD_BYTES:
            raise ConnectionError("no head")
        received += piece
    return bytes(received[: end + 4]), bytes(received[end + 4 :])


def _wanted(head: bytes) -> tuple[str, int] | None:
    """The host and port that a request means; None when it is none that a page may make."""
    method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
    target = rest.partition(" ")[0]
    try:
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or (method != "CONNECT" and parts.scheme != "http"):
        return None
    return parts.hostname, port or (443 if method == "CONNECT" else 80)


def _rewritten(head: bytes) -> bytes:
    """The request as the site itself takes it: its path alone, and one request a connection."""
    line, _, fields = head.partition(b"\r\n")
    method, target, version = line.split(b" ", 2)
    parts = urlsplit(target.decode("latin-1"))
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return _closing(b"%s %s %s\r\n%s" % (method, path.encode("latin-1"), version, fields))


def _closing(head: bytes) -> bytes:
    """The head with `Connection: close`: the browser would send its next request to another host on this one."""
    first, *fields = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    kept = [line for line in fields if not line.lower().startswith(_OWN_TO_A_HOP)]
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])


def _pass_bytes(browser: socket.socket, site: socket.socket, budget: Budget) -> None:
    others = {browser: site, site: browser}
    with selectors.DefaultSelector() as selector:
        for each in others:
            selector.register(each, selectors.EVENT_READ)
        while ready := selector.select(_IDLE_SECONDS):
            for key, _ in ready:
                source = browser if key.fileobj is browser else site
                piece = source.recv(_PIECE_BYTES)
                if not piece or not budget.spend(len(piece)):
                    return
                others[source].sendall(piece)
