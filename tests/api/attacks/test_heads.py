"""Addresses and headers without an end are refused before they fill the memory; those that never come are given up."""

import time
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cli.bounded_protocol import MAX_ADDRESS, MAX_HEAD, BoundedProtocol
from tests.api.attacks.lines import Line, listening, open_line

READY = "/healthz"
# what the kernels of both sides hold beside what the server has read
MUCH = 64 * 1_048_576


async def echo(request: Request) -> Response:
    """The body, when it is whole."""
    return Response(await request.body())


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server with little patience; what it serves is of no importance here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BoundedProtocol, "head_seconds", 0.4)
        patch.setattr(BoundedProtocol, "linger_seconds", 0.3)
        app = Starlette(routes=[Route("/{any:path}", echo, methods=["GET", "POST"])])
        with listening(app) as port:
            yield port


@pytest.fixture
def line(port: int) -> Iterator[Line]:
    """A connection to it."""
    with open_line(port) as line:
        yield line


# (how a request begins, what is then sent without an end, the status that ends it)
ENDLESS = {
    "an address": (b"GET /", b"a" * 1000, 414),
    "a parameter": (b"GET /graphql?query=", b"%20" * 1000, 414),
    "a header's name": (b"GET / HTTP/1.1\r\n", b"a" * 1000, 431),
    "a header's value": (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"a" * 1000, 431),
    "headers": (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X: 1\r\n" * 100, 431),
    "cookies": (b"GET /console/ HTTP/1.1\r\nHost: x\r\n", b"Cookie: a=b\r\n" * 100, 431),
    "a method": (b"", b"A" * 1000, 400),
    "empty lines": (b"", b"\r\n" * 1000, 431),
}


@pytest.mark.parametrize("begin, part, status", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_never_ends_is_ended(line: Line, begin: bytes, part: bytes, status: int) -> None:
    line.write(begin)

    line.write(*[part] * (2 * MAX_HEAD // len(part)))

    assert line.answer()[0] == status
    assert line.is_closed()


def test_what_is_sent_after_the_refusal_is_dropped_and_the_line_closed(line: Line) -> None:
    line.write(b"GET / HTTP/1.1\r\nX: ")
    started = time.monotonic()

    line.pour(b"a" * 65_536, at_most=10**12)

    # as much as a moment carries, and none of it kept
    assert time.monotonic() - started < 5


def test_trailers_without_an_end_are_ended(line: Line) -> None:
    line.request("POST /graphql", "Content-Type: application/json", "Transfer-Encoding: chunked")
    line.write(b"2\r\n{}\r\n0\r\n")

    line.pour(b"X: 1\r\n" * 1000, at_most=MUCH)

    assert line.is_closed()


@pytest.mark.parametrize(
    "start, headers, status",
    [
        (f"GET /graphql?query={'a' * MAX_ADDRESS}", (), 414),
        ("GET /graphql", (f"X: {'a' * MAX_HEAD}",), 431),
        ("GET /graphql", tuple(f"X{n}: 1" for n in range(20_000)), 431),
        (f"GET {READY}", (f"X: {'a' * 30_000}",), 200),
        (f"GET {READY}?a={'a' * 30_000}", (), 200),
    ],
    ids=["a long address", "a long header", "20,000 headers", "a header that may be", "an address that may be"],
)
def test_a_head_that_ends_is_measured_as_well(line: Line, start: str, headers: tuple[str, ...], status: int) -> None:
    line.request(start, *headers)

    told = line.answer()

    assert told[0] == status
    if status != 200:
        assert told[1]["error"]["code"] in {"REQUEST_URI_TOO_LONG", "REQUEST_HEADER_FIELDS_TOO_LARGE"}
        assert line.is_closed()


def test_a_websockets_head_is_measured_too(line: Line) -> None:
    line.request("GET /graphql", "Connection: Upgrade", "Upgrade: websocket", f"X: {'a' * MAX_HEAD}")

    assert line.answer()[0] == 431
    assert line.is_closed()


def test_a_head_that_drips_is_given_up(line: Line) -> None:
    started = time.monotonic()
    for letter in b"GET / HTTP/1.1\r\nHost: a-long-name":
        line.pour(bytes([letter]), at_most=1)
        time.sleep(0.02)

    status, told = line.answer()

    assert (status, told["error"]["code"]) == (408, "REQUEST_TIMEOUT")
    assert line.is_closed()
    assert time.monotonic() - started < 5


def test_a_line_that_says_nothing_is_closed(line: Line) -> None:
    assert line.is_closed()


def test_a_line_is_used_again_and_then_closed_when_the_next_head_drips(line: Line) -> None:
    for _ in range(3):
        line.request(f"GET {READY}")
        assert line.answer()[0] == 200

    line.write(b"GET ")

    assert line.answer()[0] == 408
    assert line.is_closed()


# what one server may read as one request and the next as two (CWE-444)
SMUGGLED = {
    "two lengths": ("Content-Length: 2", "Content-Length: 50"),
    "a length and chunks": ("Content-Length: 2", "Transfer-Encoding: chunked"),
    "chunks, twice": ("Transfer-Encoding: chunked, identity",),
    "a length of no number": ("Content-Length: 2x",),
    "a length below nothing": ("Content-Length: -2",),
    "a space before the colon": ("Content-Length : 2",),
}


@pytest.mark.parametrize("headers", SMUGGLED.values(), ids=SMUGGLED.keys())
def test_a_body_of_two_lengths_is_no_request(line: Line, headers: tuple[str, ...]) -> None:
    line.request("POST /graphql", "Content-Type: application/json", *headers)
    line.pour(b"{}", at_most=2)

    assert line.answer()[0] == 400
    assert line.is_closed()
