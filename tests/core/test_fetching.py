"""Fetching from servers that lie, stall, overflow and lead astray: a bounded answer or a failure, never an
exception.
"""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from ipaddress import ip_address

import pytest

from core import addresses
from core.fetching import Fetched, FetchFailure, FetchFailureKind, FetchPolicy, fetch

Handler = Callable[[socket.socket, str], None]
PRIVATE = FetchPolicy(allow_private=True, timeout_seconds=2.0)


class RawServer:
    """Answers each path with what a test wrote for it, byte for byte: no HTTP library would send such
    things.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Handler] = {}
        self.asked: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, head: str, body: bytes = b"") -> str:
        self.answers[path] = lambda client, _: client.sendall(head.encode("latin-1") + b"\r\n\r\n" + body)
        return self.url(path)

    def redirect(self, path: str, location: str) -> str:
        return self.answer(path, f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0")

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with client:
            try:
                request = client.recv(65536).decode("latin-1")
                path = request.split(" ")[1]
                self.asked.append(request)
                self.answers[path](client, request)
            except (OSError, KeyError, IndexError):
                return


@pytest.fixture
def server() -> Iterator[RawServer]:
    running = RawServer()
    yield running
    running.close()


def ok(length: int, *more: str) -> str:
    return "\r\n".join(["HTTP/1.1 200 OK", f"Content-Length: {length}", "Content-Type: text/html", *more])


def test_an_answer_comes_with_its_status_headers_and_body(server: RawServer) -> None:
    url = server.answer("/", ok(5, "X-Robots-Tag: noindex"), b"hello")

    fetched = fetch(url, policy=PRIVATE)

    assert isinstance(fetched, Fetched)
    assert (fetched.status, fetched.body, fetched.url, fetched.hops) == (200, b"hello", url, ())
    assert fetched.header("x-robots-tag") == "noindex"
    assert "user-agent: fideliocheck/0.1" in server.asked[0].lower()


def test_a_missing_page_is_an_answer_too(server: RawServer) -> None:
    url = server.answer("/gone", "HTTP/1.1 410 Gone\r\nContent-Length: 0")

    fetched = fetch(url, policy=PRIVATE)

    assert isinstance(fetched, Fetched)
    assert fetched.status == 410


def test_redirects_are_kept_with_status_and_location_as_sent(server: RawServer) -> None:
    server.answer("/end", ok(0))
    server.redirect("/middle", server.url("/end#part"))
    start = server.redirect("/start", "/middle")

    fetched = fetch(start, policy=PRIVATE)

    assert isinstance(fetched, Fetched)
    assert [(hop.status, hop.location) for hop in fetched.hops] == [
        (302, "/middle"),
        (302, server.url("/end#part")),
    ]
    assert fetched.url == server.url("/end")


def test_a_redirect_loop_ends(server: RawServer) -> None:
    server.redirect("/a", "/b")
    server.redirect("/b", "/a")

    failure = fetch(server.url("/a"), policy=PRIVATE)

    assert isinstance(failure, FetchFailure)
    assert failure.kind is FetchFailureKind.REDIRECT_LOOP
    assert len(failure.hops) == 2


def test_redirects_that_never_repeat_end_too(server: RawServer) -> None:
    for number in range(9):
        server.redirect(f"/{number}", f"/{number + 1}")

    failure = fetch(server.url("/0"), policy=FetchPolicy(allow_private=True, max_redirects=3))

    assert isinstance(failure, FetchFailure)
    assert failure.kind is FetchFailureKind.TOO_MANY_REDIRECTS


def test_private_addresses_are_refused_before_a_byte_is_sent(server: RawServer) -> None:
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"):
        failure = fetch(f"http://{host}:{server.port}/")

        assert isinstance(failure, FetchFailure)
        assert failure.kind is FetchFailureKind.PRIVATE_ADDRESS, host
    assert server.asked == []


def test_a_redirect_to_a_private_address_is_refused(server: RawServer) -> None:
    inner = RawServer()
    url = server.redirect("/", inner.url("/secret"))
    trusting_one = FetchPolicy(allow_private=frozenset({f"127.0.0.1:{server.port}"}))

    failure = fetch(url, policy=trusting_one)

    assert isinstance(failure, FetchFailure)
    assert failure.kind is FetchFailureKind.PRIVATE_ADDRESS
    assert failure.url == inner.url("/secret")
    assert inner.asked == []
    inner.close()


def test_a_name_that_changes_its_answer_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["198.51.100.7", "127.0.0.1"])
    asked: list[str] = []

    def rebinding(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(addresses, "is_public", lambda address: not address.is_loopback)

    found = addresses.resolve("shop.example", 80, allow_private=False, timeout_seconds=1)

    assert found == "198.51.100.7", "the caller connects to the address that was checked"
    assert asked == ["shop.example"]


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(0, 0, 0, "", ("93.184.216.34", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)

    found = addresses.resolve("shop.example", 80, allow_private=False, timeout_seconds=1)

    assert found == addresses.Unresolved(is_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_what_is_not_the_public_internet_is_told_apart(address: str) -> None:
    assert not addresses.is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_the_public_internet_is_open(address: str) -> None:
    assert addresses.is_public(ip_address(address))


def test_a_server_that_drips_is_left_at_the_deadline(server: RawServer) -> None:
    def drip(client: socket.socket, _: str) -> None:
        client.sendall(ok(100_000).encode() + b"\r\n\r\n")
        while True:
            client.sendall(b"x")
            time.sleep(0.05)

    server.answers["/"] = drip
    started = time.monotonic()

    failure = fetch(server.url(), policy=FetchPolicy(allow_private=True, timeout_seconds=0.5))

    assert isinstance(failure, FetchFailure)
    assert failure.kind is FetchFailureKind.TIMEOUT
    assert time.monotonic() - started < 1.5


def test_a_server_that_says_nothing_is_left_at_the_deadline(server: RawServer) -> None:
    server.answers["/"] = lambda *_: time.sleep(3)

    failure = fetch(server.url(), policy=FetchPolicy(allow_private=True, timeout_seconds=0.3))

    assert isinstance(failure, FetchFailure)
    assert failure.kind is FetchFailureKind.TIMEOUT


def test_fifty_megabytes_are_not_read(server: RawServer) -> None:
    sent: list[int] = []

    def flood(client: socket.socket, _: str) -> None:
        client.sendall(ok(50_000_000).encode() + b"\r\n\r\n")
        for _number in range(50):
            client.sendall(b"x" * 1_000_000)
            sent.append(1)

    server.answers["/"] = flood
    policy = FetchPolicy(allow_private=True, max_bytes=100_000)

    failure = fetch(server.url(), policy=policy)

    assert isinstance(failure, FetchFailure)
    assert failure.kind is FetchFailureKind.TOO_LARGE
    assert len(sent) < 50


def test_a_long_body_may_be_cut_instead(server: RawServer) -> None:
    url = server.answer("/", ok(1000), b"x" * 1000)

    fetched = fetch(url, policy=FetchPolicy(allow_private=True, max_bytes=100, cut_long_body=True))

    assert isinstance(fetched, Fetched)
    assert fetched.is_cut
    assert fetched.body == b"x" * 100


def test_a_gzip_bomb_is_cut_while_it_is_being_unpacked(server: RawServer) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000, 9)  # about 50 KB
    url = server.answer("/", ok(len(bomb), "Content-Encoding: gzip"), bomb)

    failure = fetch(url, policy=FetchPolicy(allow_private=True, max_bytes=1_000_000))

    assert isinstance(failure, FetchFailure)
    assert failure.kind is FetchFailureKind.TOO_LARGE


@pytest.mark.parametrize(
    "encoding,packed",
    [
        ("gzip", gzip.compress(b"hello") + gzip.compress(b" world")),
        ("deflate", zlib.compress(b"hello world")),
        ("deflate", zlib.compress(b"hello world")[2:-4]),
    ],
    # a gzip file holds the second it was made in: as an id it would differ between the processes of one run
    ids=["gzip", "zlib", "raw"],
)
def test_compressed_answers_are_unpacked(server: RawServer, encoding: str, packed: bytes) -> None:
    url = server.answer("/", ok(len(packed), f"Content-Encoding: {encoding}"), packed)

    fetched = fetch(url, policy=PRIVATE)

    assert isinstance(fetched, Fetched)
    assert fetched.body == b"hello world"


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_an_encoding_that_cannot_be_read_is_a_failure(server: RawServer, encoding: str) -> None:
    url = server.answer("/", ok(9, f"Content-Encoding: {encoding}"), b"not that!")

    failure = fetch(url, policy=PRIVATE)

    assert isinstance(failure, FetchFailure)
    assert failure.kind is FetchFailureKind.UNREADABLE_ENCODING


@pytest.mark.parametrize(
    "head",
    ["HTTP/1.1 200 OK\r\nX-Long: " + "x" * 300_000, "nonsense", "HTTP/1.1 200 OK\r\nContent-Length: minus one"],
)
def test_an_answer_that_is_not_http_is_a_failure(server: RawServer, head: str) -> None:
    url = server.answer("/", head)

    failure = fetch(url, policy=PRIVATE)

    assert isinstance(failure, FetchFailure)
    assert failure.kind in {FetchFailureKind.BROKEN_ANSWER, FetchFailureKind.CONNECTION_FAILED}


@pytest.mark.parametrize(
    "url", ["ftp://shop.example/", "file:///etc/passwd", "not a url", "http://", "http://user:secret@shop.example/"]
)
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    failure = fetch(url, policy=PRIVATE)

    assert failure == FetchFailure(FetchFailureKind.INVALID_URL, url)


def test_a_closed_port_and_an_unknown_name_are_failures() -> None:
    closed = fetch("http://127.0.0.1:1/", policy=PRIVATE)
    unknown = fetch("http://nowhere.invalid/", policy=PRIVATE)

    assert isinstance(closed, FetchFailure)
    assert closed.kind is FetchFailureKind.CONNECTION_FAILED
    assert isinstance(unknown, FetchFailure)
    assert unknown.kind is FetchFailureKind.UNKNOWN_HOST
