"""Documents by name over websockets and server-sent events: found as over HTTP, and locked where that is locked."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from core.settings import settings
from tests.api.conftest import Api
from tests.api.streams.conftest import SOON, Live, Serve, sent_events
from tests.api.test_persisted import named, register
from tests.api.ugc import make
from tests.worker.world import wait_until

WHO = "query Who { viewer { kind } }"
PUBLISHED = "subscription Published { reviewPublished { review { id } } }"
Ask = Callable[[Live, dict[str, Any]], dict[str, Any]]


def by_socket(live: Live, asked: dict[str, Any]) -> dict[str, Any]:
    """The first answer, as HTTP would have it."""
    with live.socket(live.as_visitor()) as socket:
        socket.send(id="1", type="subscribe", payload=asked)
        told = socket.next()
    answer: dict[str, Any] = {"errors": told["payload"]} if told["type"] == "error" else told["payload"]
    return answer


def by_events(live: Live, asked: dict[str, Any]) -> dict[str, Any]:
    """The first answer; JSON when it was refused."""
    headers = {**live.as_visitor().headers, "Accept": "text/event-stream"}
    answer = live.client.post("/graphql", json=asked, headers=headers)
    if "json" in answer.headers["content-type"]:
        refused: dict[str, Any] = answer.json()
        return refused
    line = next(line for line in answer.text.splitlines() if line.startswith("data: "))
    told: dict[str, Any] = json.loads(line.removeprefix("data: "))
    return told


WAYS = pytest.mark.parametrize("ask", [by_socket, by_events])


def code(answer: dict[str, Any]) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


@WAYS
def test_a_document_is_sent_once_and_named_from_then_on(live: Live, ask: Ask) -> None:
    assert code(ask(live, {"extensions": named(WHO)})) == "PERSISTED_QUERY_NOT_FOUND"
    ask(live, {"query": WHO, "extensions": named(WHO)})

    assert ask(live, {"extensions": named(WHO)})["data"] == {"viewer": {"kind": "VISITOR"}}


@WAYS
def test_a_locked_server_runs_what_is_registered_and_nothing_else(serve: Serve, ask: Ask) -> None:
    live = serve(documents="locked")
    register(live, WHO)

    for asked in ({"query": WHO}, {"extensions": named(WHO)}, {"query": WHO, "extensions": named(WHO)}):
        assert ask(live, asked)["data"] == {"viewer": {"kind": "VISITOR"}}
    other = "{ viewer { kind } }"
    for asked in (
        {"query": other},
        {"extensions": named(other)},
        {"query": PUBLISHED},
        {"extensions": named(PUBLISHED)},
    ):
        assert code(ask(live, asked)) == "PERSISTED_QUERY_NOT_IN_LIST"
    wait_until(live.is_idle)


@pytest.mark.parametrize("mode", ["open", "locked"])
def test_a_registered_subscription_is_heard_by_its_name(serve: Serve, mode: str) -> None:
    live = serve(documents=mode)
    register(live, PUBLISHED)
    asked = {"extensions": named(PUBLISHED)}
    headers = {**live.as_visitor().headers, "Accept": "text/event-stream"}
    with (
        live.socket(live.as_visitor()) as socket,
        httpx2.stream("POST", live.url, json=asked, headers=headers, timeout=SOON) as answer,
    ):
        socket.send(id="1", type="subscribe", payload=asked)
        wait_until(lambda: live.app.state.feed.listeners == 2)
        review = _published(live)
        told = [socket.next()["payload"], next(sent_events(answer))]

    assert [each["data"] for each in told] == [{"reviewPublished": {"review": {"id": review["id"]}}}] * 2


def _published(live: Live) -> Any:  # noqa: ANN401 - JSON
    """From another process, which is not locked."""
    with TestClient(create_app(live.database, settings())) as client:
        other = Api(client, live.database, live.storefront)
        return make.published(other, make.product(live.database, "tea"))
