"""Approve, reject, undo: through the forms of the page, and only on what the page showed."""

import pytest

from tests.conftest import FrozenClock
from tests.console.browsing import words
from tests.console.conftest import Office
from tests.make import ugc as make
from ugc.reasons import ReasonCode
from ugc.states import ReviewStatus


def test_a_moderator_approves_and_the_review_leaves_the_queue(office: Office) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in().open(f"/reviews/{review_id}")

    browser.send("/approve")

    assert (browser.path, browser.message) == ("/console/queue", "Approved: the review is public.")
    assert browser.page.select(".row") == []
    assert office.review(review_id).status is ReviewStatus.PUBLISHED


def test_the_message_is_told_once(office: Office) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in().open(f"/reviews/{review_id}").send("/approve")

    assert browser.open("/queue").message == ""


def test_a_moderator_rejects_for_a_reason_of_the_two_families(office: Office) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in().open(f"/reviews/{review_id}")

    families = [
        [str(option["value"]) for option in family.select("option")]
        for family in browser.page.select("#reason optgroup")
    ]
    browser.send("/reject", reason="DELIVERY")

    assert sorted(families[0] + families[1]) == sorted(ReasonCode)
    assert browser.message == "Rejected: the author is told the reason."
    assert office.review(review_id).status is ReviewStatus.REJECTED
    log = browser.open("/decisions").page.select_one(".row")
    assert words(log).startswith("Maud rejected: About the delivery, not the product")


@pytest.mark.parametrize("reason", ["", "STARS"])
def test_a_rejection_without_a_reason_changes_nothing(office: Office, reason: str) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in().open(f"/reviews/{review_id}")
    before = office.review(review_id)

    browser.send("/reject", reason=reason)

    assert browser.path == f"/console/reviews/{review_id}"
    assert browser.message
    assert office.review(review_id) == before


def test_a_decision_is_undone_from_the_message(office: Office) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in().open(f"/reviews/{review_id}").send("/approve")

    browser.send("/undo")

    assert browser.message == "Undone: the review is as it was before."
    assert office.review(review_id).status is ReviewStatus.QUEUED


def test_a_decision_is_undone_from_the_review_for_ten_minutes(office: Office, frozen_clock: FrozenClock) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in().open(f"/reviews/{review_id}").send("/reject", reason="SPAM")

    frozen_clock.advance(minutes=10)
    assert browser.open(f"/reviews/{review_id}").has_form("/undo")
    frozen_clock.advance(minutes=1)
    browser.send("/undo")

    assert "10" in browser.message
    assert not browser.has_form("/undo")
    assert office.review(review_id).status is ReviewStatus.REJECTED


def test_nobody_undoes_what_another_decided(office: Office) -> None:
    review_id = office.given(make.review)
    office.signed_in("sam").open(f"/reviews/{review_id}").send("/approve")

    assert not office.signed_in("maud").open(f"/reviews/{review_id}").has_form("/undo")


def test_of_two_moderators_the_second_is_told_what_the_first_did(office: Office) -> None:
    review_id = office.given(make.review)
    maud = office.signed_in("maud").open(f"/reviews/{review_id}")
    office.signed_in("sam").open(f"/reviews/{review_id}").send("/reject", reason="SPAM")
    before = office.review(review_id)

    maud.send("/approve")

    assert (maud.answer.status_code, maud.heading) == (409, "Someone was quicker")
    assert [words(act).partition(" 2 Mar")[0] for act in maud.page.select(".trail li")] == ["Sam rejected: Spam"]
    assert office.review(review_id) == before


def test_a_double_click_approves_once(office: Office) -> None:
    review_id = office.given(make.review)
    browser, again = office.signed_in().open(f"/reviews/{review_id}"), office.browser()
    again.client.cookies = browser.client.cookies
    again.open(f"/reviews/{review_id}")

    browser.send("/approve")
    again.send("/approve")

    assert again.answer.status_code == 409
    assert office.review(review_id).version == 2


@pytest.mark.parametrize("field", ["version", "revision_no"])
def test_a_form_that_was_tampered_with_changes_nothing(office: Office, field: str) -> None:
    review_id = office.given(make.review)
    browser = office.signed_in().open(f"/reviews/{review_id}")
    before = office.review(review_id)

    browser.send("/approve", press=(field, "one"))

    assert browser.answer.status_code == 400
    assert office.review(review_id) == before
