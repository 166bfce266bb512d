"""Making and changing endpoints: what is refused changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from core.refusal import Refusal
from core.webhooks import endpoints, signing
from core.webhooks.endpoints import EndpointDraft
from core.webhooks.queries import endpoints as queries
from core.webhooks.refusals import WebhookRefusal
from core.webhooks.tables import EndpointSecret, EndpointState, WebhookEndpoint
from tests.conftest import FrozenClock

URL = "https://shop.example/hooks"


def made(session: Session) -> int:
    secret = endpoints.create(session, url=URL, event_types=["b.told", "a.told", "b.told"])
    assert isinstance(secret, EndpointSecret)
    return secret.endpoint_id


def test_a_new_endpoint_is_active_and_has_one_secret(session: Session, frozen_clock: FrozenClock) -> None:
    endpoint = session.get_one(WebhookEndpoint, made(session))

    assert (endpoint.url, endpoint.event_types, endpoint.state) == (URL, ["a.told", "b.told"], EndpointState.ACTIVE)
    assert len(queries.secrets(session, [endpoint.id], frozen_clock.advance())[endpoint.id]) == 1


def test_a_secret_has_the_form_of_the_specification_and_no_two_are_alike(session: Session) -> None:
    first = endpoints.create(session, url=URL, event_types=["a.told"])
    second = endpoints.create(session, url=URL, event_types=["a.told"])
    assert isinstance(first, EndpointSecret)
    assert isinstance(second, EndpointSecret)

    assert signing.shown(first).startswith("whsec_")
    assert len(signing.shown(first)) == len("whsec_") + 44
    assert signing.shown(first) != signing.shown(second)
    assert signing.shown(first).removeprefix("whsec_") not in repr(first)


@pytest.mark.parametrize(
    "url, event_types, code",
    [
        ("http://shop.example/", ["a.told"], WebhookRefusal.HTTPS_REQUIRED),
        ("https://127.0.0.1/", ["a.told"], WebhookRefusal.PRIVATE_TARGET),
        ("nowhere", ["a.told"], WebhookRefusal.INVALID_TARGET),
        (URL, [], WebhookRefusal.NO_EVENT_TYPES),
    ],
)
def test_a_refused_endpoint_is_not_made(
    session: Session, url: str, event_types: list[str], code: WebhookRefusal
) -> None:
    refused = endpoints.create(session, url=url, event_types=event_types)

    assert isinstance(refused, Refusal)
    assert refused.code is code
    assert queries.count(session) == 0


def test_there_are_at_most_twenty(session: Session) -> None:
    for _ in range(endpoints.MAX_ENDPOINTS):
        made(session)

    assert endpoints.create(session, url=URL, event_types=["a.told"]) == Refusal(
        WebhookRefusal.TOO_MANY_ENDPOINTS, (), {"most": 20}
    )
    assert queries.count(session) == 20


def test_an_update_changes_what_it_names_alone(session: Session) -> None:
    endpoint_id = made(session)

    endpoints.update(session, endpoint_id, EndpointDraft(event_types=("c.told",)))
    endpoints.update(session, endpoint_id, EndpointDraft(url="https://other.example/"))

    endpoint = session.get_one(WebhookEndpoint, endpoint_id)
    assert (endpoint.url, endpoint.event_types) == ("https://other.example/", ["c.told"])


def test_a_refused_update_changes_nothing(session: Session) -> None:
    endpoint_id = made(session)

    refused = endpoints.update(session, endpoint_id, EndpointDraft(url="http://10.0.0.1/", event_types=("c.told",)))

    assert refused == Refusal(WebhookRefusal.HTTPS_REQUIRED, ("url",))
    endpoint = session.get_one(WebhookEndpoint, endpoint_id)
    assert (endpoint.url, endpoint.event_types) == (URL, ["a.told", "b.told"])


def test_a_rotation_without_overlap_ends_every_former_secret_at_once(
    session: Session, frozen_clock: FrozenClock
) -> None:
    endpoint_id = made(session)
    endpoints.rotate(session, endpoint_id, overlap_hours=24)

    newest = endpoints.rotate(session, endpoint_id, overlap_hours=0)

    assert isinstance(newest, EndpointSecret)
    assert queries.secrets(session, [endpoint_id], frozen_clock.advance())[endpoint_id] == [newest]


def test_a_later_rotation_never_lengthens_the_life_of_a_former_secret(
    session: Session, frozen_clock: FrozenClock
) -> None:
    endpoint_id = made(session)
    endpoints.rotate(session, endpoint_id, overlap_hours=1)
    endpoints.rotate(session, endpoint_id, overlap_hours=100)

    after_an_hour = frozen_clock.advance() + timedelta(hours=1)

    assert [each.number for each in queries.secrets(session, [endpoint_id], after_an_hour)[endpoint_id]] == [3, 2]


def test_five_secrets_sign_at_most(session: Session) -> None:
    endpoint_id = made(session)
    for _ in range(4):
        assert isinstance(endpoints.rotate(session, endpoint_id, overlap_hours=168), EndpointSecret)

    assert endpoints.rotate(session, endpoint_id, overlap_hours=168) == Refusal(
        WebhookRefusal.TOO_MANY_SECRETS, (), {"most": 5}
    )
    assert queries.last_number(session, endpoint_id) == 5


@pytest.mark.parametrize("hours", [-1, 169])
def test_an_overlap_lasts_a_week_at_most(session: Session, hours: int) -> None:
    refused = endpoints.rotate(session, made(session), overlap_hours=hours)

    assert refused == Refusal(WebhookRefusal.INVALID_OVERLAP, ("overlapHours",), {"most": 168})


def test_what_is_paused_cannot_be_paused_and_what_is_active_cannot_be_resumed(session: Session) -> None:
    endpoint_id = made(session)

    assert endpoints.resume(session, endpoint_id) == Refusal(WebhookRefusal.ENDPOINT_ALREADY_ACTIVE, ("endpointId",))
    assert endpoints.pause(session, endpoint_id) == endpoint_id
    assert endpoints.pause(session, endpoint_id) == Refusal(WebhookRefusal.ENDPOINT_NOT_ACTIVE, ("endpointId",))
    assert endpoints.resume(session, endpoint_id) == endpoint_id


@pytest.mark.parametrize(
    "act",
    [
        lambda session: endpoints.update(session, 1, EndpointDraft(url=URL)),
        lambda session: endpoints.rotate(session, 1, overlap_hours=1),
        lambda session: endpoints.pause(session, 1),
        lambda session: endpoints.resume(session, 1),
        lambda session: endpoints.remove(session, 1),
    ],
)
def test_what_is_not_there_is_refused(session: Session, act: Callable[[Session], object]) -> None:
    assert act(session) == Refusal(WebhookRefusal.ENDPOINT_NOT_FOUND, ("endpointId",))
