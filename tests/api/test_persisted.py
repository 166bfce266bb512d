"""Documents by name: sent once and then named, registered for good, and in a locked server those alone."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.documents import Shelf
from api.limits import MAX_LENGTH
from core import documents
from core.documents import Registration
from core.settings import settings
from tests.api.conftest import Api, Callee, make_storefront

Statements = Callable[[], AbstractContextManager[list[str]]]

WHO = "query Who { viewer { kind } }"
_TOLD = {"Accept": "application/graphql-response+json"}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def named(text: str, *, version: int = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": digest(text)}}


def post(caller: Callee, **body: Any) -> Response:  # noqa: ANN401 - JSON
    return caller.client.post("/graphql", json=body, headers={**caller.headers, **_TOLD})


def get(caller: Callee, **params: Any) -> Response:  # noqa: ANN401 - JSON
    told = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
    return caller.client.get("/graphql", params=told, headers={"Accept": "*/*", **caller.headers})


def code(answer: Response) -> str:
    found: str = answer.json()["errors"][0]["extensions"]["code"]
    return found


def register(api: Api, text: str, name: str | None = None) -> None:
    assert api.database.writing(lambda session: documents.register(session, Registration(text, name))) == digest(text)


@contextmanager
def server(api: Api, **changes: object) -> Iterator[Callee]:
    """A visitor of another process over the same database, with these settings changed."""
    with TestClient(create_app(api.database, settings().model_copy(update=changes))) as client:
        yield Callee(client, api.as_visitor().headers)


def test_a_document_is_sent_once_and_named_from_then_on(api: Api) -> None:
    visitor = api.as_visitor()
    unknown = post(visitor, extensions=named(WHO))
    assert (unknown.status_code, code(unknown)) == (404, "PERSISTED_QUERY_NOT_FOUND")
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"

    first = post(visitor, query=WHO, extensions=named(WHO))

    assert first.json()["data"] == {"viewer": {"kind": "VISITOR"}}
    for again in (post(visitor, extensions=named(WHO)), get(visitor, extensions=named(WHO))):
        assert again.json()["data"] == {"viewer": {"kind": "VISITOR"}}


def test_the_answer_is_the_callers_whoever_sent_the_document(api: Api) -> None:
    post(api.as_visitor(), query=WHO, extensions=named(WHO))

    assert post(api.as_customer("c-1"), extensions=named(WHO)).json()["data"] == {"viewer": {"kind": "CUSTOMER"}}
    assert code(post(api.as_nobody(), extensions=named(WHO))) != "UNAUTHENTICATED"


def test_another_storefronts_callers_do_not_share_the_shelf(api: Api) -> None:
    other = make_storefront(api.database, "other")
    post(api.as_visitor(), query=WHO, extensions=named(WHO))

    assert code(post(api.as_visitor(other), extensions=named(WHO))) == "PERSISTED_QUERY_NOT_FOUND"


def test_a_hash_of_another_text_is_refused_and_not_kept(api: Api) -> None:
    other = "{ __typename }"

    refused = post(api.as_visitor(), query=other, extensions=named(WHO))

    assert (refused.status_code, code(refused)) == (400, "BAD_REQUEST")
    for text in (WHO, other):
        assert code(post(api.as_visitor(), extensions=named(text))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("text", ["{ nothing }", "{", f"{{ __typename }} #{'x' * MAX_LENGTH}"])
def test_what_does_not_run_is_not_kept(api: Api, text: str) -> None:
    assert "errors" in post(api.as_visitor(), query=text, extensions=named(text)).json()

    assert code(post(api.as_visitor(), extensions=named(text))) == "PERSISTED_QUERY_NOT_FOUND"


def test_callers_without_a_key_leave_nothing_behind(api: Api) -> None:
    text = "{ __typename }"
    assert post(api.as_nobody(), query=text, extensions=named(text)).json()["data"] == {"__typename": "Query"}

    assert code(post(api.as_nobody(), extensions=named(text))) == "PERSISTED_QUERY_NOT_FOUND"


def test_another_version_of_persisted_queries_is_not_supported(api: Api) -> None:
    refused = post(api.as_visitor(), query=WHO, extensions=named(WHO, version=2))

    assert code(refused) == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert refused.json()["errors"][0]["message"] == "PersistedQueryNotSupported"


@pytest.mark.parametrize("told", [1, [], {}, {"version": 1}, {"version": 1, "sha256Hash": 7}])
def test_a_malformed_name_is_refused(api: Api, told: object) -> None:
    assert code(post(api.as_visitor(), query=WHO, extensions={"persistedQuery": told})) == "BAD_REQUEST"
    assert code(post(api.as_visitor(), documentId=7)) == "BAD_REQUEST"


def test_a_shelf_forgets_the_longest_unused() -> None:
    shelf = Shelf(most=2, most_length=100)
    shelf.put("a", "x")
    shelf.put("b", "x")
    assert shelf.get("a") == "x"

    shelf.put("c", "x")
    assert [shelf.get(name) for name in ("a", "b", "c")] == ["x", None, "x"]

    shelf.put("d", "x" * 100)
    assert (len(shelf), shelf.get("d")) == (1, "x" * 100)


def test_a_stranger_pushes_out_no_registered_document(api: Api) -> None:
    register(api, WHO)
    for number in range(3):
        text = f"{{ a{number}: __typename }}"
        post(api.as_visitor(), query=text, extensions=named(text))

    with server(api) as visitor:
        assert "data" in post(visitor, extensions=named(WHO)).json()


def test_a_registered_document_has_all_its_names(api: Api) -> None:
    register(api, WHO, hashlib.md5(WHO.encode()).hexdigest())  # noqa: S324 - as a client's build tool names it
    register(api, WHO, "Who-v1")

    for name in (digest(WHO), f"sha256:{digest(WHO)}", hashlib.md5(WHO.encode()).hexdigest(), "Who-v1"):  # noqa: S324
        for answer in (post(api.as_visitor(), documentId=name), get(api.as_visitor(), documentId=name)):
            assert answer.json()["data"] == {"viewer": {"kind": "VISITOR"}}
    for name in ("who-v1", "", "x" * 500, "a\x00b"):
        assert "data" not in post(api.as_visitor(), documentId=name).json()


def test_a_get_by_name_takes_variables_and_never_writes_or_shows_a_page(api: Api) -> None:
    text = "query Type($name: String!) { __type(name: $name) { name } }"
    register(api, text)
    register(api, 'mutation { withdrawReview(input: {reviewId: "x"}) { userErrors { code } } }', "withdraw")

    with server(api, development=True) as visitor:
        found = get(visitor, extensions=named(text), variables={"name": "Review"})
        assert found.json()["data"] == {"__type": {"name": "Review"}}
        page = visitor.client.get("/graphql", params={"documentId": "withdraw"}, headers={"Accept": "text/html"})
        assert "<html" not in page.text
        refused = get(visitor, documentId="withdraw")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_a_known_document_costs_no_statement(api: Api, statements: Statements) -> None:
    register(api, WHO, "who")
    visitor = api.as_visitor()
    for body in ({"documentId": "who"}, {"query": WHO, "extensions": named(WHO)}, {"extensions": named(WHO)}):
        post(visitor, **body)

        with statements() as seen:
            post(visitor, **body)

        assert seen == []


def test_a_locked_server_runs_what_is_registered_and_nothing_else(api: Api) -> None:
    register(api, WHO, "who")

    with server(api, documents="locked") as visitor:
        for body in (
            {"documentId": "who"},
            {"extensions": named(WHO)},
            {"query": WHO},
            {"query": WHO, "extensions": named(WHO)},
        ):
            assert post(visitor, **body).json()["data"] == {"viewer": {"kind": "VISITOR"}}
        for text in ("{ __typename }", "{ __schema { queryType { name } } }", "{", f"{WHO} "):
            for body in ({"query": text}, {"query": text, "extensions": named(text)}, {"extensions": named(text)}):
                refused = post(visitor, **body)
                assert (refused.status_code, code(refused)) == (403, "PERSISTED_QUERY_NOT_IN_LIST"), body
        assert code(post(visitor, query="{ __typename }", documentId="who")) == "BAD_REQUEST"
        assert code(post(visitor)) == "BAD_REQUEST"
        assert visitor.client.get("/schema.graphql").status_code == 200


def test_other_processes_see_registrations_at_once_and_forget_within_ten_seconds(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("core.clock.elapsed_seconds", lambda: now)
    with server(api, documents="locked") as visitor:
        assert code(post(visitor, documentId="who")) == "PERSISTED_QUERY_NOT_IN_LIST"
        register(api, WHO, "who")
        assert "data" in post(visitor, documentId="who").json()

        assert api.database.writing(lambda session: documents.forget(session, "who")) == 2
        now += 10.1

        for name in ("who", digest(WHO)):
            assert code(post(visitor, documentId=name)) == "PERSISTED_QUERY_NOT_IN_LIST"


def test_a_named_document_comes_in_parts_only_when_it_asks_for_them(api: Api) -> None:
    visitor = api.as_visitor()
    parts = "query Parts { viewer { kind } ... @defer { programs { nodes { id } } } }"
    takes_parts = {**visitor.headers, "Accept": "multipart/mixed, application/json"}

    def asked(extensions: dict[str, Any]) -> Response:
        told = {"extensions": json.dumps(extensions)}
        return visitor.client.get("/graphql", params=told, headers=takes_parts)

    unknown = asked(named(parts))
    for text in (WHO, parts):
        post(visitor, query=text, extensions=named(text))

    assert code(unknown) == "PERSISTED_QUERY_NOT_FOUND"
    assert asked(named(WHO)).headers["content-type"].startswith("application/json")
    assert asked(named(parts)).headers["content-type"].startswith("multipart/mixed")
