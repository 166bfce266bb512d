"""Each caller spends from a bucket of their own, is told what is left, and is asked to wait when it is empty."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.fair_use import Allowance, Allowances, Bucket
from core.db import Database
from core.identity import ANONYMOUS, Caller, CallerKind, Permission, Role
from core.settings import Settings, settings
from tests.api.conftest import Api, Callee, make_storefront
from tests.conftest import FrozenClock
from tests.make import shop as make

RESPONSE_JSON = "application/graphql-response+json"
TEN = "{ products(first: 10) { nodes { id } } }"
COST_OF_TEN = 11
RECORD = """mutation ($input: RecordProductInput!) { recordProduct(input: $input) {
  product { handle } userErrors { code } } }"""

Serve = Callable[..., Api]


@pytest.fixture
def serve(database: Database, frozen_clock: FrozenClock) -> Iterator[Serve]:
    """A server whose settings the test chooses, in a time that stands still."""
    with ExitStack() as running:

        def start(**chosen: object) -> Api:
            made = Settings.model_validate({**settings().model_dump(), **chosen})
            storefront = make_storefront(database, "main")
            return Api(running.enter_context(TestClient(create_app(database, made))), database, storefront)

        yield start


def cost(answer: dict[str, Any]) -> dict[str, Any]:
    """What the answer says of its cost."""
    told: dict[str, Any] = answer["extensions"]["cost"]
    return told


def left(caller: Callee) -> int:
    """What the caller has, told by a query that costs one."""
    available: int = cost(caller.run("{ viewer { kind } }"))["throttle"]["available"]
    return available + 1


def post(caller: Callee, document: str, accept: str = "application/json") -> Response:
    """The whole response."""
    headers = {**caller.headers, "Accept": accept}
    return caller.client.post("/graphql", json={"query": document}, headers=headers)  # type: ignore[return-value]


def test_an_answer_tells_what_it_cost_and_what_is_left(serve: Serve) -> None:
    api = serve(visitor_allowance=(100, 10))
    api.database.writing(lambda session: [make.product(session) for _ in range(3)])

    assert cost(api.as_visitor().run(TEN)) == {
        "requested": COST_OF_TEN,
        "actual": 1 + 3,
        "throttle": {"maximum": 100, "available": 96, "restoreRate": 10},
    }


def test_a_caller_who_has_spent_everything_waits_as_long_as_told(serve: Serve, frozen_clock: FrozenClock) -> None:
    visitor = serve(visitor_allowance=(12, 2)).as_visitor()
    # each answer is empty: the connection alone, which costs 1
    assert [visitor.run(TEN).get("errors") for _ in range(2)] == [None, None]

    refused = post(visitor, TEN)

    assert refused.status_code == 200
    body: dict[str, Any] = refused.json()  # type: ignore[attr-defined]
    assert "data" not in body
    assert body["errors"][0]["extensions"] == {"code": "THROTTLED", "retryAfterSeconds": 1}
    assert refused.headers["retry-after"] == "1"
    assert cost(body) == {
        "requested": COST_OF_TEN,
        "actual": 0,
        "throttle": {"maximum": 12, "available": 10, "restoreRate": 2},
    }
    frozen_clock.advance(seconds=0.4)
    assert visitor.code(TEN) == "THROTTLED"
    frozen_clock.advance(seconds=0.6)
    assert "errors" not in visitor.run(TEN)


def test_waiting_is_counted_from_what_is_missing(serve: Serve, frozen_clock: FrozenClock) -> None:
    visitor = serve(visitor_allowance=(100, 2)).as_visitor()
    for _ in range(95):
        visitor.run("{ viewer { kind } }")

    # 11 are wanted and 5 are there: 6 more at 2 a second
    assert post(visitor, TEN).headers["retry-after"] == "3"
    frozen_clock.advance(seconds=2.9)
    assert post(visitor, TEN).headers["retry-after"] == "1"
    frozen_clock.advance(seconds=0.1)
    assert "errors" not in visitor.run(TEN)


def test_a_throttled_answer_is_a_429_in_the_newer_type(serve: Serve) -> None:
    visitor = serve(visitor_allowance=(11, 1)).as_visitor()
    visitor.run(TEN)

    refused = post(visitor, TEN, RESPONSE_JSON)

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert refused.headers["content-type"].startswith(RESPONSE_JSON)


def test_one_callers_spending_does_not_touch_anothers(serve: Serve) -> None:
    api = serve(
        visitor_allowance=(11, 1), customer_allowance=(30, 1), staff_allowance=(40, 1), service_allowance=(50, 1)
    )
    other_shop = make_storefront(api.database, "other")
    service = api.as_service(Permission.READ_PUBLIC)
    callers = {
        "visitor": (api.as_visitor(), 11),
        "visitor of another shop": (api.as_visitor(other_shop), 11),
        "customer": (api.as_customer("ada"), 30),
        "another customer": (api.as_customer("grace"), 30),
        "that customer in another shop": (api.as_customer("ada", storefront=other_shop), 30),
        "staff": (api.as_staff(Role.MODERATOR), 40),
        "service": (service, 50),
        "service for a buyer": (Callee(api.client, {**service.headers, "Fidelio-Buyer": "7"}), 30),
        "service for another buyer": (Callee(api.client, {**service.headers, "Fidelio-Buyer": "8"}), 30),
    }

    for name, (caller, maximum) in callers.items():
        assert left(caller) == maximum, f"{name} pays for somebody else"
        for _ in range(maximum):
            caller.run("{ viewer { kind } }")
        assert caller.code("{ viewer { kind } }") == "THROTTLED", name


def test_a_visitor_names_no_buyer(serve: Serve) -> None:
    api = serve(visitor_allowance=(11, 1))
    visitor = api.as_visitor()
    visitor.run(TEN)

    pretending = Callee(api.client, {**visitor.headers, "Fidelio-Buyer": "somebody new"})

    assert pretending.code(TEN) == "THROTTLED"


def test_a_query_over_the_maximum_is_refused_and_costs_nothing(serve: Serve) -> None:
    visitor = serve(query_cost_maximum=10).as_visitor()
    before = left(visitor)

    refused = visitor.run(TEN)

    assert refused["errors"][0]["extensions"]["code"] == "QUERY_TOO_EXPENSIVE"
    assert "data" not in refused
    assert cost(refused)["requested"] == COST_OF_TEN
    # the first look cost one
    assert left(visitor) == before - 1


def test_what_no_bucket_could_hold_is_too_expensive_rather_than_throttled(serve: Serve) -> None:
    visitor = serve(visitor_allowance=(10, 1)).as_visitor()

    assert visitor.code(TEN) == "QUERY_TOO_EXPENSIVE"


def test_a_document_that_does_not_validate_costs_its_reading(serve: Serve) -> None:
    visitor = serve(visitor_allowance=(100, 1)).as_visitor()

    answer = visitor.run("{ products(first: 10) { nodes { nothing } } }")

    assert cost(answer)["actual"] == 0
    assert left(visitor) == 99


def test_a_gets_answer_says_nothing_of_the_callers_bucket(serve: Serve) -> None:
    visitor = serve(visitor_allowance=(11, 1)).as_visitor()

    def got() -> dict[str, Any]:
        answer: dict[str, Any] = visitor.client.get("/graphql", params={"query": TEN}, headers=visitor.headers).json()
        return answer

    assert "extensions" not in got()
    assert got()["errors"][0]["extensions"]["code"] == "THROTTLED"


def test_a_failed_answer_to_many_products_gives_back_what_it_did_not_use(serve: Serve) -> None:
    visitor = serve(visitor_allowance=(600, 1)).as_visitor()

    told = cost(visitor.run('{ product(handle: "none") { family { products { id } } } }'))

    assert (told["requested"], told["actual"]) == (502, 0)
    assert told["throttle"]["available"] == 599


@contextmanager
def slow(engine: Engine, moment: str, seconds: float) -> Iterator[None]:
    """Every such moment of the engine takes as long."""

    def wait(*_given: object) -> None:
        time.sleep(seconds)

    event.listen(engine, moment, wait)
    try:
        yield
    finally:
        event.remove(engine, moment, wait)


def test_an_operation_that_takes_too_long_is_stopped_and_gives_its_snapshot_back(serve: Serve) -> None:
    api = serve(request_seconds=0.1, visitor_allowance=(100, 1))
    visitor = api.as_visitor()
    assert "errors" not in visitor.run(TEN)

    with slow(api.database.reading_engine, "checkout", 0.4):
        late = post(visitor, TEN, RESPONSE_JSON)

    assert late.status_code == 503
    body: dict[str, Any] = late.json()  # type: ignore[attr-defined]
    assert body["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert "data" not in body
    # nobody knows what it would have cost
    assert cost(body)["actual"] == COST_OF_TEN
    assert api.database.reading_engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert "errors" not in visitor.run(TEN)


def test_a_write_that_has_begun_is_finished_although_nobody_waits(serve: Serve) -> None:
    api = serve(request_seconds=0.1)
    service = api.as_service(Permission.MANAGE_SHOP, Permission.READ_PUBLIC)
    product = {"externalId": "p1", "handle": "mug", "name": "Mug"}

    with slow(api.database.writing_engine, "commit", 0.4):
        assert service.code(RECORD, input=product) == "TIMEOUT"
        time.sleep(0.6)

    answer = api.as_visitor().data('{ product(handle: "mug") { name } }')
    assert answer == {"product": {"name": "Mug"}}
    assert "errors" not in service.run(RECORD, input={**product, "name": "Cup"})


def test_a_bucket_fills_up_to_its_maximum_and_no_further(frozen_clock: FrozenClock) -> None:
    bucket = Bucket(Allowance(maximum=10, restore_rate=4))
    assert bucket.take(10) == 0

    frozen_clock.advance(seconds=1)
    assert bucket.available == 4
    frozen_clock.advance(days=1)
    assert bucket.available == 10


def test_an_answer_larger_than_thought_is_paid_later(frozen_clock: FrozenClock) -> None:
    bucket = Bucket(Allowance(maximum=10, restore_rate=4))
    bucket.take(10)
    bucket.settle(10, 14)

    assert bucket.available == -4
    assert bucket.take(4) == 2


def connection(host: str) -> HTTPConnection:
    """A request from this address."""
    return HTTPConnection({"type": "http", "headers": [], "client": (host, 1)})


def test_the_longest_unused_bucket_is_forgotten(frozen_clock: FrozenClock) -> None:
    allowances = Allowances(Settings(), most=3)
    callers = [Caller(CallerKind.STAFF, staff_id=number) for number in range(5)]

    first = allowances.account(callers[0], connection("10.0.0.1")).bucket
    for caller in callers:
        allowances.account(caller, connection("10.0.0.1"))
        assert allowances.account(callers[0], connection("10.0.0.1")).bucket is first

    assert len(allowances) == 3


def test_a_visitors_address_tells_apart_within_a_storefront_alone(frozen_clock: FrozenClock) -> None:
    allowances = Allowances(Settings())

    def bucket(caller: Caller, host: str) -> Bucket:
        return allowances.account(caller, connection(host)).bucket

    visitor = Caller(CallerKind.VISITOR, storefront_id=1)
    assert bucket(visitor, "10.0.0.1") is bucket(visitor, "10.0.0.1")
    assert bucket(visitor, "10.0.0.1") is not bucket(visitor, "10.0.0.2")
    assert bucket(visitor, "10.0.0.1") is not bucket(Caller(CallerKind.VISITOR, storefront_id=2), "10.0.0.1")
    # a subscriber has a whole IPv6 network: its addresses are one visitor's
    assert bucket(visitor, "2001:db8:0:1::1") is bucket(visitor, "2001:db8:0:1:ffff::9")
    assert bucket(visitor, "2001:db8:0:1::1") is not bucket(visitor, "2001:db8:0:2::1")
    assert bucket(ANONYMOUS, "10.0.0.1") is bucket(ANONYMOUS, "10.0.0.2")
    customer = Caller(CallerKind.CUSTOMER, storefront_id=1, customer_external_id="ada")
    assert bucket(customer, "10.0.0.1") is bucket(customer, "10.0.0.2")
