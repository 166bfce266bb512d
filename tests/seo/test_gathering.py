"""A page fetched with its surroundings: robots.txt, frames and later pages, each only as far as it is needed."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.fetching import FetchFailure, FetchFailureKind, FetchPolicy
from seo.findings import Outcome, Verdict
from seo.gathering import Reach, gather
from seo.robots import RobotsFile, RobotsUnreachable
from seo.rules import BY_CODE
from seo.subject import Subject
from seo.truth import Truth
from tests.seo import samples
from tests.seo import shop as shops
from tests.seo.samples import ANNE, BRUNO, WANG
from tests.seo.shop import Shop

HERE = FetchPolicy(allow_private=True, timeout_seconds=5)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with shops.running() as running:
        yield running


def gathered(shop: Shop, truth: Truth | None = None, path: str = "/teapot") -> Subject:
    found = gather(shop.origin + path, truth=truth, policy=HERE, reach=Reach(follows_links=False))
    assert isinstance(found, Subject)
    return found


def outcome(code: str, subject: Subject) -> Outcome:
    return BY_CODE[code].check(subject)


def test_without_truth_only_the_page_and_robots_are_asked_for(shop: Shop) -> None:
    shop.pages["/teapot"] = '<iframe src="/frame"></iframe><a href="?page=2">2</a>'

    gathered(shop)

    assert shop.asked == ["/teapot", "/robots.txt"]


@pytest.mark.parametrize(
    "status,kind",
    [
        (200, RobotsFile),
        (404, RobotsFile),
        (403, RobotsFile),
        (429, RobotsUnreachable),
        (503, RobotsUnreachable),
    ],
)
def test_a_robots_status_means_what_the_standard_says(shop: Shop, status: int, kind: type[Any]) -> None:
    shop.pages["/teapot"] = "<p>x"
    shop.pages["/robots.txt"] = "User-agent: *\nDisallow: /teapot"
    shop.statuses["/robots.txt"] = status

    subject = gathered(shop)

    assert isinstance(subject.robots, kind)
    forbidden = {200: Verdict.FAIL, 404: Verdict.PASS, 403: Verdict.PASS}
    assert outcome("ROB-01", subject).verdict is forbidden.get(status, Verdict.NOT_EVALUATED)


def test_a_page_that_cannot_be_had_is_a_failure() -> None:
    refused = gather("http://127.0.0.1:1/", truth=None, policy=HERE)
    private = gather("http://127.0.0.1:1/", truth=None, policy=FetchPolicy())

    assert isinstance(refused, FetchFailure)
    assert refused.kind is FetchFailureKind.CONNECTION_FAILED
    assert isinstance(private, FetchFailure)
    assert private.kind is FetchFailureKind.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    "directives,robots_txt,verdict",
    [
        ("noindex, indexifembedded", "", Verdict.PASS),
        ("noindex, indexifembedded", "User-agent: *\nDisallow: /frame", Verdict.FAIL),
        ("noindex", "", Verdict.FAIL),
        ("", "", Verdict.FAIL),
    ],
)
def test_a_frame_counts_by_its_own_directives(shop: Shop, directives: str, robots_txt: str, verdict: Verdict) -> None:
    shop.pages["/teapot"] = '<iframe src="/frame"></iframe>'
    shop.pages["/frame"] = f"<p>{ANNE.text}</p>"
    shop.headers["/frame"] = {"X-Robots-Tag": directives} if directives else {}
    shop.pages["/robots.txt"] = robots_txt

    subject = gathered(shop, samples.truth(ANNE))

    assert [sighting.kind for sighting in subject.sightings] == ["iframe"]
    assert outcome("REV-04", subject).verdict is verdict
    assert outcome("REV-01", subject).verdict is Verdict.FAIL


def test_a_frame_that_does_not_answer_leaves_the_question_open(shop: Shop) -> None:
    shop.pages["/teapot"] = '<iframe src="http://127.0.0.1:1/widget"></iframe>'

    subject = gathered(shop, samples.truth(ANNE))

    assert outcome("REV-04", subject).verdict is Verdict.NOT_EVALUATED
    assert outcome("REV-04", subject).evidence[0].excerpt == "iframe: connection_failed"


def test_later_pages_are_followed_until_every_review_is_met(shop: Shop) -> None:
    shop.pages["/teapot"] = f'<p>{ANNE.text}</p><a href="/teapot?page=2">2</a>'
    shop.pages["/teapot?page=2"] = f'<p>{BRUNO.text}</p><a href="/teapot?page=3">Next</a><a href="/teapot">1</a>'
    shop.pages["/teapot?page=3"] = f'<p>{WANG.text}</p><a href="/teapot?page=4">Next</a>'

    subject = gathered(shop, samples.truth(ANNE, BRUNO, WANG))

    assert [sighting.kind for sighting in subject.sightings] == ["raw", "page-n", "page-n"]
    assert shop.asked == ["/teapot", "/robots.txt", "/teapot?page=2", "/teapot?page=3"]
    assert outcome("REV-01", subject).verdict is Verdict.PASS
    last = outcome("REV-09", subject).evidence[-1]
    assert last.excerpt.endswith(f"{shop.origin}/teapot?page=2 → {shop.origin}/teapot?page=3")


def test_links_that_are_no_pages_of_reviews_are_not_followed(shop: Shop) -> None:
    elsewhere = ["#page-2", "/cart", "https://other.example/teapot?page=2", "javascript:next()", "mailto:a@b.example"]
    shop.pages["/teapot"] = "".join(f'<a href="{href}">2</a>' for href in elsewhere)

    subject = gathered(shop, samples.truth(ANNE))

    assert shop.asked == ["/teapot", "/robots.txt"]
    assert outcome("REV-01", subject).verdict is Verdict.FAIL


def test_a_chain_without_end_stops_and_the_missing_are_not_called_absent(shop: Shop) -> None:
    for number in range(1, 60):
        shop.pages[f"/teapot?page={number}"] = f'<p>page {number}</p><a href="/teapot?page={number + 1}">next</a>'
    shop.pages["/teapot"] = '<a href="/teapot?page=1">1</a>'

    subject = gathered(shop, samples.truth(ANNE))

    assert len(subject.later_pages) == 50
    assert outcome("REV-01", subject).verdict is Verdict.NOT_EVALUATED
    assert outcome("REV-01", subject).reason == "pages-not-visited"


def test_a_robots_file_without_end_is_read_in_part_and_soon(shop: Shop) -> None:
    shop.pages["/teapot"] = "<p>x"
    shop.pages["/robots.txt"] = b"User-agent: *\nDisallow: /teapot\n" + b"# padding\n" * 3_000_000

    subject = gathered(shop)

    assert isinstance(subject.robots, RobotsFile)
    assert subject.robots.is_long
    assert outcome("ROB-01", subject).verdict is Verdict.FAIL
    assert outcome("ROB-03", subject).verdict is Verdict.FAIL
