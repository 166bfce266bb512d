"""A program is set up in three steps from a preset; nothing is stored before the last."""

import pytest
from playwright.sync_api import sync_playwright
from sqlmodel import col, select

from core.identity import ROLE_PERMISSIONS, Permission, Role
from loyalty import presets
from loyalty.tables import EarningRule, Program
from tests.console.browsing import Browser, words
from tests.console.conftest import PASSWORD, Office
from tests.console.test_browser import address

__all__ = ["address"]

OUTSIDERS = [role for role in Role if Permission.MANAGE_LOYALTY not in ROLE_PERMISSIONS[role]]


def programs(office: Office) -> list[Program]:
    with office.database.reading() as session:
        return list(session.exec(select(Program)))


def at_the_second_step(office: Office, *, locale: str = "en") -> Browser:
    return office.signed_in(role=Role.MARKETER, locale=locale).open("/programs/new/toyzoo")


def test_three_steps_make_a_running_program(office: Office) -> None:
    browser = office.signed_in(role=Role.MARKETER).open("/programs/new")
    assert len(browser.page.select(".row")) == len(presets.presets())
    browser.open("/programs/new/toyzoo")
    numbers = {"rules.0.points": "3", "rewards.0.cost": "150"}

    browser.send("/look", name="Club", handle="club", currency="EUR", zone="Europe/Paris", typed=numbers)
    assert (browser.heading, programs(office)) == ("Club", [])
    browser.send("/programs/new/toyzoo")

    assert (browser.heading, browser.message) == ("Club", "The program is running.")
    (program,) = programs(office)
    assert (program.handle, program.currency, program.preset) == ("club", "EUR", "toyzoo")
    with office.database.reading() as session:
        assert [rule.points for rule in session.exec(select(EarningRule).order_by(col(EarningRule.id)))] == [3, 20]


def test_a_mistake_leads_back_with_what_was_typed(office: Office) -> None:
    browser = at_the_second_step(office).send("/look", name="Club", handle="No!", typed={"rules.0.points": "3"})

    assert browser.answer.status_code == 422
    fault = browser.page.select_one("[aria-invalid]")
    assert fault is not None
    assert (fault["name"], fault["value"]) == ("handle", "No!")
    assert browser.page.select_one("[name='rules.0.points']")["value"] == "3"  # type: ignore[index]
    assert browser.send("/look", handle="club", typed={"rules.0.points": "lots"}).answer.status_code == 422
    assert programs(office) == []


def test_the_third_step_leads_back_to_the_second(office: Office) -> None:
    browser = at_the_second_step(office).send("/look", name="Club")

    browser.send("/programs/new/toyzoo", press=("back", "1"))

    assert browser.page.select_one("[name=name]")["value"] == "Club"  # type: ignore[index]
    assert programs(office) == []


def test_it_says_what_is_illustrative_in_french_too(office: Office) -> None:
    said = words(at_the_second_step(office, locale="fr").page.main)

    assert "Exemple: Aucun de ses nombres n’a été trouvé." in said


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_set_nothing_up(office: Office, role: Role) -> None:
    browser = office.signed_in(role=role)
    token = str(browser.page.select_one("[name=form_token]")["value"])  # type: ignore[index]

    assert {browser.open(page).answer.status_code for page in ("/programs", "/programs/new")} == {403}
    answer = browser.client.post("/console/programs/new/toyzoo", data={"form_token": token, "handle": "club"})
    assert (answer.status_code, programs(office)) == (403, [])


@pytest.mark.parametrize("width", [1280, 360])
def test_a_marketer_sets_up_a_program_in_a_real_browser(
    office: Office, address: str, chromium: str, width: int
) -> None:
    office.hire("maud", role=Role.MARKETER)
    complaints: list[str] = []

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 780}, locale="en-GB")
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{address}/programs")
        page.get_by_label("E-mail address").fill("maud@shop.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="New program").click()
        page.get_by_role("link", name="Points, clearly explained").click()
        page.get_by_label("Name", exact=True).fill("Club")
        page.get_by_role("button", name="Look at it").click()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.get_by_role("button", name="Create the program").click()
        assert page.get_by_role("status").inner_text() == "The program is running."
        browser.close()

    assert [program.name for program in programs(office)] == ["Club"]
    assert complaints == []
