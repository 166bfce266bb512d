"""graphql-transport-ws: who is let in, what a message may be, and that all other rules hold over a socket too."""

import json
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.api.conftest import Callee, make_storefront
from tests.api.streams.conftest import SOON, Live, Serve, Socket
from tests.api.ugc import make
from tests.conftest import FrozenClock
from tests.worker.world import wait_until

WHO = "{ viewer { kind } }"
PUBLISHED = "subscription { reviewPublished { review { id } } }"


def closed(socket: Socket) -> tuple[int, str]:
    """The code and the reason that the server closed it with."""
    with pytest.raises(ConnectionClosed) as ended:
        socket.connection.recv(SOON)
    frame = ended.value.rcvd
    assert frame is not None
    return frame.code, frame.reason


@pytest.mark.parametrize("kind", ["VISITOR", "CUSTOMER", "STAFF"])
def test_who_asks_is_told_in_connection_init(live: Live, kind: str) -> None:
    caller = {"VISITOR": live.as_visitor, "CUSTOMER": lambda: live.as_customer("ada"), "STAFF": live.as_staff}[kind]()

    with live.socket(caller) as socket:
        assert socket.run(WHO)["data"] == {"viewer": {"kind": kind}}


def test_the_handshakes_headers_and_the_headers_own_names_say_it_as_well(live: Live) -> None:
    ada = live.as_customer("ada")
    with live.socket(None, additional_headers=ada.headers) as socket:
        assert socket.run(WHO)["data"] == {"viewer": {"kind": "CUSTOMER"}}

    with live.socket(init=False) as socket:
        socket.send(type="connection_init", payload={"Fidelio-Storefront-Key": live.storefront.publishable_key})
        assert socket.next()["type"] == "connection_ack"
        assert socket.run(WHO)["data"] == {"viewer": {"kind": "VISITOR"}}


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"storefrontKey": "pk_unknown"},
        {"authorization": "Bearer sk_unknown"},
        {"authorization": "Bearer st_unknown"},
        {"authorization": "Bearer a.b.c"},
        {"storefrontKey": 7},
    ],
)
def test_nobody_is_let_in_without_a_key_that_is_good(live: Live, payload: dict[str, Any]) -> None:
    with live.socket(init=False) as socket:
        socket.send(type="connection_init", payload=payload)

        assert closed(socket) == (4403, "Forbidden")
    assert live.is_idle()


def test_nothing_runs_before_connection_init(live: Live) -> None:
    with live.socket(init=False) as socket:
        socket.subscribe(WHO)

        assert closed(socket)[0] == 4401


@pytest.mark.parametrize("protocols", [["graphql-ws"], ["something"], None])
def test_another_protocol_is_refused_before_the_socket_opens(live: Live, protocols: Any) -> None:  # noqa: ANN401 - or none
    with pytest.raises(InvalidStatus) as refused, live.socket(subprotocols=protocols):
        pass

    assert refused.value.response.status_code == 403


def test_a_page_opens_a_socket_only_from_an_origin_that_a_storefront_lists(live: Live) -> None:
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{live.port}"):
        with pytest.raises(InvalidStatus) as refused, live.socket(origin=origin):
            pass
        assert refused.value.response.status_code == 403

    with live.socket(live.as_visitor(), origin="https://main.example") as socket:
        assert socket.run(WHO)["data"] == {"viewer": {"kind": "VISITOR"}}


def test_a_page_of_another_storefront_is_not_let_in_with_this_ones_key(live: Live) -> None:
    make_storefront(live.database, "other")
    with live.socket(init=False, origin="https://other.example") as socket:
        socket.send(type="connection_init", payload={"storefrontKey": live.storefront.publishable_key})

        assert closed(socket)[0] == 4403
    assert live.is_idle()


def test_in_development_our_own_pages_may_open_one(serve: Serve) -> None:
    live = serve(development=True)

    with live.socket(live.as_visitor(), origin=f"http://127.0.0.1:{live.port}") as socket:
        assert socket.run(WHO)["data"] == {"viewer": {"kind": "VISITOR"}}


@pytest.mark.parametrize(
    "message",
    [
        "{",
        "7",
        "[]",
        "{}",
        '{"type": "unheard of"}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ __typename }"}}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 7}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "variables": []}}',
        '{"type": "subscribe", "id": "%s", "payload": {"query": "{ __typename }"}}' % ("x" * 201),
    ],
)
def test_a_message_of_another_shape_closes_the_socket_with_4400(live: Live, message: str) -> None:
    with live.socket(live.as_visitor()) as socket:
        socket.connection.send(message)

        assert closed(socket)[0] == 4400


def test_bytes_and_messages_that_are_too_large_close_it(live: Live) -> None:
    with live.socket(live.as_visitor()) as socket:
        socket.connection.send(b"{}")
        assert closed(socket)[0] == 4400

    with live.socket(live.as_visitor()) as socket:
        socket.connection.send(json.dumps({"type": "ping", "payload": {"x": "x" * 1_048_577}}))
        assert closed(socket)[0] == 1009


def test_an_id_runs_once_at_a_time_and_a_ping_is_answered(live: Live) -> None:
    with live.socket(live.as_visitor()) as socket:
        socket.send(type="ping")
        assert socket.next() == {"type": "pong"}

        socket.subscribe(PUBLISHED)
        socket.subscribe(PUBLISHED)
        assert closed(socket)[0] == 4409


@pytest.mark.parametrize(
    "document, code",
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ " + "a: viewer { kind } " * 30 + "}", "DOCUMENT_TOO_LARGE"),
        (
            "{ products(first: 100) { nodes { reviews(first: 100) { nodes { photos { id } } } } } }",
            "QUERY_TOO_EXPENSIVE",
        ),
        ("subscription { moderationQueueChanged { change } }", "FORBIDDEN"),
        ("", "BAD_REQUEST"),
    ],
)
def test_what_cannot_run_is_a_coded_error_of_its_operation_and_the_socket_stays(
    live: Live, document: str, code: str
) -> None:
    with live.socket(live.as_visitor()) as socket:
        socket.subscribe(document, name="7")
        told = socket.next()

        assert (told["id"], told["type"]) == ("7", "error")
        assert [each["extensions"]["code"] for each in told["payload"]] == [code]
        assert socket.run(WHO)["data"] == {"viewer": {"kind": "VISITOR"}}


def test_a_mutation_writes_once_under_its_key_and_the_next_query_sees_it(live: Live) -> None:
    product = make.product(live.database, "tea")
    words = {"productId": product, "rating": 5, "body": make.BODY.format(1)}
    with live.socket(live.as_customer("ada")) as socket:
        first = socket.run(make.SUBMIT, input=words, key="once")["data"]["submitReview"]
        again = socket.run(make.SUBMIT, input=words, key="once")["data"]["submitReview"]
        mine = socket.run(
            "query($id: ID!) { node(id: $id) { ... on Review { standing { status } } } }", id=first["review"]["id"]
        )

    assert again == first
    assert mine["data"]["node"] == {"standing": {"status": "QUEUED"}}


def test_every_answer_says_what_it_cost_and_an_empty_bucket_throttles(serve: Serve) -> None:
    live = serve(visitor_allowance=(5, 1))
    with live.socket(live.as_visitor()) as socket:
        answer = socket.run(WHO)
        socket.subscribe("{ products(first: 10) { nodes { id } } }")
        too_much = socket.next()

    assert answer["extensions"]["cost"]["requested"] == 1
    assert too_much["payload"][0]["extensions"]["code"] == "QUERY_TOO_EXPENSIVE"


def test_events_are_paid_for_and_a_stream_that_cannot_pay_ends(frozen_clock: FrozenClock, serve: Serve) -> None:
    live = serve(visitor_allowance=(5, 1))
    product = make.product(live.database, "tea")
    with live.socket(live.as_visitor()) as socket:
        socket.subscribe("subscription { reviewPublished { review { author { displayName } } } }")
        wait_until(lambda: live.app.state.feed.listeners == 1)
        _publish_at_once(live, product, 2)
        paid, unpaid, end = (socket.next() for _ in range(3))

    # of the five, one went for the subscription
    assert paid["payload"]["extensions"]["cost"] == {
        "requested": 3,
        "actual": 3,
        "throttle": {"maximum": 5, "available": 1, "restoreRate": 1},
    }
    assert unpaid["payload"]["errors"][0]["extensions"] == {"code": "THROTTLED", "retryAfterSeconds": 2}
    assert end == {"id": "1", "type": "complete"}
    assert live.is_idle()


def _publish_at_once(live: Live, product: str, count: int) -> None:
    reviews = [make.submit(live.as_customer(f"author-{n}"), product, number=n) for n in range(count)]
    moderator: Callee = live.as_staff()
    for review in reviews:
        make.decide(moderator, review)


def test_a_caller_holds_so_many_sockets_and_no_more(serve: Serve) -> None:
    live = serve(stream_maximum=2)
    ada = live.as_customer("ada")
    with live.socket(ada), live.socket(ada):
        with live.socket(init=False) as third:
            third.send(
                type="connection_init",
                payload={
                    "storefrontKey": live.storefront.publishable_key,
                    "authorization": ada.headers["Authorization"],
                },
            )
            assert closed(third)[0] == 4403
        with live.socket(live.as_customer("bob")):
            pass

    wait_until(lambda: _lets_in(live, ada))


def _lets_in(live: Live, caller: Callee) -> bool:
    with live.socket(caller) as socket:
        return bool(socket.run(WHO)["data"])


def test_deferred_parts_come_whole_over_a_socket(live: Live) -> None:
    with live.socket(live.as_visitor()) as socket:
        answer = socket.run("{ viewer { kind } ... @defer { products { nodes { id } } } }")

    assert answer["data"] == {"viewer": {"kind": "VISITOR"}, "products": {"nodes": []}}


def test_a_socket_that_is_cut_leaves_nothing_behind(live: Live) -> None:
    with live.socket(live.as_visitor()) as socket:
        for number in range(5):
            socket.subscribe(PUBLISHED, name=str(number))
        wait_until(lambda: live.app.state.feed.listeners == 5)
        socket.connection.socket.close()

    wait_until(live.is_idle)
