"""The queue: what waits, in the order in which it came, without a star."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from tests.conftest import FrozenClock
from tests.console.browsing import Browser, words
from tests.console.conftest import Office
from tests.make import ugc as make


def _titles(browser: Browser) -> list[str]:
    return [str(link["href"]) for link in browser.page.select(".row__title")]


def test_the_longest_waiting_comes_first_whatever_its_stars(office: Office, frozen_clock: FrozenClock) -> None:
    waiting = []
    for rating in (5, 1, 3):
        waiting.append(office.given(lambda session, stars=rating: make.review(session, rating=stars)))  # type: ignore[misc]
        frozen_clock.advance(hours=1)

    browser = office.signed_in()

    assert _titles(browser) == [f"/console/reviews/{review_id}" for review_id in waiting]
    assert words(browser.page.select_one(".page__count")) == "3 waiting"
    assert words(browser.page.select_one(".row .aside")) == "waiting for 3 hours"


def test_no_star_is_to_be_seen(office: Office) -> None:
    office.given(lambda session: make.review(session, rating=1))

    assert "star" not in office.signed_in().page.get_text().lower()


def test_pages_follow_each_other_without_a_gap(office: Office) -> None:
    waiting = [office.given(make.review) for _ in range(23)]
    browser = office.signed_in()

    first = _titles(browser)
    following = str(browser.page.select_one("a[rel=next]")["href"])  # type: ignore[index]
    second = _titles(browser.open(following.removeprefix("/console")))

    assert (len(first), len(second)) == (20, 3)
    assert first + second == [f"/console/reviews/{review_id}" for review_id in waiting]
    assert browser.page.select_one("a[rel=next]") is None


def test_the_queue_is_narrowed_to_a_state_and_a_language(office: Office) -> None:
    held = office.given(lambda session: make.review(session, body="Voir https://autre.example/tasses pour mieux."))
    waiting = office.given(make.review)
    browser = office.signed_in()

    assert _titles(browser.open("/queue?status=WITHHELD")) == [f"/console/reviews/{held}"]
    assert _titles(browser.open("/queue?status=QUEUED&language=fr")) == [f"/console/reviews/{waiting}"]
    assert _titles(browser.open("/queue?language=zh")) == []
    assert words(browser.page.select_one(".empty strong")) == "Nothing that is waiting matches these filters."


def test_a_filter_stays_on_the_next_page(office: Office) -> None:
    for _ in range(21):
        office.given(make.review)

    browser = office.signed_in().open("/queue?status=QUEUED&language=fr")

    following = str(browser.page.select_one("a[rel=next]")["href"])  # type: ignore[index]
    assert following.startswith("/console/queue?status=QUEUED&language=fr&after=")


@pytest.mark.parametrize("query", ["status=PUBLISHED", "language=%25", "status=%27--"])
def test_an_unknown_filter_asks_for_nothing(office: Office, query: str) -> None:
    office.given(make.review)

    assert len(_titles(office.signed_in().open(f"/queue?{query}"))) == 1


def test_an_empty_queue_says_so(office: Office) -> None:
    assert words(office.signed_in().page.select_one(".empty strong")) == "Nothing is waiting."


def test_what_screens_found_stands_beside_the_review(office: Office) -> None:
    office.given(lambda session: make.review(session, body="Voir https://autre-boutique.example/tasses pour mieux."))

    badges = [words(badge) for badge in office.signed_in().page.select(".row .badge")]

    assert badges == ["Link", "First contribution"]


@pytest.mark.parametrize("reviews", [1, 20])
def test_the_page_takes_the_same_statements_however_long_it_is(
    office: Office, reviews: int, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    def fill(session: Session) -> int:
        return [make.review(session) for _ in range(reviews)][-1]

    office.given(fill)
    browser = office.signed_in()

    with statements() as seen:
        browser.open("/queue")

    # the account, the storefronts' zone, the queue, what screens found, the count, dead letters
    assert len(seen) == 6
