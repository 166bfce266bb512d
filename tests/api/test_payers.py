"""Whose bucket a request spends from: nobody can empty another's, and no address alone decides."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.app import create_app
from core.db import Database
from core.identity import Permission, Role
from core.settings import Settings, settings
from shop import rotation
from tests.api.attacks.lines import listening
from tests.api.conftest import Api, Callee, make_storefront
from tests.conftest import FrozenClock

ALLOWED: dict[str, object] = {
    "anonymous_allowance": (10, 1),
    "visitor_allowance": (10, 1),
    "customer_allowance": (10, 1),
    "staff_allowance": (10, 1),
    "service_allowance": (10, 1),
}


class Town:
    """One server, asked from several addresses."""

    def __init__(self, app: Starlette, api: Api, running: ExitStack) -> None:
        self.app = app
        self.api = api
        self._running = running

    def sent(self, caller: Callee, *, address: str = "10.0.0.1", **headers: str) -> Callee:
        """This caller, at that address."""
        client = self._running.enter_context(TestClient(self.app, client=(address, 1)))
        return Callee(client, {**caller.headers, **headers})


@pytest.fixture
def town(database: Database, frozen_clock: FrozenClock) -> Iterator[Town]:
    """Where every caller may spend ten, in a time that stands still."""
    app = create_app(database, Settings.model_validate({**settings().model_dump(), **ALLOWED}))
    with ExitStack() as running:
        client = running.enter_context(TestClient(app))
        yield Town(app, Api(client, database, make_storefront(database, "main")), running)


def empty(caller: Callee) -> None:
    """Spend all there is."""
    for _ in range(20):
        caller.run("{ __typename }")
    assert is_empty(caller)


def is_empty(caller: Callee) -> bool:
    """Whether the caller can ask for nothing more."""
    answer = caller.run("{ __typename }")
    codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
    assert codes in ([], ["THROTTLED"])
    return codes == ["THROTTLED"]


def test_two_storefronts_at_one_address_do_not_share(town: Town) -> None:
    other = make_storefront(town.api.database, "other")

    empty(town.sent(town.api.as_visitor()))

    assert not is_empty(town.sent(town.api.as_visitor(other)))
    assert not is_empty(town.sent(town.api.as_customer("ada")))


def test_a_customer_is_one_from_wherever_they_ask_and_with_every_token(town: Town) -> None:
    empty(town.sent(town.api.as_customer("ada"), address="10.0.0.1"))

    for number in range(2, 6):
        assert is_empty(town.sent(town.api.as_customer("ada", first_name=f"A{number}"), address=f"10.0.0.{number}"))
    assert not is_empty(town.sent(town.api.as_customer("grace"), address="10.0.0.1"))


def test_a_visitor_gets_no_new_bucket_with_a_new_key(town: Town) -> None:
    empty(town.sent(town.api.as_visitor()))

    town.api.database.writing(lambda session: rotation.rotate_key(session, town.api.storefront.id, overlap_hours=1))
    renewed = town.sent(town.api.as_visitor())

    assert is_empty(renewed)


def test_a_server_that_renders_names_its_buyers_behind_one_address(town: Town) -> None:
    service = town.api.as_service(Permission.READ_PUBLIC)
    empty(town.sent(service, **{"Fidelio-Buyer": "buyer 0"}))

    for number in range(1, 20):
        assert not is_empty(town.sent(service, **{"Fidelio-Buyer": f"buyer {number}"}))
    # from another of its machines the buyer is the same
    assert is_empty(town.sent(service, address="10.0.0.9", **{"Fidelio-Buyer": "buyer 0"}))
    assert not is_empty(town.sent(service))


Someone = Callable[[Api], Callee]
OTHERS: dict[str, Someone] = {
    "nobody": lambda api: api.as_nobody(),
    "a visitor": lambda api: api.as_visitor(),
    "a customer": lambda api: api.as_customer("ada"),
    "staff": lambda api: api.as_staff(Role.MODERATOR),
}


@pytest.mark.parametrize("someone", OTHERS.values(), ids=OTHERS.keys())
def test_only_a_service_key_names_a_buyer(town: Town, someone: Someone) -> None:
    caller = someone(town.api)
    empty(town.sent(caller))

    assert is_empty(town.sent(caller, **{"Fidelio-Buyer": "somebody new", "X-Forwarded-For": "10.9.9.9"}))


def test_a_socket_spends_from_the_same_bucket(town: Town) -> None:
    visitor = town.sent(town.api.as_visitor())
    shown = {"storefrontKey": town.api.storefront.publishable_key}

    with visitor.client.websocket_connect("/graphql", subprotocols=["graphql-transport-ws"]) as socket:
        socket.send_json({"type": "connection_init", "payload": shown})
        assert socket.receive_json()["type"] == "connection_ack"
        for number in range(10):
            socket.send_json({"type": "subscribe", "id": str(number), "payload": {"query": "{ __typename }"}})
            assert [socket.receive_json()["type"] for _ in range(2)] == ["next", "complete"]

        assert is_empty(visitor)
        socket.send_json(
            {"type": "subscribe", "id": "s", "payload": {"query": "subscription { reviewPublished { review { id } } }"}}
        )
        refused = socket.receive_json()
    assert refused["payload"][0]["extensions"]["code"] == "THROTTLED"


def test_each_process_counts_for_itself(town: Town) -> None:
    """As docs/fair-use.md says: two processes allow twice as much."""
    empty(town.sent(town.api.as_customer("ada")))

    chosen = Settings.model_validate({**settings().model_dump(), **ALLOWED})
    with TestClient(create_app(town.api.database, chosen)) as second:
        assert not is_empty(Callee(second, town.api.as_customer("ada").headers))


@pytest.mark.parametrize("trusted, is_shared", [("127.0.0.1", False), ("10.9.9.9", True)])
def test_an_address_is_believed_of_a_known_proxy_alone(
    *, town: Town, trusted: str, is_shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", trusted)
    visitor = town.api.as_visitor().headers

    def codes(port: int, address: str) -> list[str]:
        headers = {**visitor, "X-Forwarded-For": address}
        answer = httpx2.post(f"http://127.0.0.1:{port}/graphql", json={"query": "{ __typename }"}, headers=headers)
        return [error["extensions"]["code"] for error in answer.json().get("errors", [])]

    with listening(town.app) as port:
        first = [codes(port, "10.1.1.1") for _ in range(20)]
        assert first[-1] == ["THROTTLED"]
        assert codes(port, "10.2.2.2") == (["THROTTLED"] if is_shared else [])
