"""Ask an address on the web under caps: bytes, seconds, redirects, and where it may lead. Nothing is stored.

`fetch` follows redirects, each checked like the first address; `post` follows none; `connect` opens a bare connection
under the same guard, for who relays a browser's requests.

An answer that cannot be had is a `FetchFailure`, not an exception: for whoever fetches, it is an expected
"no".
"""

import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from core import addresses, inflation
from core.addresses import PrivateHosts

if TYPE_CHECKING:
    import httpcore2

USER_AGENT = "FidelioCheck/0.1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchFailureKind(StrEnum):
    """Why there is no answer."""

    INVALID_URL = "invalid_url"
    UNKNOWN_HOST = "unknown_host"
    PRIVATE_ADDRESS = "private_address"
    CONNECTION_FAILED = "connection_failed"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REDIRECT_LOOP = "redirect_loop"
    BROKEN_ANSWER = "broken_answer"
    UNREADABLE_ENCODING = "unreadable_encoding"


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed: the address asked, its status, and its Location as sent."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """No answer: why, at which address, and the redirects that led there."""

    kind: FetchFailureKind
    url: str
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A final answer of any status. `body` is decoded; `is_cut` says that it is only its first
    `max_bytes`. Seconds are those of the whole journey, until the final answer began and until it ended.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    hops: tuple[Hop, ...] = ()
    is_cut: bool = False
    first_byte_seconds: float = 0.0
    seconds: float = 0.0

    def header(self, name: str) -> str:
        """The first value of a header, in any case; empty when absent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may cost and where it may lead.

    - `max_bytes` counts the body as sent and as decoded; past it the answer is TOO_LARGE, or cut when
      `cut_long_body`.
    - `timeout_seconds` is for everything together: lookup, redirects, every byte.
    - `allow_private`: may private addresses be reached: False, True, or a set of "host:port" that may.
    """

    max_bytes: int = 10_000_000
    timeout_seconds: float = 10.0
    max_redirects: int = 5
    allow_private: PrivateHosts = False
    cut_long_body: bool = False
    user_agent: str = USER_AGENT
    accept: str = "*/*"


DEFAULT = FetchPolicy()


@dataclass(slots=True)
class _Journey:
    policy: FetchPolicy
    deadline: float
    url: str
    hops: list[Hop] = field(default_factory=list)
    # what a POST carries; None is a GET
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self.deadline + self.policy.timeout_seconds

    def failure(self, kind: FetchFailureKind) -> FetchFailure:
        return FetchFailure(kind, self.url, tuple(self.hops))


def fetch(url: str, *, policy: FetchPolicy = DEFAULT) -> Fetched | FetchFailure:
    """Follow `url` to its final answer. Every redirect is checked like the first address."""
    journey = _Journey(policy, time.monotonic() + policy.timeout_seconds, url)
    seen: set[str] = set()
    while True:
        if not _is_fetchable(journey.url):
            return journey.failure(FetchFailureKind.INVALID_URL)
        if journey.url in seen:
            return journey.failure(FetchFailureKind.REDIRECT_LOOP)
        if len(journey.hops) > policy.max_redirects:
            return journey.failure(FetchFailureKind.TOO_MANY_REDIRECTS)
        seen.add(journey.url)
        answer = _one_exchange(journey)
        if not isinstance(answer, Hop):
            return answer
        journey.hops.append(answer)
        journey.url = _next_url(answer)


def connect(host: str, port: int, *, policy: FetchPolicy = DEFAULT) -> socket.socket | FetchFailureKind:
    """A TCP connection to the address that passed the check, made within the policy's time; the caller closes it."""
    deadline = time.monotonic() + policy.timeout_seconds
    found = addresses.resolve(host, port, allow_private=policy.allow_private, timeout_seconds=policy.timeout_seconds)
    if isinstance(found, addresses.Unresolved):
        if found.is_private:
            return FetchFailureKind.PRIVATE_ADDRESS
        return FetchFailureKind.TIMEOUT if found.is_late else FetchFailureKind.UNKNOWN_HOST
    try:
        return socket.create_connection((found, port), timeout=max(0.1, deadline - time.monotonic()))
    except TimeoutError:
        return FetchFailureKind.TIMEOUT
    except OSError:
        return FetchFailureKind.CONNECTION_FAILED


def post(
    url: str, *, content: bytes, headers: Mapping[str, str], policy: FetchPolicy = DEFAULT
) -> Fetched | FetchFailure:
    """Send `content` to `url`, once. A redirect is an answer like any other: whom it names has not been asked for."""
    journey = _Journey(policy, time.monotonic() + policy.timeout_seconds, url, content=content, headers=headers)
    if not _is_fetchable(url):
        return journey.failure(FetchFailureKind.INVALID_URL)
    answer = _one_exchange(journey)
    if isinstance(answer, Hop):
        return Fetched(url, answer.status, (("location", answer.location),), b"")
    return answer


def _one_exchange(journey: _Journey) -> Fetched | Hop | FetchFailure:
    import httpcore2

    from core import transport

    policy = journey.policy
    headers = {"User-Agent": policy.user_agent, "Accept": policy.accept, "Accept-Encoding": "gzip, deflate"}
    try:
        with transport.exchange(
            journey.url,
            headers={**headers, **journey.headers},
            deadline=journey.deadline,
            allow_private=policy.allow_private,
            content=journey.content,
        ) as response:
            return _read(response, journey)
    except transport.PrivateAddressError:
        return journey.failure(FetchFailureKind.PRIVATE_ADDRESS)
    except transport.UnknownHostError:
        return journey.failure(FetchFailureKind.UNKNOWN_HOST)
    except httpcore2.TimeoutException:
        return journey.failure(FetchFailureKind.TIMEOUT)
    except httpcore2.ProtocolError:
        return journey.failure(FetchFailureKind.BROKEN_ANSWER)
    except (httpcore2.NetworkError, OSError):
        return journey.failure(FetchFailureKind.CONNECTION_FAILED)
    except inflation.BrokenEncodingError:
        return journey.failure(FetchFailureKind.UNREADABLE_ENCODING)


def _read(response: "httpcore2.Response", journey: _Journey) -> Fetched | Hop | FetchFailure:
    begun = journey.seconds
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
    sent = Fetched(journey.url, response.status, headers, b"", tuple(journey.hops))
    location = sent.header("location")
    if response.status in _REDIRECTS and location:
        return Hop(journey.url, response.status, location)
    encoding = sent.header("content-encoding").strip().lower()
    if encoding not in inflation.READABLE:
        return journey.failure(FetchFailureKind.UNREADABLE_ENCODING)
    body, is_cut = _capped(response.iter_stream(), encoding=encoding, max_bytes=journey.policy.max_bytes)
    if is_cut and not journey.policy.cut_long_body:
        return journey.failure(FetchFailureKind.TOO_LARGE)
    return replace(sent, body=body, is_cut=is_cut, first_byte_seconds=begun, seconds=journey.seconds)


def _capped(chunks: Iterator[bytes], *, encoding: str, max_bytes: int) -> tuple[bytes, bool]:
    body = bytearray()
    sent = 0

    def counted() -> Iterator[bytes]:
        # the cap on what is sent too: a compressed body beyond it is padding, or larger still when decoded
        nonlocal sent
        for chunk in chunks:
            sent += len(chunk)
            yield chunk
            if sent > max_bytes:
                return

    for piece in inflation.decoded(counted(), encoding=encoding):
        body += piece
        if len(body) > max_bytes:
            break
    return bytes(body[:max_bytes]), sent > max_bytes or len(body) > max_bytes


def _is_fetchable(url: str) -> bool:
    import httpx2

    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, TypeError, ValueError):
        return False
    return parsed.scheme in ("http", "https") and bool(parsed.host) and not parsed.userinfo


def _next_url(hop: Hop) -> str:
    import httpx2

    # servers send raw UTF-8 in Location, which headers carry as Latin-1
    location = hop.location.encode("latin-1").decode("utf-8", "replace")
    try:
        return urldefrag(str(httpx2.URL(hop.url).join(location))).url
    except (httpx2.InvalidURL, ValueError):
        return location
