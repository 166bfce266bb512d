"""Signing in and out, and what a stranger learns by trying."""

import pytest
from argon2 import PasswordHasher

from core import accounts
from core.identity import Role
from tests.conftest import FrozenClock
from tests.console.browsing import words
from tests.console.conftest import PASSWORD, Office

EMAIL = "maud@shop.test"


def test_a_member_of_staff_lands_on_the_queue(office: Office) -> None:
    office.hire("maud")

    browser = office.browser().sign_in(EMAIL, PASSWORD)

    assert (browser.answer.status_code, browser.path) == (200, "/console/queue")


def test_the_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(office: Office) -> None:
    office.hire("maud")

    browser = office.browser().sign_in(EMAIL, PASSWORD)

    cookies = browser.answer.history[-1].headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("fidelio_console="))
    assert session.partition("; ")[2] == "HttpOnly; Max-Age=43200; Path=/console; SameSite=lax; Secure"


def test_signing_in_goes_on_to_the_page_that_was_asked_for(office: Office) -> None:
    office.hire("maud")
    browser = office.browser().open("/decisions")

    browser.send("/sign-in?lang=en", email=EMAIL, password=PASSWORD)

    assert browser.path == "/console/decisions"


@pytest.mark.parametrize("elsewhere", ["https://bad.test/", "//bad.test/", "/console//bad.test", "/console/../graphql"])
def test_signing_in_leads_to_no_other_site(office: Office, elsewhere: str) -> None:
    office.hire("maud")
    browser = office.browser().open("/sign-in")

    browser.send("/sign-in?lang=en", email=EMAIL, password=PASSWORD, next=elsewhere)

    assert browser.path == "/console/queue"


def test_an_unknown_address_and_a_wrong_password_are_answered_alike(office: Office) -> None:
    office.hire("maud")

    wrong = office.browser().sign_in(EMAIL, "not the password")
    unknown = office.browser().sign_in("nobody@shop.test", PASSWORD)
    unkeepable = office.browser().sign_in("nobody\x00@shop.test", PASSWORD)

    expected = "This e-mail address and password do not go together. Check both and try again."
    for browser in (wrong, unknown, unkeepable):
        assert browser.answer.status_code == 403
        assert words(browser.page.select_one("#problem")) == expected
        assert "fidelio_console" not in browser.client.cookies


def test_guessing_is_slowed_down_and_forgotten_after_a_while(office: Office, frozen_clock: FrozenClock) -> None:
    office.hire("maud")
    browser = office.browser()
    for _ in range(8):
        browser.sign_in(EMAIL, "not the password")

    assert browser.sign_in(EMAIL, PASSWORD).answer.status_code == 429
    frozen_clock.advance(minutes=16)
    assert browser.sign_in(EMAIL, PASSWORD).path == "/console/queue"


def test_an_account_that_does_not_exist_is_slowed_down_alike(office: Office) -> None:
    browser = office.browser()

    statuses = [browser.sign_in("nobody@shop.test", "a guess at it").answer.status_code for _ in range(9)]

    assert statuses == [403] * 8 + [429]


def test_a_sign_in_form_of_another_browser_opens_nothing(office: Office) -> None:
    office.hire("maud")
    theirs, ours = office.browser().open("/sign-in"), office.browser().open("/sign-in")
    token = str(theirs.page.select_one("[name=form_token]")["value"])  # type: ignore[index]

    ours.send("/sign-in?lang=en", email=EMAIL, password=PASSWORD, form_token=token)

    assert ours.answer.status_code == 403
    assert "fidelio_console" not in ours.client.cookies


def test_signing_out_ends_the_session_for_good(office: Office) -> None:
    browser = office.signed_in("maud", role=Role.ADMIN)
    session = browser.client.cookies["fidelio_console"]

    browser.open("/queue").send("/sign-out")

    assert browser.path.startswith("/console/sign-in")
    stolen = office.browser()
    stolen.client.cookies.set("fidelio_console", session, domain="console.test", path="/console")
    assert stolen.open("/queue").path.startswith("/console/sign-in")


def test_a_session_ends_after_twelve_hours(office: Office, frozen_clock: FrozenClock) -> None:
    browser = office.signed_in()

    frozen_clock.advance(hours=12)

    assert browser.open("/queue").path.startswith("/console/sign-in")


def test_a_password_is_hashed_anew_when_the_parameters_have_changed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=64))
    staff_id = office.hire("maud")
    monkeypatch.undo()

    browser = office.browser().sign_in("maud@shop.test", PASSWORD)

    assert browser.path == "/console/queue"
    with office.database.reading() as session:
        assert not accounts.needs_rehash(session.get_one(accounts.StaffAccount, staff_id))
    assert office.browser().sign_in("maud@shop.test", PASSWORD).path == "/console/queue"
