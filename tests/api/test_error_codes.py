"""Every code of the closed list: a request that provokes it, its status, and the page that explains it.

A new code is a line in api.error_codes, a row in docs/errors.md and a request here.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, cast

import httpx2
import pytest
from graphql import FieldNode, GraphQLError, NameNode
from httpx2 import Response
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient, WebSocketTestSession

from api.app import create_app
from api.error_codes import STATUS, ErrorCode
from api.errors import shown
from api.streams import feed
from core import clock, db, outbox
from core.db import Database
from core.idempotency import IdempotencyKey
from core.settings import Settings, settings
from tests.api.attacks.lines import listening
from tests.api.conftest import Api
from tests.api.ugc import make as make_api
from tests.api.ugc.make import SUBMIT
from tests.worker.world import wait_until
from ugc.events import ReviewEvent

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
RESPONSE_JSON = "application/graphql-response+json"
SHORT = "{ viewer { kind } }"
PUBLISHED = "subscription { reviewPublished { review { id } } }"
TEN = "{ products(first: 10) { nodes { id } } }"
ROW = re.compile(r"^\| `([A-Z_]+)` \|.*\| (\d{3}) \|", re.MULTILINE)

Answered = Any


@contextmanager
def server(api: Api, **chosen: object) -> Iterator[TestClient]:
    """The app over the same database with other settings; a bug in it is answered as a client sees it."""
    made = Settings.model_validate({**settings().model_dump(), **chosen})
    with TestClient(create_app(api.database, made), raise_server_exceptions=False) as client:
        yield client


def post(api: Api, client: TestClient | None = None, document: str = SHORT, **more: Any) -> Answered:  # noqa: ANN401
    """A visitor's POST."""
    headers = {**api.as_visitor().headers, "Accept": RESPONSE_JSON, **more.pop("headers", {})}
    return (client or api.client).post("/graphql", json={"query": document, **more}, headers=headers)


def raw(api: Api, body: bytes, content_type: str = "application/json") -> Answered:
    """A visitor's POST of these bytes."""
    return api.client.post("/graphql", content=body, headers={**api.as_visitor().headers, "Content-Type": content_type})


def throttled(api: Api) -> Answered:
    with server(api, visitor_allowance=(11, 1)) as client:
        post(api, client, TEN)
        return post(api, client, TEN)


def named(api: Api, *, version: int) -> Answered:
    """A document asked for by a hash that nobody has sent."""
    return post(api, document="", extensions={"persistedQuery": {"version": version, "sha256Hash": "0" * 64}})


def unregistered(api: Api) -> Answered:
    with server(api, documents="locked") as client:
        return post(api, client)


def too_expensive(api: Api) -> Answered:
    with server(api, query_cost_maximum=10) as client:
        return post(api, client, TEN)


def late(api: Api) -> Answered:
    with server(api, request_seconds=0.000001) as client:
        return post(api, client, TEN)


def dripping(api: Api) -> Answered:
    """A body that takes its time: over the network, where it can."""

    def drops() -> Iterator[bytes]:
        yield b"{"
        time.sleep(0.3)
        yield b"}"

    chosen = Settings.model_validate({**settings().model_dump(), "body_seconds": 0.05})
    headers = {**api.as_visitor().headers, "Content-Type": "application/json"}
    with listening(create_app(api.database, chosen)) as port:
        return httpx2.post(f"http://127.0.0.1:{port}/graphql", content=drops(), headers=headers)


def bug(api: Api) -> Answered:
    def break_down(_statement: str) -> NoReturn:
        raise RuntimeError("a secret of the inside")

    with server(api) as client, db.observing(break_down):
        return post(api, client)


def held(api: Api) -> Answered:
    """A twin holds the key, for longer than anybody waits."""
    product_id = make_api.product(api.database, "sencha")
    words = {"productId": product_id, "rating": 4, "body": make_api.BODY.format(1)}
    caller = f"customer:{api.storefront.id}:ada"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "_LOCK_SECONDS", 0.1)
        impatient = Database.open(api.database.writing_engine.url.render_as_string(hide_password=False))
    with Session(api.database.writing_engine) as twin, TestClient(create_app(impatient, settings())) as client:
        now = clock.now()
        twin.add(IdempotencyKey(caller=caller, operation="submitReview", key="k1", input_hash="x", created_at=now))
        twin.flush()
        headers = {**api.as_customer("ada").headers, "Accept": RESPONSE_JSON}
        body = {"query": SUBMIT, "variables": {"input": words, "key": "k1"}}
        answer = client.post("/graphql", json=body, headers=headers)
        twin.rollback()
    impatient.close()
    return answer


def subscribed(api: Api, client: TestClient, document: str) -> Answered:
    """A visitor's subscription over server-sent events, which is refused before it begins."""
    return post(api, client, document, headers={"Accept": "text/event-stream"})


@contextmanager
def connected(api: Api, client: TestClient) -> Iterator[WebSocketTestSession]:
    """A visitor's socket."""
    with client.websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as socket:
        socket.send_json({"type": "connection_init", "payload": api.as_visitor().headers})
        assert socket.receive_json()["type"] == "connection_ack"
        yield socket


def crowded(api: Api) -> Answered:
    with server(api, stream_maximum=1) as client, connected(api, client):
        return subscribed(api, client, PUBLISHED)


def stopping(api: Api) -> Answered:
    with server(api) as client:
        cast("Starlette", client.app).state.feed.stop()
        return subscribed(api, client, PUBLISHED)


def overrun(api: Api) -> Answered:
    """A subscriber with room for nothing: the last message of their stream."""
    with pytest.MonkeyPatch.context() as patch, server(api, stream_poll_seconds=0.01) as client:
        patch.setattr(feed, "MOST_WAITING", 0)
        with connected(api, client) as socket:
            socket.send_json({"type": "subscribe", "id": "1", "payload": {"query": PUBLISHED}})
            wait_until(lambda: cast("Starlette", client.app).state.feed.listeners == 1)
            api.database.writing(
                lambda session: outbox.record(session, ReviewEvent.PUBLISHED, aggregate=("Review", 1), payload={})
            )
            return Response(200, json=socket.receive_json()["payload"])


PROVOCATIONS: dict[ErrorCode, Callable[[Api], Answered]] = {
    ErrorCode.GRAPHQL_PARSE_FAILED: lambda api: post(api, document="{ viewer {"),
    ErrorCode.GRAPHQL_VALIDATION_FAILED: lambda api: post(api, document="{ nothing }"),
    ErrorCode.BAD_USER_INPUT: lambda api: post(
        api, document="query Q($n: Int!) { products(first: $n) { nodes { id } } }", variables={"n": "many"}
    ),
    ErrorCode.OPERATION_RESOLUTION_FAILURE: lambda api: post(
        api, document="query A { __typename } query B { __typename }"
    ),
    ErrorCode.BAD_REQUEST: lambda api: raw(api, b"{"),
    ErrorCode.INTERNAL_SERVER_ERROR: bug,
    ErrorCode.UNAUTHENTICATED: lambda api: post(api, headers={"Fidelio-Storefront-Key": "pk_nobody"}),
    ErrorCode.FORBIDDEN: lambda api: subscribed(api, api.client, "subscription { moderationQueueChanged { change } }"),
    ErrorCode.PERSISTED_QUERY_NOT_FOUND: lambda api: named(api, version=1),
    ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED: lambda api: named(api, version=2),
    ErrorCode.PERSISTED_QUERY_NOT_IN_LIST: unregistered,
    ErrorCode.METHOD_NOT_ALLOWED: lambda api: api.client.put("/graphql"),
    ErrorCode.NOT_ACCEPTABLE: lambda api: post(api, headers={"Accept": "image/png"}),
    ErrorCode.UNSUPPORTED_MEDIA_TYPE: lambda api: raw(api, b"query=x", "application/x-www-form-urlencoded"),
    ErrorCode.REQUEST_TIMEOUT: dripping,
    ErrorCode.CONTENT_TOO_LARGE: lambda api: raw(api, b" " * 2_000_000),
    ErrorCode.DOCUMENT_TOO_LARGE: lambda api: post(api, document="{ " + "__typename " * 100 + "}"),
    ErrorCode.QUERY_TOO_EXPENSIVE: too_expensive,
    ErrorCode.THROTTLED: throttled,
    ErrorCode.TIMEOUT: late,
    ErrorCode.IDEMPOTENCY_IN_PROGRESS: held,
    ErrorCode.SUBSCRIBER_TOO_SLOW: overrun,
    ErrorCode.TOO_MANY_STREAMS: crowded,
    ErrorCode.SERVER_STOPPING: stopping,
}


@pytest.mark.parametrize("code", ErrorCode)
def test_a_code_comes_with_its_status_and_nothing_of_the_inside(api: Api, code: ErrorCode) -> None:
    answer = PROVOCATIONS[code](api)

    (error,) = answer.json()["errors"]
    assert (error["extensions"]["code"], answer.status_code) == (code, STATUS[code])
    assert "secret" not in answer.text
    assert answer.json().get("data") is None


def test_the_page_lists_every_code_with_its_status() -> None:
    listed = {code: int(status) for code, status in ROW.findall(PAGE.read_text())}

    assert listed == {code.value: status for code, status in STATUS.items()}
    assert list(listed) == list(ErrorCode)


def test_no_code_is_written_as_a_text_of_its_own() -> None:
    doors = Path(__file__).parents[2] / "api"
    written = [
        f"{path.name}: {code}"
        for path in doors.rglob("*.py")
        for code in ErrorCode
        if path.name != "error_codes.py" and f'"{code.value}"' in path.read_text()
    ]

    assert written == []


LITERALS = {
    "a date": 'mutation { recordOrder(input: { placedAt: "yesterday" }) { userErrors { code } } }',
    "a number of 5000 digits": "{ products(first: " + "9" * 5000 + ") { nodes { id } } }",
    "a variable's default": 'query Q($at: DateTime = "yesterday") { __typename }',
}


@pytest.mark.parametrize("document", LITERALS.values(), ids=LITERALS.keys())
def test_what_a_scalar_refuses_in_the_document_is_the_documents_fault(api: Api, document: str) -> None:
    errors = post(api, document=document).json()["errors"]

    assert {error["extensions"]["code"] for error in errors} == {"GRAPHQL_VALIDATION_FAILED"}


def test_an_argument_that_a_variable_makes_null_is_the_clients_fault(api: Api) -> None:
    document = "query Q($n: Int) { products(first: $n) { nodes { id } } }"

    (error,) = post(api, document=document, variables={"n": None}).json()["errors"]

    assert (error["extensions"]["code"], error["path"]) == ("BAD_USER_INPUT", ["products"])


def test_an_answer_that_its_type_does_not_take_is_our_fault() -> None:
    cause = GraphQLError("Int cannot represent non 32-bit signed integer value: 4294967296")
    field = FieldNode(name=NameNode(value="stock"))
    found = GraphQLError(cause.message, nodes=[field], path=["stock"], original_error=cause)

    masked = shown(found)

    assert (masked.extensions or {})["code"] == "INTERNAL_SERVER_ERROR"
    assert "4294967296" not in masked.message
