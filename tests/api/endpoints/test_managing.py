"""Managing webhooks over the API: who may, what each act answers, and that a refusal changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from core.idempotency import IdempotencyKey
from core.identity import Permission, Role
from core.settings import settings
from core.webhooks.tables import EndpointSecret
from tests.api.conftest import Api, Callee
from tests.conftest import FrozenClock
from tests.make import shop, webhooks
from tests.make.webhooks import Answer, Sink, is_signed
from tests.stories.world import react
from worker.courier import Courier

CREATE = """mutation Create($input: CreateWebhookEndpointInput!, $key: String) {
  createWebhookEndpoint(input: $input, idempotencyKey: $key) {
    endpoint { id url state eventTypes secrets { expiresAt } } secret userErrors { code field message } } }"""
ROTATE = """mutation Rotate($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
  endpoint { secrets { expiresAt } } secret userErrors { code } } }"""
UPDATE = """mutation Update($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) {
  endpoint { url eventTypes } userErrors { code field } } }"""
REPLAY = """mutation Replay($input: ReplayWebhookEventsInput!) { replayWebhookEvents(input: $input) {
  endpoint { id } queued continueAfter userErrors { code field } } }"""
REDELIVER = """mutation Again($input: RedeliverWebhookInput!) { redeliverWebhook(input: $input) {
  delivery { id state } userErrors { code } } }"""
DELIVERIES = """query Deliveries($id: ID!, $state: WebhookDeliveryState) { node(id: $id) { ... on WebhookEndpoint {
  state failures deliveries(first: 5, state: $state) { nodes {
    id state nextAttemptAt event { id type timestamp data { __typename ... on WebhookTestEvent { endpointId } } }
    attempts { number outcome status excerpt } } } } } }"""
ALL = "{ webhookEndpoints { nodes { id url state } } }"


def act(callee: Callee, name: str, endpoint_id: str) -> Any:  # noqa: ANN401 - JSON
    """The payload of a mutation whose input is an endpoint alone."""
    kind = name[0].upper() + name[1:]
    thing = {"testWebhookEndpoint": "delivery { id state }", "deleteWebhookEndpoint": "deletedId"}
    asked = thing.get(name, "endpoint { state }")
    document = f"mutation A($i: {kind}Input!) {{ {name}(input: $i) {{ {asked} userErrors {{ code }} }} }}"
    return callee.data(document, i={"endpointId": endpoint_id})[name]


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A receiver that may be sent to."""
    with webhooks.sinks() as (opened,):
        monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", opened.host)
        settings.cache_clear()
        yield opened


@pytest.fixture
def admin(api: Api) -> Callee:
    """Who manages the shop."""
    return api.as_staff(Role.ADMIN)


def created(callee: Callee, url: str, *types: str, key: str | None = None) -> Any:  # noqa: ANN401 - JSON
    return callee.data(CREATE, input={"url": url, "eventTypes": types or ["ORDER_PAID"]}, key=key)[
        "createWebhookEndpoint"
    ]


def test_an_endpoint_is_created_and_its_secret_shown_this_once(admin: Callee) -> None:
    made = created(admin, "https://erp.example/hooks", "ORDER_PAID", "REVIEW_PUBLISHED", "ORDER_PAID")

    assert made["userErrors"] == []
    assert made["endpoint"] == {
        "id": made["endpoint"]["id"],
        "url": "https://erp.example/hooks",
        "state": "ACTIVE",
        "eventTypes": ["ORDER_PAID", "REVIEW_PUBLISHED"],
        "secrets": [{"expiresAt": None}],
    }
    assert made["secret"].startswith("whsec_")
    assert [each["id"] for each in admin.data(ALL)["webhookEndpoints"]["nodes"]] == [made["endpoint"]["id"]]


def test_a_repeat_under_the_same_key_makes_one_endpoint_and_stores_no_secret(api: Api, admin: Callee) -> None:
    first = created(admin, "https://erp.example/hooks", key="once")

    assert created(admin, "https://erp.example/hooks", key="once") == first

    assert len(admin.data(ALL)["webhookEndpoints"]["nodes"]) == 1
    assert first["secret"].removeprefix("whsec_") not in _kept(api)


@pytest.mark.parametrize(
    "url, types, code, field",
    [
        ("http://erp.example/", ["ORDER_PAID"], "HTTPS_REQUIRED", ["url"]),
        ("https://169.254.169.254/", ["ORDER_PAID"], "PRIVATE_TARGET", ["url"]),
        ("https://user:secret@erp.example/", ["ORDER_PAID"], "INVALID_TARGET", ["url"]),
        ("https://erp.example:22/", ["ORDER_PAID"], "PORT_NOT_ALLOWED", ["url"]),
        ("https://erp.example/", [], "NO_EVENT_TYPES", ["eventTypes"]),
    ],
)
def test_a_refused_endpoint_is_not_made(admin: Callee, url: str, types: list[str], code: str, field: list[str]) -> None:
    (error,) = admin.data(CREATE, input={"url": url, "eventTypes": types})["createWebhookEndpoint"]["userErrors"]

    assert (error["code"], error["field"]) == (code, field)
    assert admin.data(ALL)["webhookEndpoints"]["nodes"] == []


def test_a_refusal_is_told_in_the_readers_language(api: Api) -> None:
    chef = api.as_staff(Role.ADMIN, locale="fr")

    (error,) = created(chef, "http://erp.example/")["userErrors"]

    assert error["message"].startswith("L’adresse doit commencer par https://.")


def test_only_who_manages_the_shop_sees_and_changes_webhooks(api: Api, admin: Callee) -> None:
    made = created(admin, "https://erp.example/hooks")["endpoint"]["id"]
    others = [
        api.as_visitor(),
        api.as_customer("ada"),
        *(api.as_staff(role) for role in Role if role is not Role.ADMIN),
        api.as_service(Permission.READ_REVIEWS, Permission.READ_MEMBERS, Permission.MANAGE_LOYALTY),
    ]

    for caller in others:
        assert caller.code(ALL) == "FORBIDDEN"
        assert caller.code(ROTATE, input={"endpointId": made}) == "FORBIDDEN"
        assert caller.data("query ($id: ID!) { node(id: $id) { id } }", id=made)["node"] is None
    assert api.as_nobody().code(ALL) == "UNAUTHENTICATED"
    erp = api.as_service(Permission.MANAGE_SHOP)
    assert [each["id"] for each in erp.data(ALL)["webhookEndpoints"]["nodes"]] == [made]


def test_a_test_arrives_signed_and_its_delivery_tells_what_came_of_it(api: Api, admin: Callee, sink: Sink) -> None:
    made = created(admin, sink.url)
    endpoint_id = made["endpoint"]["id"]
    sink.answers = [Answer(500, body=b"not yet")]

    delivery = act(admin, "testWebhookEndpoint", endpoint_id)["delivery"]
    assert delivery["state"] == "PENDING"
    Courier(api.database).drain()

    (request,) = sink.received
    assert is_signed(request, made["secret"])
    shown = admin.data(DELIVERIES, id=endpoint_id)["node"]
    (node,) = shown["deliveries"]["nodes"]
    assert (shown["failures"], node["id"], node["state"]) == (1, delivery["id"], "PENDING")
    assert node["nextAttemptAt"] is not None
    assert node["attempts"] == [{"number": 1, "outcome": "ANSWERED", "status": 500, "excerpt": "not yet"}]
    data = node["event"]["data"]
    assert data.pop("__typename") == "WebhookTestEvent"
    assert request.json == {**node["event"], "data": {"endpointId": endpoint_id}}


def test_a_rotation_shows_a_new_secret_and_both_sign_for_a_while(api: Api, admin: Callee, sink: Sink) -> None:
    made = created(admin, sink.url)
    endpoint_id = made["endpoint"]["id"]

    rotated = admin.data(ROTATE, input={"endpointId": endpoint_id})["rotateWebhookSecret"]
    act(admin, "testWebhookEndpoint", endpoint_id)
    Courier(api.database).drain()

    assert rotated["userErrors"] == []
    assert [each["expiresAt"] is None for each in rotated["endpoint"]["secrets"]] == [True, False]
    assert all(is_signed(sink.received[0], secret) for secret in (made["secret"], rotated["secret"]))


def test_pausing_resuming_updating_and_deleting(admin: Callee) -> None:
    endpoint_id = created(admin, "https://erp.example/hooks")["endpoint"]["id"]

    assert act(admin, "resumeWebhookEndpoint", endpoint_id)["userErrors"] == [{"code": "ENDPOINT_ALREADY_ACTIVE"}]
    assert act(admin, "pauseWebhookEndpoint", endpoint_id)["endpoint"] == {"state": "PAUSED"}
    assert act(admin, "testWebhookEndpoint", endpoint_id)["userErrors"] == [{"code": "ENDPOINT_NOT_ACTIVE"}]
    assert act(admin, "resumeWebhookEndpoint", endpoint_id)["endpoint"] == {"state": "ACTIVE"}
    changed = admin.data(UPDATE, input={"endpointId": endpoint_id, "eventTypes": ["MEMBER_JOINED"]})
    assert changed["updateWebhookEndpoint"] == {
        "endpoint": {"url": "https://erp.example/hooks", "eventTypes": ["MEMBER_JOINED"]},
        "userErrors": [],
    }
    assert act(admin, "deleteWebhookEndpoint", endpoint_id) == {"deletedId": endpoint_id, "userErrors": []}
    assert act(admin, "deleteWebhookEndpoint", endpoint_id)["userErrors"] == [{"code": "ENDPOINT_NOT_FOUND"}]
    assert admin.data(ALL)["webhookEndpoints"]["nodes"] == []


def test_a_dead_letter_is_listed_and_delivered_again(
    api: Api, admin: Callee, sink: Sink, frozen_clock: FrozenClock
) -> None:
    endpoint_id = created(admin, sink.url)["endpoint"]["id"]
    act(admin, "testWebhookEndpoint", endpoint_id)
    sink.answer = Answer(500)
    for _ in range(10):
        Courier(api.database).drain()
        frozen_clock.advance(hours=29)
    admin = api.as_staff(Role.ADMIN)
    (dead,) = admin.data(DELIVERIES, id=endpoint_id, state="DEAD")["node"]["deliveries"]["nodes"]
    assert (dead["state"], dead["nextAttemptAt"], len(dead["attempts"])) == ("DEAD", None, 10)

    again = admin.data(REDELIVER, input={"deliveryId": dead["id"]})["redeliverWebhook"]

    assert again == {"delivery": {"id": dead["id"], "state": "PENDING"}, "userErrors": []}
    assert admin.data(REDELIVER, input={"deliveryId": dead["id"]})["redeliverWebhook"]["userErrors"] == [
        {"code": "DELIVERY_PENDING"}
    ]
    assert admin.data(DELIVERIES, id=endpoint_id, state="DEAD")["node"]["deliveries"]["nodes"] == []


def test_a_replay_reaches_an_endpoint_that_came_later(
    api: Api, admin: Callee, sink: Sink, frozen_clock: FrozenClock
) -> None:
    api.database.writing(lambda session: shop.order(session, storefront_id=api.storefront.id, customer="ada"))
    react(api.database)
    frozen_clock.advance(minutes=5)
    endpoint_id = created(admin, sink.url)["endpoint"]["id"]
    wanted = {"endpointId": endpoint_id, "since": "2026-03-02T12:00:00Z", "until": "2026-03-02T12:01:00Z"}

    replayed = admin.data(REPLAY, input=wanted)["replayWebhookEvents"]
    Courier(api.database).drain()

    assert replayed == {"endpoint": {"id": endpoint_id}, "queued": 1, "continueAfter": None, "userErrors": []}
    assert [request.json["type"] for request in sink.received] == ["order.paid"]
    others = {**wanted, "eventTypes": ["MEMBER_JOINED"]}
    assert admin.data(REPLAY, input=others)["replayWebhookEvents"]["queued"] == 0
    backwards = {**wanted, "until": "2026-03-01T12:00:00Z"}
    assert admin.data(REPLAY, input=backwards)["replayWebhookEvents"]["userErrors"] == [
        {"code": "INVALID_RANGE", "field": ["since"]}
    ]


def test_a_page_of_deliveries_asks_as_many_statements_for_one_as_for_many(
    api: Api,
    admin: Callee,
    sink: Sink,
    statements: Any,  # noqa: ANN401 - a context manager
) -> None:
    endpoint_id = created(admin, sink.url)["endpoint"]["id"]
    act(admin, "testWebhookEndpoint", endpoint_id)
    Courier(api.database).drain()
    with statements() as for_one:
        admin.data(DELIVERIES, id=endpoint_id)
    for _ in range(4):
        act(admin, "testWebhookEndpoint", endpoint_id)
    Courier(api.database).drain()

    with statements() as for_five:
        assert len(admin.data(DELIVERIES, id=endpoint_id)["node"]["deliveries"]["nodes"]) == 5

    assert len(for_five) == len(for_one)


def _kept(api: Api) -> str:
    with api.database.reading() as session:
        answers = session.exec(select(IdempotencyKey.answer)).all()
        return repr([*answers, *(row.model_dump() for row in session.exec(select(EndpointSecret)))])
