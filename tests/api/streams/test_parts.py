"""@defer: in parts for who takes them and whole for everybody else, under every rule of a single answer."""

import json
from typing import Any

import httpx2
import pytest
from graphql import parse, print_ast

from api import negotiation
from api.streams.parts import whole
from core import db
from tests.api.streams.conftest import SOON, Live
from tests.api.ugc import make
from tests.worker.world import wait_until

APOLLO = "multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json,application/json;q=0.9"
PAGE = """query($handle: String!) { product(handle: $handle) { name
  ... @defer(label: "reviews") { reviews { nodes { rating photos { id } } } } } }"""
WHOLE = {"product": {"name": "Tea", "reviews": {"nodes": [{"rating": 4, "photos": []}]}}}


def parts(answer: httpx2.Response) -> list[dict[str, Any]]:
    """The JSON of each part."""
    assert answer.headers["content-type"] == 'multipart/mixed; boundary="-"'
    sent = answer.text.split("\r\n---")[:-1]
    return [json.loads(part.split("\r\n\r\n", 1)[1]) for part in sent]


def post(live: Live, document: str, accept: str = APOLLO, **variables: Any) -> httpx2.Response:  # noqa: ANN401 - JSON
    body = {"query": document, "variables": variables}
    answer: httpx2.Response = live.client.post(
        "/graphql", json=body, headers={**live.as_visitor().headers, "Accept": accept}
    )
    return answer


@pytest.fixture
def tea(live: Live) -> str:
    make.published(live, make.product(live.database, "tea"), rating=4)
    return "tea"


def test_deferred_fields_come_after_the_others(live: Live, tea: str) -> None:
    answer = post(live, PAGE, handle=tea)
    first, rest = parts(answer)

    assert first["data"] == {"product": {"name": "Tea"}}
    assert first["pending"] == [{"id": "0", "path": ["product"], "label": "reviews"}]
    assert rest["incremental"][0]["data"] == {"reviews": WHOLE["product"]["reviews"]}
    assert (first["hasNext"], rest["hasNext"]) == (True, False)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.endswith("\r\n-----\r\n")

    wait_until(live.is_idle)


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "*/*",
        "application/graphql-response+json, multipart/mixed;q=0.5",
        "multipart/mixed;deferSpec=20220824, application/json",
    ],
)
def test_who_takes_no_parts_of_this_format_gets_all_at_once(live: Live, tea: str, accept: str) -> None:
    answer = post(live, PAGE, accept=accept, handle=tea)

    assert "json" in answer.headers["content-type"]
    assert answer.json()["data"] == WHOLE


def test_what_is_refused_is_one_answer_with_its_status(live: Live) -> None:
    unknown = post(live, "{ ... @defer { nothing } }")

    assert unknown.status_code == 400
    assert unknown.headers["content-type"] == f"{negotiation.RESPONSE_JSON}; charset=utf-8"
    assert unknown.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_what_has_no_parts_after_all_is_one_answer(live: Live, tea: str) -> None:
    answer = post(live, PAGE.replace("@defer(", "@defer(if: false, "), handle=tea)

    assert answer.headers["content-type"] == f"{negotiation.RESPONSE_JSON}; charset=utf-8"
    assert answer.json()["data"] == WHOLE


def test_a_fault_in_a_later_part_is_masked(live: Live, tea: str) -> None:
    def break_down(statement: str) -> None:
        if "public_revision_no" in statement:
            raise RuntimeError("a secret of the inside")

    with db.observing(break_down):
        answer = post(live, PAGE, handle=tea)

    errors = [error for part in parts(answer) for done in part.get("completed", []) for error in done.get("errors", [])]
    assert [error["extensions"]["code"] for error in errors] == ["INTERNAL_SERVER_ERROR"]
    assert "secret" not in answer.text


def test_deferring_costs_what_it_may(live: Live, tea: str) -> None:
    first = parts(post(live, PAGE, handle=tea))[0]
    at_once = post(live, PAGE, accept="application/json", handle=tea).json()

    assert first["extensions"]["cost"]["requested"] == at_once["extensions"]["cost"]["requested"]
    assert first["extensions"]["cost"]["actual"] == first["extensions"]["cost"]["requested"]


def test_a_reader_who_hangs_up_between_parts_leaves_nothing_behind(live: Live, tea: str) -> None:
    headers = {**live.as_visitor().headers, "Accept": APOLLO}
    body = {"query": PAGE, "variables": {"handle": tea}}
    for _ in range(3):
        with httpx2.stream("POST", live.url, json=body, headers=headers, timeout=SOON) as answer:
            next(answer.iter_bytes())

    wait_until(live.is_idle)


def test_a_list_may_come_item_by_item(live: Live, tea: str) -> None:
    streamed = (
        "query($handle: String!) { product(handle: $handle) { reviews { nodes @stream(initialCount: 0) { rating } } } }"
    )
    first, *rest = parts(post(live, streamed, handle=tea))

    assert first["data"] == {"product": {"reviews": {"nodes": []}}}
    assert [item for part in rest for each in part.get("incremental", []) for item in each["items"]] == [{"rating": 4}]


def test_a_document_without_the_directives_is_the_same_otherwise() -> None:
    text = (
        "query($a: Boolean!) { a @include(if: $a) ... @defer { b } ...F @defer c @stream { d } } fragment F on T { e }"
    )
    kept = "query($a: Boolean!) { a @include(if: $a) ... { b } ...F c { d } } fragment F on T { e }"

    assert print_ast(whole(parse(text))) == print_ast(parse(kept))
