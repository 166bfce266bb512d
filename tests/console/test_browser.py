"""The console in a real browser, at desk and phone width, with its policy in force."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Mount

from console.app import create_console
from core.crossing import House
from core.settings import settings
from tests.console.conftest import PASSWORD, Office
from tests.make import ugc as make
from ugc.states import ReviewStatus


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """The console on a port of its own, as on a developer's machine: without TLS."""
    chosen = settings().model_copy(update={"development": True})
    app = Starlette(routes=[Mount("/console", create_console(House(office.database), chosen))])
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/console"
        server.should_exit = True
        thread.join()


@contextmanager
def _page(chromium: str, *, width: int, complaints: list[str]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 780}, locale="en-GB")
        page.on("console", lambda said: complaints.append(said.text))
        yield page
        browser.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_moderator_signs_in_reads_the_first_review_and_approves_it(
    office: Office, address: str, chromium: str, width: int
) -> None:
    office.hire("maud")
    first, second = office.given(make.review), office.given(make.review)
    complaints: list[str] = []

    with _page(chromium, width=width, complaints=complaints) as page:
        page.goto(f"{address}/queue")
        page.get_by_label("E-mail address").fill("maud@shop.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        assert page.locator(".row").count() == 2
        _fits(page)
        page.locator(".row__title").first.click()
        _fits(page)
        page.get_by_role("button", name="Approve").click()

        assert page.get_by_role("status").inner_text().startswith("Approved: the review is public.")
        assert page.locator(".row").count() == 1
        assert page.locator(".row__title").get_attribute("href") == f"/console/reviews/{second}"
        _fits(page)

    assert office.review(first).status is ReviewStatus.PUBLISHED
    assert complaints == []


def test_the_keys_do_what_the_buttons_do_and_can_be_switched_off(office: Office, address: str, chromium: str) -> None:
    office.hire("maud")
    review_id = office.given(make.review)

    with _page(chromium, width=1280, complaints=[]) as page:
        page.goto(f"{address}/queue")
        page.get_by_label("E-mail address").fill("maud@shop.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/queue")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/reviews/*")
        page.get_by_label("Keyboard shortcuts").uncheck()
        page.keyboard.press("a")
        assert office.review(review_id).status is ReviewStatus.QUEUED
        page.get_by_label("Keyboard shortcuts").check()
        page.locator("h1").click()
        page.keyboard.press("a")
        page.wait_for_url("**/queue")

    assert office.review(review_id).status is ReviewStatus.PUBLISHED


def _fits(page: Page) -> None:
    """No page is wider than the screen."""
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
