"""An SEO team in the console: has a page checked, reads what was found and why, and sees where it falls."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from core.identity import ROLE_PERMISSIONS, Permission, Role
from publishing.tables import PageCheck
from tests.conftest import FrozenClock
from tests.console.browsing import Browser, words
from tests.console.conftest import PASSWORD, Office
from tests.console.test_browser import address
from tests.loyalty.sums import count
from tests.make import pages
from tests.make.pages import asked
from tests.seo.shop import Shop
from worker import schedule
from worker.inspector import Inspector

__all__ = ["address"]

PATH = "/products/galet"
OUTSIDERS = [role for role in Role if Permission.CHECK_PAGES not in ROLE_PERMISSIONS[role]]


@pytest.fixture
def shop(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A shop of one product with two published reviews, both on its page."""
    with pages.shop_of_one_product(office.database, monkeypatch) as opened:
        opened.pages[PATH] = pages.page(office.database)
        yield opened


def fall(office: Office, shop: Shop, frozen_clock: FrozenClock) -> None:
    """A night on which both reviews were there, and one on which one is missing."""
    for left_out in (0, 1):
        shop.pages[PATH] = pages.page(office.database, leave_out=left_out)
        asked(office.database, shop)
        Inspector(office.database).drain()
        schedule.keep_coverage(office.database)
        frozen_clock.advance(days=1)


@pytest.fixture
def fallen(office: Office, shop: Shop, frozen_clock: FrozenClock) -> None:
    """It has."""
    fall(office, shop, frozen_clock)


def at(office: Office, page: str, *, locale: str = "en") -> Browser:
    return office.signed_in(role=Role.SEO, locale=locale).open(page)


def test_a_page_is_checked_and_its_report_read(office: Office, shop: Shop) -> None:
    browser = at(office, "/checks").send("/checks", url=f"{shop.origin}{PATH}")
    assert browser.message == "A worker will check the page."
    assert "A worker takes it up within seconds." in words(browser.page.main)

    Inspector(office.database).drain()
    browser.open(browser.path.removeprefix("/console"))

    said = words(browser.page.main)
    assert "2 reviews: 2 surely indexable, 0 depend, 0 not" in said
    assert "In the HTML as sent 2" in said
    assert "OG-01" in said
    assert browser.page.select(".source mark"), "the evidence is marked in the source"


def test_a_review_that_is_missing_is_named_with_what_to_do(
    office: Office, shop: Shop, frozen_clock: FrozenClock
) -> None:
    fall(office, shop, frozen_clock)
    browser = at(office, "/coverage")
    said = words(browser.page.main)
    assert "50%" in said
    assert "100% on 2 Mar 2026, 50% on 3 Mar 2026" in said
    assert words(browser.page.select_one("#fallen")) == "Where it has fallen"

    link = browser.page.select_one("#fallen ~ ol a")
    assert link is not None
    report = words(browser.open(str(link["href"]).removeprefix("/console")).page.main)
    assert "Fewer than before" in report
    assert "Reviews that cannot surely be indexed" in report
    assert "Nowhere" in report


def test_pages_are_found_by_the_fault_they_have(office: Office, shop: Shop, frozen_clock: FrozenClock) -> None:
    fall(office, shop, frozen_clock)
    browser = at(office, "/coverage?rule=OG-01")

    assert words(browser.page.select_one("#worst")).startswith("Pages with this fault:")
    assert len(browser.page.select(".rows .row")) == 2, "what fell, and the page"
    assert browser.open("/coverage?rule=XX-99").answer.status_code == 400


def test_what_is_no_page_of_the_shop_is_not_checked(office: Office, shop: Shop) -> None:
    browser = at(office, "/checks").send("/checks", url="http://169.254.169.254/latest/meta-data")

    assert browser.message.startswith("This address is not a product page of a storefront.")
    with office.database.reading() as session:
        assert count(session, PageCheck) == 0


def test_it_speaks_french(office: Office, shop: Shop, frozen_clock: FrozenClock) -> None:
    fall(office, shop, frozen_clock)

    said = words(at(office, "/coverage", locale="fr").page.main)

    assert "Indexables à coup sûr" in said
    assert "Où cela a baissé" in said


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_neither_see_nor_ask(office: Office, shop: Shop, role: Role) -> None:
    browser = office.signed_in(role=role)
    token = str(browser.page.select_one("[name=form_token]")["value"])  # type: ignore[index]

    assert {browser.open(page).answer.status_code for page in ("/coverage", "/checks", "/checks/1")} == {403}
    fields = {"form_token": token, "url": f"{shop.origin}{PATH}"}
    assert browser.client.post("/console/checks", data=fields).status_code == 403
    with office.database.reading() as session:
        assert count(session, PageCheck) == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_fit_the_screen_and_break_no_policy(
    office: Office, fallen: None, address: str, chromium: str, width: int
) -> None:
    office.hire("maud", role=Role.SEO)
    complaints: list[str] = []

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 780}, locale="en-GB")
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{address}/coverage")
        page.get_by_label("E-mail address").fill("maud@shop.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        for place in ("/coverage", "/checks"):
            page.goto(f"{address}{place}")
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.locator(".row__title").first.click()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        browser.close()

    assert complaints == []
