"""What each role meets in the console: where it lands, what the bar offers, and a clear no for the rest."""

import pytest

from core.identity import ROLE_PERMISSIONS, Permission, Role
from tests.console.browsing import Browser, words
from tests.console.conftest import Office
from tests.make import ugc as make

MODERATORS = [role for role in Role if Permission.MODERATE in ROLE_PERMISSIONS[role]]
READERS = [role for role in Role if role not in MODERATORS]


def bar(browser: Browser) -> list[str]:
    """The links of the bar."""
    return [str(link["href"]).removeprefix("/console") for link in browser.page.select(".nav__link")]


@pytest.mark.parametrize("role", MODERATORS)
def test_who_decides_begins_at_the_queue(office: Office, role: Role) -> None:
    browser = office.signed_in(role=role)

    assert browser.path == "/console/queue"
    own = {
        Role.ADMIN: ["/members", "/referrals", "/programs", "/coverage", "/health", "/webhooks"],
        Role.MODERATOR: ["/health"],
    }
    assert bar(browser) == ["/queue", "/decisions", *own[role]]


@pytest.mark.parametrize("role", READERS)
def test_who_only_reads_begins_at_the_decisions(office: Office, role: Role) -> None:
    browser = office.signed_in(role=role)

    assert browser.path == "/console/decisions"
    own = {Role.MARKETER: ["/members", "/referrals", "/programs"], Role.SEO: ["/coverage"]}[role]
    assert bar(browser) == ["/decisions", *own, "/health"]
    assert browser.open("/").path == "/console/decisions"


@pytest.mark.parametrize("role", Role)
def test_every_page_the_bar_offers_opens(office: Office, role: Role) -> None:
    browser = office.signed_in(role=role)

    answers = {page: browser.open(page).answer.status_code for page in bar(browser)}

    assert set(answers.values()) == {200}


def test_a_page_that_the_role_does_not_open_says_so_and_leads_back(office: Office) -> None:
    browser = office.signed_in(role=Role.MARKETER).open("/queue")

    assert (browser.answer.status_code, browser.heading) == (403, "Your role does not open this page")
    assert "You work here as marketer." in words(browser.page.main)
    assert [str(link["href"]) for link in browser.page.select("main a")] == ["/console/decisions"]


def test_it_says_so_in_french(office: Office) -> None:
    browser = office.signed_in(role=Role.SEO, locale="fr").open("/queue")

    assert browser.heading == "Votre rôle n’ouvre pas cette page"
    assert "Votre rôle ici : SEO." in words(browser.page.main)


@pytest.mark.parametrize("role", READERS)
def test_who_only_reads_sees_a_review_and_nothing_to_press(office: Office, role: Role) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in(role=role).open(f"/reviews/{review_id}")

    assert browser.answer.status_code == 200
    assert [str(form["action"]) for form in browser.page.select("main form")] == []


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("act", ["approve", "reject", "undo"])
def test_who_only_reads_cannot_decide(office: Office, role: Role, act: str) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in(role=role).open(f"/reviews/{review_id}")
    before = office.review(review_id)
    token = str(browser.page.select_one("[name=form_token]")["value"])  # type: ignore[index]

    fields = {"form_token": token, "version": "1", "revision_no": "1", "reason": "SPAM"}
    answer = browser.client.post(f"/console/reviews/{review_id}/{act}", data=fields)

    assert answer.status_code == 403
    assert office.review(review_id) == before


def test_every_role_has_a_permission_that_tells_it_from_the_others() -> None:
    assert len(set(ROLE_PERMISSIONS.values())) == len(Role)
