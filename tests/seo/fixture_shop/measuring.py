"""Ask the checker about every mode in a real browser, and hold its answers to what is true."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.fetching import FetchPolicy
from seo import indexability
from seo.drawing import Browser
from seo.gathering import Reach, gather
from seo.indexability import Indexable, Judgement
from seo.sightings import ReviewClass
from seo.subject import Subject
from tests.seo import shop as shops
from tests.seo.fixture_shop.corpus import Corpus
from tests.seo.fixture_shop.modes import ROBOTS, Expected, Mode, Site
from tests.seo.shop import Shop

_MISSING = (ReviewClass.ABSENT, Indexable.NO)


@dataclass(frozen=True, slots=True)
class Answered:
    """One review of one mode: what is true, and what the checker said."""

    mode: str
    review_id: str
    expected: Expected
    judgement: Judgement

    @property
    def said(self) -> Expected:
        """The class and the verdict that the checker gave."""
        return self.judgement.sighting.kind, self.judgement.indexable

    @property
    def is_guess(self) -> bool:
        """Whether it said something definite that is not true."""
        is_definite = self.said[0] is not ReviewClass.AMBIGUOUS
        return is_definite and self.said[0] is not self.expected[0]


@contextmanager
def street() -> Iterator[tuple[Shop, Shop]]:
    """The shop's host and another, both with the same robots.txt."""
    with shops.running() as shop, shops.running() as other:
        shop.pages["/robots.txt"] = other.pages["/robots.txt"] = ROBOTS
        yield shop, other


def subject_of(mode: Mode, corpus: Corpus, site: Site, *, browser: Browser) -> tuple[Subject, dict[str, Expected]]:
    """The gathered page of a mode, and what is true of each of its reviews."""
    special = mode.build(site, corpus) or {}
    policy = FetchPolicy(allow_private=True)
    reach = Reach(follows_links=False, browser=browser)
    gathered = gather(f"{site.shop.origin}{site.path}", truth=corpus.truth, policy=policy, reach=reach)
    assert isinstance(gathered, Subject), gathered
    assert gathered.rendered is not None, gathered.render_failure
    expected = {review.id: special.get(review.id, mode.expected) for review in corpus.shown}
    return gathered, expected | dict.fromkeys((each.id for each in corpus.missing), _MISSING)


def answers(mode: Mode, subject: Subject, expected: dict[str, Expected]) -> list[Answered]:
    """Every review's answer."""
    return [
        Answered(mode.name, judgement.sighting.review.id, expected[judgement.sighting.review.id], judgement)
        for judgement in indexability.judged(subject)
    ]
