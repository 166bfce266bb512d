"""Hundreds of reviews that are much alike, without a browser: each gets its class, and none another's."""

import pytest

from seo.documents import Document
from seo.leaks import leaks
from seo.page import saved
from seo.sightings import Places, ReviewClass, sight
from tests.seo.fixture_shop.corpus import Corpus, corpus
from tests.seo.fixture_shop.modes import MODES, Site
from tests.seo.shop import Shop

COUNT = 200


def served(name: str, reviews: Corpus) -> tuple[Document, dict[str, ReviewClass]]:
    """A mode's page, and the class that is true of each review of it."""
    mode = next(each for each in MODES if each.name == name)
    shop = Shop(origin="https://shop.example")
    special = mode.build(Site(shop, Shop(origin="https://other.example"), "/page"), reviews) or {}
    true = {review.id: special.get(review.id, mode.expected)[0] for review in reviews.shown}
    true |= dict.fromkeys((review.id for review in reviews.missing), ReviewClass.ABSENT)
    html = shop.pages["/page"]
    raw = html if isinstance(html, bytes) else html.encode()
    return Document(saved(raw, url="https://shop.example/page")), true


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["server", "truncated", "stale cache", "template", "JSON state"])
def test_no_review_is_taken_for_another(name: str, seed: int) -> None:
    reviews = corpus(COUNT, seed=seed)
    page, true = served(name, reviews)

    told = sight(reviews.truth, Places(page))

    definite = [each for each in told if each.kind is not ReviewClass.AMBIGUOUS]
    assert [each.review.id for each in definite if each.kind is not true[each.review.id]] == []
    # what is never drawn has nobody's name beside it, so short and repeated texts stay open there
    assert len(told) - len(definite) <= (COUNT // 6 if true[reviews.shown[0].id] is ReviewClass.INERT else 2)


def test_every_leak_is_found_and_none_beside() -> None:
    reviews = corpus(COUNT)

    leaking, _ = served("leaking", reviews)
    clean, _ = served("server", reviews)

    assert {leak.gone.id for leak in leaks(reviews.truth, [leaking])} == {text.id for text in reviews.gone}
    assert leaks(reviews.truth, [clean]) == ()
