"""One review's page: its words, safe and marked, and its story."""

from sqlmodel import Session

from tests.console.browsing import words
from tests.console.conftest import Office
from tests.make import ugc as make
from tests.make.shop import accepted
from ugc import moderation, reviews

LINK = "https://autre.example/tasses"
HOSTILE = "<script>alert(1)</script> & <img src=x onerror=alert(2)> a tea like any other tea."


def test_what_a_customer_wrote_is_shown_and_never_run(office: Office) -> None:
    review_id = office.given(lambda session: make.review(session, body=HOSTILE))

    browser = office.signed_in().open(f"/reviews/{review_id}")

    assert words(browser.page.select_one("#words ~ blockquote .words:last-child")) == HOSTILE
    assert "<script>alert" not in browser.answer.text
    assert browser.page.select("img[src=x]") == []
    assert "<script>alert" not in browser.open("/queue").answer.text


def test_the_passages_that_screens_mean_are_marked(office: Office) -> None:
    review_id = office.given(
        lambda session: make.review(session, body="Allez voir https://autre.example/tasses pour mieux.")
    )

    browser = office.signed_in().open(f"/reviews/{review_id}")

    assert [words(mark) for mark in browser.page.select("blockquote mark")] == [LINK]
    assert LINK in words(browser.page.select_one("#verdicts ~ .trail"))


def test_the_stars_wait_to_be_asked_for(office: Office) -> None:
    review_id = office.given(lambda session: make.review(session, rating=2))

    page = office.signed_in().open(f"/reviews/{review_id}").page

    hidden = page.select_one("details:not([open])")
    assert words(hidden) == "Show the stars 2 of 5. Stars change neither the order of work nor a decision."
    assert "2 of 5" not in words(page).replace(words(hidden), "")


def test_an_edit_is_read_beside_the_text_that_is_still_public(office: Office) -> None:
    def edited(session: Session) -> int:
        review_id = make.published_review(session)
        accepted(reviews.edit(session, make.edit(session, review_id, body=f"Mieux chez {LINK} alors.")))
        return review_id

    review_id = office.given(edited)

    browser = office.signed_in().open(f"/reviews/{review_id}")

    assert words(browser.page.select_one("#revisions ~ .trail .badges")) == "revision 1 public"
    assert words(browser.page.select_one("#decide ~ details summary")).startswith("Revision 1 is public until")


def test_the_story_names_who_decided(office: Office) -> None:
    sam = office.hire("sam")

    def decided(session: Session) -> int:
        review_id = make.review(session)
        accepted(moderation.approve(session, make.decision(session, review_id, staff_id=sam)))
        return review_id

    review_id = office.given(decided)

    acts = office.signed_in().open(f"/reviews/{review_id}").page.select("#story ~ .trail li")

    assert [words(act) for act in acts] == [
        "Sam approved 2 Mar 2026, 13:00 · revision 1 · Public",
        "The author submitted 2 Mar 2026, 13:00 · revision 1 · Waiting",
    ]
