"""The queue of referrals in the console: what speaks against each, and a decision that can be taken back."""

import pytest
from playwright.sync_api import sync_playwright
from sqlmodel import Session

from core.identity import ROLE_PERMISSIONS, Permission, Role
from loyalty.referral_traces import Shown
from loyalty.tables import Referral, ReferralStage
from tests.console.browsing import words
from tests.console.conftest import PASSWORD, Office
from tests.console.test_browser import address
from tests.make import loyalty as make
from tests.make import shop
from tests.make.referrals import Pair

__all__ = ["address"]

OUTSIDERS = [role for role in Role if Permission.READ_MEMBERS not in ROLE_PERMISSIONS[role]]


def flagged(session: Session) -> int:
    """Ana and Ben on one tablet."""
    tablet = Shown(device="tablet-1")
    pair = Pair(session, shown=tablet)
    referral_id = shop.accepted(pair.accept(shown=tablet))
    make.spent(session, 30, customer="ben")
    return referral_id


def stage(office: Office, referral_id: int) -> ReferralStage:
    with office.database.reading() as session:
        return session.get_one(Referral, referral_id).stage


def test_a_referral_is_read_approved_and_taken_back(office: Office) -> None:
    referral_id = office.given(flagged)
    browser = office.signed_in(role=Role.MARKETER).open("/referrals")
    place = f"/referrals/{referral_id}"
    listed = words(browser.page.select_one(".row"))

    browser.open(place)
    signals = words(browser.page.select_one("#signals ~ ul"))
    browser.send(place, reason="A family", verdict="APPROVE")

    assert "Score 60" in listed
    assert "Same device" in listed
    assert signals == "Same device +60"
    assert (browser.message, stage(office, referral_id)) == (
        "Approved: it is rewarded once its hold is over.",
        ReferralStage.REWARDED,
    )
    browser.open(place).send(place, reason="On second thought", verdict="REJECT")
    assert stage(office, referral_id) is ReferralStage.REVERSED


def test_what_has_moved_meanwhile_is_told_and_left_as_it_is(office: Office) -> None:
    referral_id = office.given(flagged)
    browser = office.signed_in(role=Role.MARKETER).open(f"/referrals/{referral_id}")

    browser.send(f"/referrals/{referral_id}", reason="A family", verdict="APPROVE", version="1")

    assert stage(office, referral_id) is ReferralStage.FLAGGED
    assert browser.message != ""
    assert browser.path == f"/console/referrals/{referral_id}"


def test_the_queue_speaks_french(office: Office) -> None:
    office.given(flagged)
    browser = office.signed_in(role=Role.MARKETER, locale="fr").open("/referrals")

    assert browser.heading == "Parrainages à trancher"
    assert "Même appareil" in words(browser.page.select_one(".row"))


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_see_no_referrals(office: Office, role: Role) -> None:
    referral_id = office.given(flagged)
    browser = office.signed_in(role=role)

    assert browser.open("/referrals").answer.status_code == 403
    assert browser.open(f"/referrals/{referral_id}").answer.status_code == 403


@pytest.mark.parametrize("width", [1280, 360])
def test_a_referral_is_decided_by_keyboard_alone(office: Office, address: str, chromium: str, width: int) -> None:
    office.hire("mara", role=Role.MARKETER)
    referral_id = office.given(flagged)
    complaints: list[str] = []

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 780}, locale="en-GB")
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{address}/referrals")
        page.get_by_label("E-mail address").fill("mara@shop.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.locator(".row__title").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Reason").focus()
        page.keyboard.type("A family")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        said = page.get_by_role("status").inner_text()
        fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        browser.close()

    assert said.startswith("Approved")
    assert fits
    assert complaints == []
    assert stage(office, referral_id) is ReferralStage.REWARDED
