"""What is told outside: every event of the house, as the contract declares it, and nothing about a person."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLUnionType,
)

from api.endpoints.event_types import DATA_TYPES, WebhookEvent
from api.schema import build_schema
from core.db import Database
from core.ids import from_public
from core.outbox import EventName
from core.settings import settings
from core.webhooks.events import WebhookEvent as WebhookEventName
from loyalty.events import LoyaltyEvent
from publishing.events import CoverageEvent
from publishing.outward.events import BY_SOURCE, EVENTS, OutwardEvent
from shop.events import ShopEvent
from tests.make import happenings, shop, webhooks
from tests.make.webhooks import Sink
from ugc.events import PhotoEvent, ReviewEvent
from worker.courier import Courier
from worker.reactions import REACTIONS
from worker.runner import Worker

TYPES = build_schema()._schema.type_map
SOURCES: tuple[type[EventName], ...] = (
    ShopEvent,
    ReviewEvent,
    PhotoEvent,
    LoyaltyEvent,
    CoverageEvent,
    WebhookEventName,
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A receiver that may be sent to."""
    with webhooks.sinks() as (opened,):
        monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", opened.host)
        settings.cache_clear()
        yield opened


@pytest.fixture
def received(database: Database, sink: Sink) -> list[webhooks.Received]:
    """What an endpoint that subscribes to everything is sent when everything happens."""
    webhooks.endpoint(database, sink.url, *(name.value for name in OutwardEvent))
    database.writing(happenings.everything)
    Worker(database, REACTIONS).drain()
    while Courier(database).drain():
        pass
    return sink.received


def test_every_event_of_the_house_is_told_outside_under_a_name_of_its_own() -> None:
    assert set(BY_SOURCE) == {name.value for source in SOURCES for name in source}
    assert list(EVENTS) == list(OutwardEvent)
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", name.value) for name in OutwardEvent)
    assert all(name.name == name.value.replace(".", "_").upper() for name in OutwardEvent)


def test_the_contract_has_a_type_for_the_data_of_each() -> None:
    union = TYPES["WebhookEventData"]
    assert isinstance(union, GraphQLUnionType)

    assert {kind.name for kind in union.types} == {kind.__name__ for kind in DATA_TYPES.values()}
    assert len(union.types) == len(OutwardEvent) + 1, "and one for tests"


def test_each_body_is_what_the_contract_declares_field_by_field(received: list[webhooks.Received]) -> None:
    assert {request.json["type"] for request in received} == {name.value for name in OutwardEvent}
    for request in received:
        told = request.json
        data = TYPES[DATA_TYPES[told["type"]].__name__]
        _assert_is(TYPES["WebhookEvent"], {**told, "data": None}, but={"data"})
        _assert_is(data, told["data"])
        assert told["id"] == request.id
        shown = WebhookEvent.of(request.body.decode())
        assert (shown.id, shown.type) == (told["id"], told["type"])


def test_no_body_says_anything_about_a_person(received: list[webhooks.Received]) -> None:
    said = " ".join(request.body.decode() for request in received).lower()

    assert [word for word in happenings.PERSONAL if word.lower() in _without_ids(said)] == []
    assert "@" not in said
    assert not _codes_of_rewards(received)


def test_a_changed_product_names_its_familys_pages(database: Database, sink: Sink) -> None:
    webhooks.endpoint(database, sink.url, "product.changed")
    database.writing(happenings.everything)
    Worker(database, REACTIONS).drain()
    Courier(database).drain()
    Courier(database).drain()

    about_family = [
        told["data"] for told in (each.json for each in sink.received) if len(told["data"]["productIds"]) == 2
    ]
    assert about_family
    for data in about_family:
        numbers = [from_public(each) for each in data["productIds"]]
        assert data["productId"] in data["productIds"]
        assert {f"product-{found[1]}" for found in numbers if found} <= set(data["surrogateKeys"])


def test_events_of_one_thing_are_sent_in_the_order_in_which_they_happened(received: list[webhooks.Received]) -> None:
    order = [each.json["type"] for each in received if each.json["type"].startswith("order.")]

    assert order == ["order.paid", "order.refunded", "order.changed", "order.cancelled"]


def test_what_nobody_subscribes_to_is_not_kept(database: Database, sink: Sink) -> None:
    endpoint_id, _ = webhooks.endpoint(database, sink.url, "member.joined")
    database.writing(lambda session: shop.order(session, customer="ada"))
    Worker(database, REACTIONS).drain()

    assert webhooks.deliveries_of(database, endpoint_id) == []


def _assert_is(kind: Any, told: dict[str, Any], *, but: frozenset[str] | set[str] = frozenset()) -> None:  # noqa: ANN401
    assert isinstance(kind, GraphQLObjectType)
    assert told.keys() == kind.fields.keys(), kind.name
    for name in kind.fields.keys() - but:
        assert _fits(kind.fields[name].type, told[name]), f"{kind.name}.{name}: {told[name]!r}"


def _fits(kind: GraphQLOutputType, value: object) -> bool:
    if isinstance(kind, GraphQLNonNull):
        return value is not None and _fits(kind.of_type, value)
    if value is None:
        return True
    if isinstance(kind, GraphQLList):
        return isinstance(value, list) and all(_fits(kind.of_type, each) for each in value)
    if isinstance(kind, GraphQLEnumType):
        return value in kind.values
    return _is_scalar(str(kind), value)


def _is_scalar(name: str, value: object) -> bool:
    if name == "Int":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "Boolean":
        return isinstance(value, bool)
    if name == "ID":
        return isinstance(value, str) and from_public(value) is not None
    if name == "DateTime":
        return isinstance(value, str) and bool(_INSTANT.fullmatch(value) and datetime.fromisoformat(value))
    return name == "String" and isinstance(value, str)


def _without_ids(said: str) -> str:
    # base64 may spell anything
    return re.sub(r'"[a-z0-9+/=]{16,}"', '""', said)


def _codes_of_rewards(received: list[webhooks.Received]) -> list[dict[str, Any]]:
    redeemed = [each.json["data"] for each in received if each.json["type"] == "reward.redeemed"]
    return [data for data in redeemed if data.keys() != {"membershipId", "redemptionId", "rewardId"}]
