"""The contract's own questions: `__schema` may be closed, `__type` and the text at /schema.graphql stay open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import get_introspection_query
from starlette.testclient import TestClient

from api.app import create_app
from core.settings import settings
from tests.api.conftest import Api, Callee

ROOT = Path(__file__).resolve().parent.parent.parent
TYPE = '{ __type(name: "Review") { name fields { name } } }'
# one misspelt name of every kind: field, argument, type, enum value, input field, variable's type, directive, operation
MISSPELT = (
    "{ prodct { id } }",
    '{ product(handel: "x") { id } }',
    "{ node(id: 1) { ... on Produkt { id } } }",
    "{ products { nodes { reviews(sort: NEWST) { nodes { id } } } } }",
    "{ products { nodes { reviews(filter: {ratin: 5}) { nodes { id } } } } }",
    "query Q($f: ReviewFiltr) { products { nodes { reviews(filter: $f) { nodes { id } } } } }",
    "{ viewer @skp(if: true) { kind } }",
    "{ viewer { kind ...Foo } } fragment Fo on Viewer { kind }",
)


@pytest.fixture
def closed(api: Api) -> Iterator[Callee]:
    """Nobody, at a server that has closed `__schema`."""
    with TestClient(create_app(api.database, settings().model_copy(update={"introspection": "closed"}))) as client:
        yield Callee(client, {})


def test_an_open_server_tells_its_schema(api: Api) -> None:
    assert api.as_nobody().data(get_introspection_query())["__schema"]["queryType"]["name"] == "Query"
    assert api.as_nobody().data(TYPE)["__type"]["name"] == "Review"


def test_a_closed_one_tells_types_alone(closed: Callee) -> None:
    for document in (
        get_introspection_query(),
        "{ __schema { types { name } } }",
        "{ a: __schema { types { name } } }",
        "{ ...S } fragment S on Query { __schema { types { name } } }",
        "{ ... on Query { __schema { types { name } } } }",
    ):
        for _ in range(2):
            answer = closed.run(document)
            assert "data" not in answer
            assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert closed.data(TYPE)["__type"]["name"] == "Review"


def test_the_text_stays_open_and_can_be_kept(closed: Callee) -> None:
    first = closed.client.get("/schema.graphql")

    assert first.text == (ROOT / "schema.graphql").read_text()
    assert first.headers["cache-control"].startswith("public, max-age=")
    again = closed.client.get("/schema.graphql", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


@pytest.mark.parametrize("document", MISSPELT)
def test_no_mistake_is_answered_with_a_name(api: Api, document: str) -> None:
    answer = api.as_visitor().run(document)

    assert answer["errors"] != []
    assert [error["message"] for error in answer["errors"] if "Did you mean" in error["message"]] == []


@pytest.mark.parametrize("value", [{"ratin": 5}, {"rating": "x"}])
def test_neither_is_one_in_the_variables(api: Api, value: dict[str, object]) -> None:
    document = "query Q($f: ReviewFilter) { products { nodes { reviews(filter: $f) { nodes { id } } } } }"

    answer = api.as_visitor().run(document, f=value)

    assert "errors" in answer
    assert "Did you mean" not in str(answer["errors"])
