"""One HTTP exchange with one checked address, under one deadline. Redirects and caps are core.fetching's.

It stands on httpcore2, the layer below httpx2, because the address that was checked must be the one connected
to while the URL, the Host header and the certificate's name stay the site's own: only the network backend
sees both.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from ssl import SSLContext

import httpcore2
import httpx2

from core import addresses


class PrivateAddressError(Exception):
    """The host leads to an address that is not public."""


class UnknownHostError(Exception):
    """The host has no address."""


@contextmanager
def exchange(
    url: str,
    *,
    headers: dict[str, str],
    deadline: float,
    allow_private: addresses.PrivateHosts,
    content: bytes | None = None,
) -> Iterator[httpcore2.Response]:
    """GET `url`, or POST `content` to it; the response's stream is still unread, and is dropped with its connection
    at the end.

    `deadline` is a time.monotonic() instant: past it, whatever is being waited for raises
    httpcore2.TimeoutException.
    """
    backend = _PinnedBackend(deadline=deadline, allow_private=allow_private)
    method = "GET" if content is None else "POST"
    with (
        httpcore2.ConnectionPool(ssl_context=_trusted(), network_backend=backend) as pool,
        pool.stream(method, _target(url), headers=list(headers.items()), content=content) as response,
    ):
        yield response


def _target(url: str) -> httpcore2.URL:
    # httpx2 writes names as IDNA and paths as percent-escapes, which httpcore2 leaves to its caller
    parsed = httpx2.URL(url)
    return httpcore2.URL(scheme=parsed.raw_scheme, host=parsed.raw_host, port=parsed.port, target=parsed.raw_path)


@lru_cache(maxsize=1)
def _trusted() -> SSLContext:
    return httpcore2.default_ssl_context()


class _PinnedBackend(httpcore2.NetworkBackend):
    """Connects to the address that passed the check, so that a name that changes its answer gains nothing."""

    def __init__(self, *, deadline: float, allow_private: addresses.PrivateHosts) -> None:
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        left = _seconds_left(self._deadline, httpcore2.ConnectTimeout)
        found = addresses.resolve(host, port, allow_private=self._allow_private, timeout_seconds=left)
        if isinstance(found, addresses.Unresolved):
            raise _unresolved(found)
        left = _seconds_left(self._deadline, httpcore2.ConnectTimeout)
        stream = httpcore2.SyncBackend().connect_tcp(found, port, left, local_address, socket_options)
        return _DeadlineStream(stream, deadline=self._deadline)


class _DeadlineStream(httpcore2.NetworkStream):
    """Every wait ends at the exchange's deadline: a byte a second does not buy another second."""

    def __init__(self, stream: httpcore2.NetworkStream, *, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _seconds_left(self._deadline, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _seconds_left(self._deadline, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = _seconds_left(self._deadline, httpcore2.ConnectTimeout)
        secured = self._stream.start_tls(ssl_context, server_hostname, left)
        return _DeadlineStream(secured, deadline=self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _seconds_left(deadline: float, late: type[httpcore2.TimeoutException]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise late("the time for this request is over")
    return left


def _unresolved(found: addresses.Unresolved) -> Exception:
    if found.is_private:
        return PrivateAddressError()
    return httpcore2.ConnectTimeout("name lookup") if found.is_late else UnknownHostError()
