"""A stream lives only as long as its caller may listen: what ends it, within which time, and with which code."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, delete, update

from core import accounts, customer_tokens
from core.accounts import ServiceKey, StaffCredential
from core.customer_tokens import CustomerClaims
from core.identity import Permission
from shop.tables import Storefront
from tests.api.conftest import Callee
from tests.api.streams.conftest import Live
from tests.loyalty.sums import only
from tests.worker.world import wait_until

QUEUE = "subscription { moderationQueueChanged { change } }"
PUBLISHED = "subscription { reviewPublished { review { id } } }"
BALANCE = "subscription { balanceChanged { entry { points } } }"


def end_of(live: Live, caller: Callee, document: str, act: Callable[[], object]) -> list[str]:
    """The codes that the stream ends with, over events, after `act`."""
    with live.events(caller, document) as events:
        wait_until(lambda: live.app.state.feed.listeners == 1)
        act()
        last: dict[str, Any] = next(events)
        assert "data" not in last
        assert list(events) == []
    wait_until(live.is_idle)
    return [each["extensions"]["code"] for each in last["errors"]]


def test_a_staff_session_that_is_signed_out_ends_its_streams(live: Live) -> None:
    staff = live.as_staff()

    assert end_of(live, staff, QUEUE, lambda: live.database.writing(_sign_out)) == ["UNAUTHENTICATED"]


def test_a_member_of_staff_who_is_deactivated_loses_their_streams(live: Live) -> None:
    staff = live.as_staff()

    def deactivate(session: Session) -> None:
        assert accounts.deactivate(session, "staff1@example.com") is not None

    assert end_of(live, staff, QUEUE, lambda: live.database.writing(deactivate)) == ["UNAUTHENTICATED"]


def test_a_service_key_that_is_revoked_ends_its_streams(live: Live) -> None:
    service = live.as_service(Permission.READ_PUBLIC)

    def revoke(session: Session) -> None:
        assert accounts.revoke_service_key(session, only(session, ServiceKey).id)

    assert end_of(live, service, PUBLISHED, lambda: live.database.writing(revoke)) == ["UNAUTHENTICATED"]


def test_a_token_that_expires_ends_its_streams(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    # without the leeway that clocks are given
    monkeypatch.setattr(customer_tokens, "_LEEWAY", timedelta(0))
    shop, claims = live.storefront, CustomerClaims("ada", None, None, None)
    token = customer_tokens.mint(claims, secret=shop.customer_secret, audience=shop.handle, life=timedelta(seconds=2))
    ada = Callee(live.client, {**live.as_visitor().headers, "Authorization": f"Bearer {token}"})

    assert end_of(live, ada, BALANCE, lambda: None) == ["UNAUTHENTICATED"]


def test_a_storefront_whose_key_has_changed_ends_its_visitors_streams(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api import callers

    monkeypatch.setattr(callers, "_KEY_SECONDS", 0.1)

    def change(session: Session) -> None:
        session.execute(update(Storefront).values(publishable_key="pk_another"))

    assert end_of(live, live.as_visitor(), PUBLISHED, lambda: live.database.writing(change)) == ["UNAUTHENTICATED"]


def test_over_a_socket_the_stream_ends_and_nothing_else_runs_for_who_is_gone(live: Live) -> None:
    with live.socket(live.as_staff()) as socket:
        socket.subscribe(QUEUE)
        wait_until(lambda: live.app.state.feed.listeners == 1)
        live.database.writing(_sign_out)
        last, complete = socket.next(), socket.next()
        socket.subscribe("{ viewer { kind } }", name="2")
        refused = socket.next()

    assert last["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert complete == {"id": "1", "type": "complete"}
    assert refused["type"] == "error"
    assert refused["payload"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def _sign_out(session: Session) -> None:
    session.execute(delete(StaffCredential))
