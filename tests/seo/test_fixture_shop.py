"""Every integration in a real browser: exactly the class and the verdict of each review, and nothing guessed."""

from collections import Counter
from collections.abc import Iterator

import pytest

from seo.drawing import Browser
from seo.findings import Verdict as Finding
from seo.indexability import Indexable
from seo.rules import BY_CODE
from seo.sightings import ReviewClass
from seo.truth import Truth
from tests.seo.fixture_shop.corpus import Corpus, corpus
from tests.seo.fixture_shop.measuring import answers, street, subject_of
from tests.seo.fixture_shop.modes import MODES, Mode, Site
from tests.seo.shop import Shop

# these cannot be told from inside markup that is never drawn, where nobody's name stands beside them
INERT = {"template", "noscript", "comment", "JSON state"}
COUNT = 48


@pytest.fixture(scope="module")
def browser(chromium: str) -> Browser:
    """No mode has anything that comes late, so that is not waited for."""
    return Browser(chromium, patience_seconds=0.2)


@pytest.fixture(scope="module")
def hosts() -> Iterator[tuple[Shop, Shop]]:
    with street() as both:
        yield both


@pytest.fixture(scope="module")
def reviews() -> Corpus:
    return corpus(COUNT)


def mode(name: str) -> Mode:
    return next(each for each in MODES if each.name == name)


@pytest.mark.parametrize("number", range(len(MODES)), ids=[mode.name for mode in MODES])
def test_each_review_gets_its_class(number: int, hosts: tuple[Shop, Shop], reviews: Corpus, browser: Browser) -> None:
    subject, expected = subject_of(MODES[number], reviews, Site(*hosts, f"/mode-{number}"), browser=browser)

    told = answers(MODES[number], subject, expected)
    wrong = Counter((each.expected, each.said) for each in told if each.said != each.expected)

    unsure = (ReviewClass.AMBIGUOUS, Indexable.DEPENDS)
    if MODES[number].name in INERT:
        wrong = Counter({pair: count for pair, count in wrong.items() if pair[1] != unsure})
    assert wrong == {}
    told_of = {code for code in MODES[number].faults if BY_CODE[code].check(subject).verdict is Finding.FAIL}
    assert told_of == set(MODES[number].faults)
    assert {leak.gone.id for leak in subject.leaks} == (
        {text.id for text in reviews.gone} if MODES[number].name == "leaking" else set()
    )


def test_the_address_that_carried_a_review_and_the_line_that_forbids_it_are_named(
    hosts: tuple[Shop, Shop], reviews: Corpus, browser: Browser
) -> None:
    site = Site(*hosts, "/named")
    subject, _ = subject_of(mode("client, its data disallowed"), reviews, site, browser=browser)

    by_scripts = BY_CODE["REV-03"].check(subject).evidence[0]
    forbidden = BY_CODE["ROB-04"].check(subject).evidence[0]

    assert by_scripts.url == f"{site.shop.origin}/named/blocked/api"
    assert forbidden.excerpt == f"{site.shop.origin}/named/blocked/api: Disallow: /*blocked"
    assert (forbidden.url, forbidden.line) == (f"{site.shop.origin}/robots.txt", 2)


def test_all_reviews_of_a_clean_page_are_covered(hosts: tuple[Shop, Shop], reviews: Corpus, browser: Browser) -> None:
    everyone = Corpus((*reviews.shown, *reviews.missing), (), {}, reviews.gone)
    subject, _ = subject_of(mode("server"), everyone, Site(*hosts, "/clean"), browser=browser)

    assert isinstance(subject.truth, Truth)
    assert BY_CODE["REV-17"].check(subject).evidence[0].excerpt == f"{COUNT} / {COUNT}"
