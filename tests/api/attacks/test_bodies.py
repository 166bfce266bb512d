"""Every address that takes a body takes no more than its limit, waits for no drip, and has then done nothing."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from api.app import create_app
from cli.bounded_protocol import BoundedProtocol
from console.cookies import SESSION
from core.settings import Settings, settings
from tests.api.attacks.lines import Line, listening, open_line
from tests.api.conftest import Api
from tests.api.ugc import make_photos as photos
from tests.api.walk.fingerprints import fingerprint
from tests.conftest import FrozenClock

WHO = json.dumps({"query": "{ viewer { kind } }"}).encode()
UNFINISHED = b'{"query": "mutation { '
CHUNKED = "Transfer-Encoding: chunked"


@dataclass(frozen=True, slots=True)
class Door:
    """One address that takes a body: how the request begins, its limit, its codes for too much and too slow."""

    start: str
    headers: tuple[str, ...]
    most: int
    too_large: str
    too_slow: str


def headers_of(sender: dict[str, str]) -> tuple[str, ...]:
    """The lines of these headers."""
    return tuple(f"{name}: {value}" for name, value in sender.items())


@pytest.fixture
def port(api: Api, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with little patience for bodies."""
    monkeypatch.setattr(BoundedProtocol, "linger_seconds", 0.3)
    chosen = Settings.model_validate({**settings().model_dump(), "body_seconds": 0.4})
    with listening(create_app(api.database, chosen)) as port:
        yield port


@pytest.fixture(params=["graphql", "upload", "webhook", "sign-in", "console"])
def door(request: pytest.FixtureRequest, api: Api) -> Door:
    """Each of them."""
    sender = ("Content-Type: application/json", *headers_of(api.as_customer("ada").headers))
    form = ("Content-Type: application/x-www-form-urlencoded", f"Cookie: {SESSION}=anything")
    match request.param:
        case "graphql":
            return Door("POST /graphql", sender, 1_048_576, "CONTENT_TOO_LARGE", "REQUEST_TIMEOUT")
        case "upload":
            upload = photos.opened(api.as_customer("ada"), size=50_000)
            start = f"PUT {photos.path_of(upload['url'])}"
            return Door(start, (), 50_000, "FILE_TOO_LARGE", "FILE_INCOMPLETE")
        case "webhook":
            return Door("POST /webhooks/shopify/main", (), 4 * 1_048_576, "TOO_LARGE", "INCOMPLETE")
        case "sign-in":
            return Door("POST /console/sign-in", form, 32_768, "", "")
        case _:
            return Door("POST /console/health/replay", form, 32_768, "", "")


def code_of(told: Any) -> str:  # noqa: ANN401 - JSON, or a page
    """The code of a refusal; a page of the console has none."""
    if isinstance(told, str):
        return ""
    error = told["errors"][0]["extensions"] if "errors" in told else told["error"]
    code: str = error["code"]
    return code


@pytest.fixture
def line(port: int) -> Iterator[Line]:
    """A connection."""
    with open_line(port) as line:
        yield line


@pytest.fixture(autouse=True)
def unchanged(api: Api, frozen_clock: FrozenClock, door: Door) -> Iterator[None]:
    """Nothing is half-written, however the body ended."""
    before = fingerprint(api.database)
    yield
    assert fingerprint(api.database) == before


def test_a_length_over_the_limit_is_refused_before_a_byte_of_it(door: Door, line: Line) -> None:
    line.request(door.start, *door.headers, f"Content-Length: {door.most + 1}", "Expect: 100-continue")

    status, told = line.answer()

    assert (status, code_of(told)) == (413, door.too_large)
    # the body that was refused is not waited for
    assert line.is_closed()


def test_a_body_without_a_length_is_counted_while_it_comes(door: Door, line: Line) -> None:
    line.request(door.start, *door.headers, CHUNKED)
    part = b"10000\r\n" + b" " * 65_536 + b"\r\n"

    line.write(*[part] * (door.most // 65_536 + 2))

    status, told = line.answer()
    assert (status, code_of(told)) == (413, door.too_large)
    # nor has it to end
    line.pour(part, at_most=10**12)


def test_a_body_that_drips_is_given_up(door: Door, port: int) -> None:
    lengths = {"Content-Length: 400": b"a", CHUNKED: b"1\r\na\r\n"}
    started = time.monotonic()

    with ExitStack() as opened:
        lines = {length: opened.enter_context(open_line(port)) for length in lengths}
        for length, line in lines.items():
            line.request(door.start, *door.headers, length)
        for _ in range(10):
            for length, line in lines.items():
                line.pour(lengths[length], at_most=1)
            time.sleep(0.05)

        for line in lines.values():
            status, told = line.answer()
            assert (status, code_of(told)) == (408, door.too_slow)
            assert line.is_closed()
    assert time.monotonic() - started < 5


def test_a_body_that_is_cut_off_is_nobodys(door: Door, port: int, capfd: pytest.CaptureFixture[str]) -> None:
    with open_line(port) as line:
        line.request(door.start, *door.headers, "Content-Length: 400")
        line.write(UNFINISHED)
    with open_line(port) as line:
        line.request("GET /healthz")
        assert line.answer()[0] == 200

    # a stranger fills nobody's log
    assert "error" not in "".join(capfd.readouterr()).lower()


def test_while_bodies_drip_others_are_answered(door: Door, port: int, api: Api) -> None:
    visitor = headers_of(api.as_visitor().headers)
    with ExitStack() as lines:
        for _ in range(30):
            slow = lines.enter_context(open_line(port))
            slow.request(door.start, *door.headers, "Content-Length: 400")
            slow.write(b"a")
        time.sleep(0.1)

        # whoever drips has been let in nowhere: neither a thread nor a connection of the database is theirs
        assert api.database.reading_engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        with open_line(port) as quick:
            quick.request("POST /graphql", *visitor, "Content-Type: application/json", f"Content-Length: {len(WHO)}")
            quick.write(WHO)
            assert quick.answer()[1]["data"] == {"viewer": {"kind": "VISITOR"}}
