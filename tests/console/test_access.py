"""Who gets in: without a session, without the form's token, without the permission nothing is done."""

import pytest
from sqlmodel import Session

from core import outbox
from core.identity import Role
from tests.console.conftest import Office
from tests.make import ugc as make
from ugc.events import ReviewEvent

ACTS = ["approve", "reject", "undo"]


@pytest.mark.parametrize("page", ["/queue", "/decisions", "/health", "/reviews/1", "/pictures/00"])
def test_a_page_without_a_session_leads_to_sign_in_and_back(office: Office, page: str) -> None:
    browser = office.browser()

    browser.client.follow_redirects = False
    answer = browser.open(page).answer

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/console/sign-in?next={'%2Fconsole' + page.replace('/', '%2F')}"


@pytest.mark.parametrize("act", ACTS)
def test_an_act_without_a_session_changes_nothing(office: Office, act: str) -> None:
    review_id = office.given(make.review)
    before = office.review(review_id)

    browser = office.browser()
    browser.client.follow_redirects = False
    fields = {"version": "1", "revision_no": "1", "reason": "SPAM"}
    answer = browser.client.post(f"/console/reviews/{review_id}/{act}", data=fields)

    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")
    assert office.review(review_id) == before


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_an_act_without_the_forms_token_changes_nothing(office: Office, act: str) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in().open(f"/reviews/{review_id}")
    before = office.review(review_id)

    browser.send(f"/{act}", leave_out="form_token", reason="SPAM")

    assert browser.answer.status_code == 403
    assert office.review(review_id) == before


def test_a_token_of_another_session_changes_nothing(office: Office) -> None:
    review_id = office.given(make.review)
    theirs = office.signed_in("sam").open(f"/reviews/{review_id}")
    ours = office.signed_in("maud").open(f"/reviews/{review_id}")
    before = office.review(review_id)

    ours.send("/approve", form_token=str(theirs.page.select_one("[name=form_token]")["value"]))  # type: ignore[index]

    assert ours.answer.status_code == 403
    assert office.review(review_id) == before


def test_only_an_administrator_runs_a_dead_letter_again(office: Office) -> None:
    event_id = office.given(_dead_letter)
    browser = office.signed_in().open("/health")
    token = str(browser.page.select_one("[name=form_token]")["value"])  # type: ignore[index]

    fields = {"form_token": token, "event_id": str(event_id), "reaction": "award"}
    answer = browser.client.post("/console/health/replay", data=fields)

    assert not browser.has_form("/health/replay")
    assert answer.status_code == 403
    with office.database.reading() as session:
        assert len(outbox.dead_letters(session)) == 1


def test_an_administrator_does(office: Office) -> None:
    office.given(_dead_letter)
    browser = office.signed_in(role=Role.ADMIN).open("/health")

    browser.send("/health/replay")

    assert browser.message == "The reaction is back at work."
    with office.database.reading() as session:
        assert outbox.dead_letters(session) == []


@pytest.mark.parametrize("page", ["/reviews/1", "/reviews/99999999999999999999999", "/nowhere", "/pictures/none"])
def test_what_is_not_there_has_a_page_that_says_so(office: Office, page: str) -> None:
    browser = office.signed_in().open(page)

    assert (browser.answer.status_code, browser.heading) == (404, "There is nothing here")


@pytest.mark.parametrize("page", ["/queue?after=nonsense", "/decisions?before=nonsense"])
def test_a_cursor_that_is_not_ours_is_refused(office: Office, page: str) -> None:
    assert office.signed_in().open(page).answer.status_code == 400


@pytest.mark.parametrize("path", ["/sign-in", "/queue", "/nowhere", "/static/console.css"])
def test_every_answer_carries_the_safe_headers(office: Office, path: str) -> None:
    headers = office.signed_in().open(path).answer.headers

    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


def test_a_bug_shows_an_id_and_nothing_of_itself(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = office.signed_in()

    def fails(*_args: object, **_named: object) -> None:
        raise RuntimeError("the secret of the shop")

    monkeypatch.setattr("ugc.cases.queue", fails)
    browser.open("/queue")

    assert (browser.answer.status_code, browser.heading) == (500, "Something went wrong on our side")
    assert len(browser.page.select("main code")) == 1
    assert "secret of the shop" not in browser.answer.text
    assert "frame-ancestors 'none'" in browser.answer.headers["content-security-policy"]


def _dead_letter(session: Session) -> int:
    event_id = outbox.record(session, ReviewEvent.PUBLISHED, aggregate=("Review", 1), payload={"reviewId": 1})
    for _ in range(outbox.MAX_ATTEMPTS):
        outbox.fail(session, event_id, "award", error_id="0123456789abcdef")
    return event_id
