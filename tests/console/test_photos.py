"""Photos have decisions of their own, and are seen by moderators before anybody else."""

from sqlmodel import Session

from core import storage
from tests.console.browsing import words
from tests.console.conftest import Office
from tests.make import photos as make_photo
from tests.make import shop
from tests.make import ugc as make
from ugc.states import ReviewStatus


def _review_with_photo(office: Office) -> tuple[int, int]:
    made: list[int] = []

    def with_photo(session: Session) -> int:
        author_id = shop.customer(session)
        review_id = make.review(session, author_id=author_id)
        made.append(make_photo.photo(session, customer_id=author_id, review_id=review_id))
        return review_id

    return office.given(with_photo), made[-1]


def test_approving_a_photo_leaves_the_text_waiting(office: Office) -> None:
    review_id, photo_id = _review_with_photo(office)
    browser = office.signed_in().open(f"/reviews/{review_id}")

    browser.send(f"/photos/{photo_id}", press=("decision", "APPROVED"))

    assert (browser.path, browser.message) == (f"/console/reviews/{review_id}", "The photo is approved.")
    assert words(browser.page.select_one(".photo .badge")) == "Approved"
    assert office.review(review_id).status is ReviewStatus.QUEUED


def test_rejecting_a_photo_needs_a_reason(office: Office) -> None:
    review_id, photo_id = _review_with_photo(office)
    browser = office.signed_in().open(f"/reviews/{review_id}")

    browser.send(f"/photos/{photo_id}", press=("decision", "REJECTED"))
    assert words(browser.page.select_one(".photo .badge")) == "Not decided"
    browser.send(f"/photos/{photo_id}", press=("decision", "REJECTED"), reason="PICTURE")

    assert browser.message == "The photo is rejected."
    assert words(browser.page.select_one(".photo .badge")) == "Rejected"


def test_a_picture_is_shown_to_staff_alone(office: Office) -> None:
    digest = storage.media().put(b"a picture")

    shown = office.signed_in().open(f"/pictures/{digest}").answer
    refused = office.browser().open(f"/pictures/{digest}")

    assert (shown.content, shown.headers["content-type"]) == (b"a picture", "image/webp")
    assert shown.headers["cache-control"].startswith("private")
    assert refused.path.startswith("/console/sign-in")
