"""Server-sent events: how they are asked for and framed, refusals before they begin, and readers who go away."""

import httpx2
import pytest

from tests.api.streams.conftest import SOON, Live, Serve
from tests.api.ugc import make
from tests.worker.world import wait_until

WHO = "{ viewer { kind } }"
PUBLISHED = "subscription { reviewPublished { review { id } } }"
URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"
)


def test_any_operation_is_answered_as_events_where_they_are_preferred(live: Live) -> None:
    headers = {**live.as_visitor().headers, "Accept": "text/event-stream"}

    answer = live.client.post("/graphql", json={"query": WHO}, headers=headers)

    assert answer.headers["content-type"] == "text/event-stream"
    assert answer.headers["cache-control"] == "no-cache, no-transform"
    assert answer.text.startswith('event: next\ndata: {"data":{"viewer":{"kind":"VISITOR"}}')
    assert answer.text.endswith("\n\nevent: complete\ndata: \n\n")
    assert "\r" not in answer.text


def test_a_query_is_json_where_json_comes_first(live: Live) -> None:
    answer = live.client.post("/graphql", json={"query": WHO}, headers={**live.as_visitor().headers, "Accept": URQL})

    assert answer.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert answer.json()["data"] == {"viewer": {"kind": "VISITOR"}}


def test_a_subscription_is_events_wherever_they_are_taken(live: Live) -> None:
    headers = {**live.as_visitor().headers, "Accept": URQL}
    with httpx2.stream("POST", live.url, json={"query": PUBLISHED}, headers=headers, timeout=SOON) as answer:
        assert answer.headers["content-type"] == "text/event-stream"

    refused = live.client.post("/graphql", json={"query": PUBLISHED}, headers={**headers, "Accept": "application/json"})
    assert refused.status_code == 406
    assert refused.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


def test_an_event_source_listens_by_get_with_the_key_in_the_address(live: Live) -> None:
    product = make.product(live.database, "tea")
    address = {"query": PUBLISHED, "key": live.storefront.publishable_key}
    headers = {"Accept": "text/event-stream", "Origin": "https://main.example"}
    with httpx2.stream("GET", live.url, params=address, headers=headers, timeout=SOON) as answer:
        wait_until(lambda: live.app.state.feed.listeners == 1)
        review = make.published(live, product)
        lines = answer.iter_lines()

        assert next(lines) == "event: next"
        assert review["id"] in next(lines)
    assert answer.headers["access-control-allow-origin"] == "https://main.example"
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(
    "document, status, code",
    [
        ("{", 400, "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", 400, "GRAPHQL_VALIDATION_FAILED"),
        (
            "subscription { a: reviewPublished { review { id } } balanceChanged { entry { id } } }",
            400,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("fragment A on Query { __typename }", 400, "OPERATION_RESOLUTION_FAILURE"),
        ("", 400, "BAD_REQUEST"),
    ],
)
def test_what_cannot_begin_is_json_with_its_status(live: Live, document: str, status: int, code: str) -> None:
    headers = {**live.as_visitor().headers, "Accept": "text/event-stream"}

    refused = live.client.post("/graphql", json={"query": document}, headers=headers)

    assert refused.status_code == status
    assert "json" in refused.headers["content-type"]
    assert refused.json()["errors"][0]["extensions"]["code"] == code


def test_a_get_over_events_does_not_write(live: Live) -> None:
    document = 'mutation { withdrawReview(input: {reviewId: "x"}) { userErrors { code } } }'
    headers = {**live.as_customer("ada").headers, "Accept": "text/event-stream"}

    refused = live.client.get("/graphql", params={"query": document}, headers=headers)

    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_a_reader_who_goes_away_leaves_nothing_behind(live: Live) -> None:
    for _ in range(3):
        with live.events(live.as_visitor(), PUBLISHED):
            wait_until(lambda: live.app.state.feed.listeners == 1)
        wait_until(live.is_idle)


def test_a_caller_holds_so_many_streams_and_no_more(serve: Serve) -> None:
    live = serve(stream_maximum=1)
    ada = live.as_customer("ada")
    with live.events(ada, PUBLISHED):
        headers = {**ada.headers, "Accept": "text/event-stream"}
        refused = live.client.post("/graphql", json={"query": PUBLISHED}, headers=headers)

        assert refused.status_code == 429
        assert refused.json()["errors"][0]["extensions"]["code"] == "TOO_MANY_STREAMS"
    wait_until(live.is_idle)
    with live.events(ada, PUBLISHED):
        pass
