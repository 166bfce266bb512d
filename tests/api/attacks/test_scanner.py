"""The thirteen checks of graphql-cop, which is no package to install: each asks as the scanner asks.

Source: https://github.com/dolevf/graphql-cop (read 2026-11-22), lib/tests. Two are answered "yes" on purpose.
"""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from core import db
from core.settings import Settings, settings
from tests.api.conftest import Api

Check = Callable[[Api], bool]
INTROSPECTION = "query cop { __schema { types { name fields { name } } } }"
CIRCLE = "fields { type { fields { type { fields { type { fields { type { name } } } } } } } }"


def post(api: Api, query: str, **headers: str) -> Response:
    """What the scanner posts: JSON, without any key."""
    answer: Response = api.client.post("/graphql", json={"query": query, "operationName": "cop"}, headers=headers)
    return answer


def data(answer: Response) -> Any:  # noqa: ANN401 - JSON
    """The answer's data; None where nothing was executed."""
    told: dict[str, Any] = answer.json()
    return told.get("data")


def extensions(answer: Response) -> list[dict[str, Any]]:
    """Everything an answer says besides data and messages."""
    told = answer.json()
    return [told.get("extensions", {}), *(error.get("extensions", {}) for error in told.get("errors", []))]


def batches(api: Api) -> bool:
    answer = api.client.post("/graphql", json=[{"query": "query cop { __typename }"}] * 10)
    return len(answer.json()) == 10


def suggests(api: Api) -> bool:
    return "Did you mean" in post(api, "query cop { __schema { directive } }").text


def shows_an_ide(api: Api) -> bool:
    places = ("/graphql", "/graphiql", "/playground", "/console/graphql")
    pages = [api.client.get(place, headers={"Accept": "text/html"}).text for place in places]
    return any(word in page for page in pages for word in ("graphiql", "GraphQL Playground", "cursor-blinking"))


def mutates_by_get(api: Api) -> bool:
    asked = {"query": "mutation cop { __typename }"}
    return data(api.client.get("/graphql", params=asked)) is not None


def takes_forms(api: Api) -> bool:
    return data(api.client.post("/graphql", data={"query": "query cop { __typename }"})) is not None


def traces(api: Api) -> bool:
    answer = post(api, "query cop { __typename }", **{"X-Apollo-Tracing": "1", "X-Debug": "1"})
    return any({"tracing", "debug"} & told.keys() for told in extensions(answer))


def shows_exceptions(api: Api) -> bool:
    answer = post(api, "qwerty cop { abc }")
    return answer.status_code == 500 or any({"exception", "stacktrace"} & told.keys() for told in extensions(answer))


CHECKS: dict[str, Check] = {
    "Alias Overloading": lambda api: (
        len(data(post(api, "query cop { " + " ".join(f"alias{n}: __typename" for n in range(101)) + " }")) or ()) > 100
    ),
    "Array-based Query Batching": batches,
    "Directive Overloading": lambda api: (
        len(post(api, "query cop { __typename " + "@aa" * 10 + " }").json()["errors"]) == 10
    ),
    "Introspection-based Circular Query": lambda api: (
        data(post(api, "query cop { __schema { types { " + CIRCLE + " } } }")) is not None
    ),
    "Introspection": lambda api: data(post(api, INTROSPECTION)) is not None,
    "Field Suggestions": suggests,
    "GraphQL IDE": shows_an_ide,
    "GET Method Query Support": lambda api: (
        data(api.client.get("/graphql", params={"query": "query cop { __typename }"})) is not None
    ),
    "Mutation is allowed over GET (possible CSRF)": mutates_by_get,
    "POST based url-encoded query (possible CSRF)": takes_forms,
    "Trace Mode": traces,
    "Unhandled Errors Detection": shows_exceptions,
    "Field Duplication": lambda api: data(post(api, "query cop { " + "__typename \n" * 500 + "}")) is not None,
}
# reads by GET are what caches keep, and cookies count for nothing here; the contract is public unless it is closed
ON_PURPOSE = {"GET Method Query Support", "Introspection"}


@pytest.mark.parametrize("name", CHECKS)
def test_a_scanner_finds_nothing_but_what_is_there_on_purpose(api: Api, name: str) -> None:
    assert CHECKS[name](api) is (name in ON_PURPOSE)


def test_all_thirteen_are_here() -> None:
    assert len(CHECKS) == 13


def test_introspection_can_be_closed(api: Api) -> None:
    chosen = Settings.model_validate({**settings().model_dump(), "introspection": "closed"})
    with TestClient(create_app(api.database, chosen)) as client:
        assert not CHECKS["Introspection"](Api(client, api.database, api.storefront))


def test_more_directives_than_there_are_get_one_error(api: Api) -> None:
    told = post(api, "query cop { __typename " + "@aa" * 10 + " }").json()["errors"]

    assert [error["extensions"]["code"] for error in told] == ["DOCUMENT_TOO_LARGE"]


def test_a_bug_is_masked(api: Api) -> None:
    def break_down(_statement: str) -> NoReturn:
        raise RuntimeError("the password is secret")

    with TestClient(create_app(api.database, settings()), raise_server_exceptions=False) as client:
        faulty = Api(client, api.database, api.storefront)
        with db.observing(break_down):
            answer = post(faulty, "query cop { products { nodes { id } } }", **api.as_visitor().headers)

    (error,) = answer.json()["errors"]
    assert error["extensions"].keys() == {"code", "errorId"}
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert not any(word in answer.text for word in ("secret", "RuntimeError", "Traceback", ".py"))
