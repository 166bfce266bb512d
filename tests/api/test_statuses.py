"""Both editions of the statuses: the one that audits expect, and the draft's, which a setting turns on."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from core.settings import settings
from tests.api.conftest import Api, Callee

_TOLD = "application/graphql-response+json"
_PARTIAL = "{ viewer { kind } moderationQueue { nodes { __typename } } a: product { id } }"
_COERCED = {"query": "query One($id: ID!) { node(id: $id) { id } }", "variables": {"id": None}}
_UNDECIDED = {"query": "query A { __typename } query B { __typename }"}
# what is sent, and its status in either edition
CASES: list[tuple[Any, int, int]] = [
    ({"query": "{ viewer { kind } }"}, 200, 200),
    ({"query": "{ product { id } viewer { kind } }"}, 200, 294),
    ({"query": "{ storefront { handle } product { id } }"}, 200, 294),
    ({"query": "{"}, 400, 400),
    ({"query": "{ nothing }"}, 400, 422),
    (_COERCED, 400, 422),
    (_UNDECIDED, 400, 422),
    ({"qeury": "{ __typename }"}, 400, 422),
    ({"query": "{ __typename }", "variables": [7]}, 400, 422),
    ([{"query": "{ __typename }"}], 400, 422),
    (b'{"query":', 400, 400),
    (b"NONSENSE", 400, 400),
]


@pytest.fixture(params=["2024", "draft"])
def visitor(api: Api, request: pytest.FixtureRequest) -> Iterator[Callee]:
    """A visitor of a server with one of the editions."""
    edition: Literal["2024", "draft"] = request.param
    with TestClient(create_app(api.database, settings().model_copy(update={"http_statuses": edition}))) as client:
        yield Callee(client, {**api.as_visitor().headers, "Content-Type": "application/json", "X-Edition": edition})


def post(caller: Callee, body: Any, *, accept: str = _TOLD) -> int:  # noqa: ANN401 - JSON
    sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
    return caller.client.post("/graphql", headers={**caller.headers, "Accept": accept}, **sent).status_code


def test_each_outcome_has_the_status_of_its_edition(visitor: Callee) -> None:
    place = 1 if visitor.headers["X-Edition"] == "2024" else 2

    assert [(case[0], post(visitor, case[0])) for case in CASES] == [(case[0], case[place]) for case in CASES]


def test_what_http_itself_refuses_is_the_same_in_both(visitor: Callee) -> None:
    client, headers = visitor.client, visitor.headers

    assert client.get("/graphql", params={"query": "mutation { x }"}, headers=headers).status_code == 405
    assert client.put("/graphql", json={}, headers=headers).status_code == 405
    assert client.get("/graphql", headers={**headers, "Accept": "text/csv"}).status_code == 406
    assert client.post("/graphql", content="x", headers={**headers, "Content-Type": "text/plain"}).status_code == 415
    assert client.post("/graphql", json=CASES[0][0], headers={"Fidelio-Storefront-Key": "pk_x"}).status_code == 401


def test_as_plain_json_what_a_document_did_wrong_is_200_in_both(visitor: Callee) -> None:
    for body, *_ in CASES[:7]:
        assert post(visitor, body, accept="application/json") == 200


def test_data_with_errors_is_never_a_caches(visitor: Callee) -> None:
    answer = visitor.client.get("/graphql", params={"query": _PARTIAL}, headers={**visitor.headers, "Accept": _TOLD})

    assert answer.headers["cache-control"] == "private, no-store"
