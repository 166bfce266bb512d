"""Posting to a real server: once, as given, under the guard that fetches have, and never where a redirect points."""

from collections.abc import Iterator

import pytest

from core.fetching import Fetched, FetchFailure, FetchFailureKind, FetchPolicy, post
from tests.make import webhooks
from tests.make.webhooks import Answer, Sink

PRIVATE = FetchPolicy(allow_private=True, timeout_seconds=2.0)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with webhooks.sinks() as (opened,):
        yield opened


def test_a_post_carries_its_content_and_headers(sink: Sink) -> None:
    sink.answer = Answer(200, body=b"taken")

    answer = post(sink.url, content=b'{"a":1}', headers={"X-Told": "yes", "User-Agent": "Ours/1"}, policy=PRIVATE)

    assert isinstance(answer, Fetched)
    assert (answer.status, answer.body) == (200, b"taken")
    (request,) = sink.received
    assert (request.path, request.body) == ("/hook", b'{"a":1}')
    assert {"x-told": "yes", "user-agent": "Ours/1", "host": sink.host}.items() <= request.headers.items()


def test_a_post_is_not_sent_on_to_where_a_redirect_points(sink: Sink) -> None:
    sink.answer = Answer(302, {"Location": f"http://{sink.host}/end"})

    answer = post(sink.url, content=b"{}", headers={}, policy=PRIVATE)

    assert isinstance(answer, Fetched)
    assert (answer.status, answer.header("location")) == (302, f"http://{sink.host}/end")
    assert [request.path for request in sink.received] == ["/hook"]


def test_a_post_knows_the_same_private_addresses(sink: Sink) -> None:
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"):
        failure = post(f"http://{host}:{sink.port}/", content=b"{}", headers={})

        assert isinstance(failure, FetchFailure)
        assert failure.kind is FetchFailureKind.PRIVATE_ADDRESS, host
    assert sink.received == []


@pytest.mark.parametrize("url", ["ftp://shop.example/", "http://user:secret@shop.example/", "not a url"])
def test_only_plain_web_addresses_are_posted_to(url: str) -> None:
    assert post(url, content=b"{}", headers={}, policy=PRIVATE) == FetchFailure(FetchFailureKind.INVALID_URL, url)
