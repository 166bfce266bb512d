"""Webhooks in the console: how endpoints fare, and sending again, for those who manage the shop alone."""

import pytest
from playwright.sync_api import sync_playwright

from core.identity import Role
from core.webhooks import endpoints, sending
from core.webhooks.sending import Exchange
from core.webhooks.tables import AttemptOutcome, DeliveryState, DisabledReason, EndpointState, WebhookEndpoint
from tests.conftest import FrozenClock
from tests.console.browsing import Browser, words
from tests.console.conftest import PASSWORD, Office
from tests.console.test_browser import address
from tests.make import shop, webhooks
from tests.make.webhooks import deliveries_of, endpoint_of
from worker.reactions import REACTIONS
from worker.runner import Worker

__all__ = ["address"]

URL = "https://erp.example/hooks/with/a/rather/long/path/that/has/to/be/broken/on/a/telephone"


def try_all(office: Office, endpoint_id: int, *, status: int) -> None:
    """An attempt of all that is due, answered with this status."""
    lease = office.database.writing(lambda session: sending.take(session, endpoint_id))
    assert lease is not None
    while parcel := office.database.writing(lambda session: sending.next_parcel(session, endpoint_id, lease)):
        told = Exchange(
            at=parcel.secrets[0].created_at,
            milliseconds=9,
            outcome=AttemptOutcome.ANSWERED,
            status=status,
            excerpt="<b>not now</b>",
        )
        office.database.writing(lambda session, sent=parcel, came=told: sending.record(session, sent, came))  # type: ignore[misc]
    office.database.writing(lambda session: sending.give_back(session, endpoint_id, lease))


def dead_letter(office: Office, frozen_clock: FrozenClock) -> int:
    """An endpoint with one delivery that was given up on."""
    endpoint_id, _ = webhooks.endpoint(office.database, URL, "order.paid")
    webhooks.message(office.database, type="order.paid")
    for _ in range(10):
        try_all(office, endpoint_id, status=500)
        frozen_clock.advance(hours=29)
    return endpoint_id


def at(office: Office, page: str, *, locale: str = "en") -> Browser:
    return office.signed_in("root", role=Role.ADMIN, locale=locale).open(page)


def test_the_list_shows_how_each_endpoint_fares(office: Office, frozen_clock: FrozenClock) -> None:
    endpoint_id = dead_letter(office, frozen_clock)
    office.database.writing(
        lambda session: endpoints.disable(
            session, session.get_one(WebhookEndpoint, endpoint_id), DisabledReason.FAILING
        )
    )

    browser = at(office, "/webhooks")

    said = words(browser.page.select_one(".row"))
    assert URL in said
    assert "Disabled" in said
    assert "0 wait · 1 dead letter" in said
    assert "The platform gave up after five days of nothing but failures" in said


def test_without_endpoints_the_page_says_how_to_make_one(office: Office) -> None:
    assert "fidelio webhooks create" in words(at(office, "/webhooks").page.main)


def test_a_dead_letter_is_sent_again(office: Office, frozen_clock: FrozenClock) -> None:
    endpoint_id = dead_letter(office, frozen_clock)
    browser = at(office, f"/webhooks/{endpoint_id}?state=DEAD")
    assert "10 attempts" in words(browser.page.select_one(".row"))
    assert "<b>not now</b>" in words(browser.page.select_one(".row q")), "an answer is shown as text"

    browser.send("/redeliver")

    assert browser.message == "It is sent again, under the same id."
    assert [each.state for each in deliveries_of(office.database, endpoint_id)] == [DeliveryState.PENDING]
    assert not browser.has_form("/redeliver")


def test_an_endpoint_is_paused_resumed_and_tried(office: Office) -> None:
    endpoint_id, _ = webhooks.endpoint(office.database, URL)
    browser = at(office, f"/webhooks/{endpoint_id}")

    browser.send("/test")
    assert browser.message == "A test is on its way. Load the page again to see what came of it."
    assert "webhook.test" in words(browser.page.select_one(".row"))
    browser.send("/pause")
    assert endpoint_of(office.database, endpoint_id).state is EndpointState.PAUSED
    assert not browser.has_form("/replay")
    browser.send("/resume")
    assert endpoint_of(office.database, endpoint_id).state is EndpointState.ACTIVE


def test_a_time_range_is_sent_again(office: Office, frozen_clock: FrozenClock) -> None:
    office.given(lambda session: shop.order(session, customer="ada"))
    Worker(office.database, REACTIONS).drain()
    frozen_clock.advance(hours=1)
    endpoint_id, _ = webhooks.endpoint(office.database, URL, "order.paid")
    browser = at(office, f"/webhooks/{endpoint_id}")

    browser.send("/replay", since="2026-03-02T12:00", until="2026-03-02T12:30")
    assert browser.message == "1 event is on its way."
    browser.send("/replay", since="2026-03-02T12:30", until="2026-03-02T12:00")
    assert browser.message.startswith("The range must begin before it ends.")
    browser.send("/replay", since="", until="soon")
    assert browser.message == "Give both instants of the range."
    assert len(deliveries_of(office.database, endpoint_id)) == 1


def test_it_speaks_french(office: Office, frozen_clock: FrozenClock) -> None:
    endpoint_id = dead_letter(office, frozen_clock)

    said = words(at(office, f"/webhooks/{endpoint_id}", locale="fr").page.main)

    assert "Abandonné" in said
    assert "10 tentatives" in said
    assert "10 échecs de suite, depuis le" in said


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
@pytest.mark.parametrize("act", ["pause", "resume", "test", "replay", "redeliver"])
def test_others_neither_see_nor_change_anything(office: Office, role: Role, act: str) -> None:
    endpoint_id, _ = webhooks.endpoint(office.database, URL)
    browser = office.signed_in(role=role)
    token = str(browser.page.select_one("[name=form_token]")["value"])  # type: ignore[index]

    assert browser.open("/webhooks").answer.status_code == 403
    assert browser.open(f"/webhooks/{endpoint_id}").answer.status_code == 403
    answer = browser.client.post(f"/console/webhooks/{endpoint_id}/{act}", data={"form_token": token})

    assert answer.status_code == 403
    assert endpoint_of(office.database, endpoint_id).state is EndpointState.ACTIVE
    assert deliveries_of(office.database, endpoint_id) == []


def test_what_is_not_there_is_not_found(office: Office) -> None:
    browser = at(office, "/webhooks/1")

    assert browser.answer.status_code == 404
    assert browser.open("/webhooks?before=x").answer.status_code == 200


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_fit_a_desk_and_a_telephone(
    office: Office, frozen_clock: FrozenClock, address: str, chromium: str, width: int
) -> None:
    endpoint_id = dead_letter(office, frozen_clock)
    office.hire("root", role=Role.ADMIN)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 780}, locale="en-GB")
        page.goto(f"{address}/webhooks")
        page.get_by_label("E-mail address").fill("root@shop.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/webhooks")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.goto(f"{address}/webhooks/{endpoint_id}")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.get_by_role("button", name="Deliver again").click()
        assert page.get_by_role("status").inner_text() == "It is sent again, under the same id."
        browser.close()
    assert deliveries_of(office.database, endpoint_id)[0].state is DeliveryState.PENDING
