"""The Open Graph and Twitter tags of a product: which, in which order, in whose language."""

from dataclasses import replace

import pytest

from seo.markup import build, localised, microdata, opengraph, twitter
from seo.markup.facts import ImageFacts
from tests.seo.markup import make


def test_a_structured_property_follows_its_image() -> None:
    second = ImageFacts("https://shop.example/lid.jpg", 800, 800, "The lid")
    facts = make.product()

    names = [name for name, _ in opengraph.tags(replace(facts, images=(*facts.images, second)))]

    assert names[:3] == ["og:title", "og:type", "og:url"]
    assert names[3:11] == ["og:image", "og:image:width", "og:image:height", "og:image:alt"] * 2
    assert names[-3:] == ["product:price:amount", "product:price:currency", "product:availability"]


def test_the_rating_is_told_in_the_description_in_the_shops_language() -> None:
    french = dict(opengraph.tags(make.product(locale="fr-FR")))
    english = dict(opengraph.tags(make.product(locale="en-US")))

    assert french["og:description"].startswith("★ 4,6/5 d’après 12 avis. A teapot")
    assert english["og:description"].startswith("★ 4.6/5 from 12 reviews. A teapot")
    assert (french["og:locale"], english["og:locale"]) == ("fr_FR", "en_US")


def test_a_long_description_is_cut_at_a_word() -> None:
    told = opengraph.description(make.product(description="word " * 100, with_rating=False))

    assert len(told) <= opengraph.DESCRIPTION_CHARACTERS
    assert told.endswith("word…")


@pytest.mark.parametrize(
    "tag,expected", [("fr", "fr_FR"), ("en-GB", "en_GB"), ("zh-Hant", "zh_TW"), ("xx-nonsense", None)]
)
def test_a_locale_is_told_with_its_territory(tag: str, expected: str | None) -> None:
    assert localised.open_graph_locale(tag) == expected


def test_the_card_is_large_when_there_is_a_picture() -> None:
    facts = make.product()

    assert dict(twitter.tags(facts))["twitter:card"] == "summary_large_image"
    assert dict(twitter.tags(replace(facts, images=())))["twitter:card"] == "summary"


def test_quotes_in_a_name_do_not_leave_the_attribute() -> None:
    head = build(make.product(name='A "fine" <teapot>')).head

    assert 'content="A &quot;fine&quot; &lt;teapot&gt;"' in head


def test_the_visible_block_shows_the_mean_as_its_reader_writes_it() -> None:
    shown = microdata.fragment(make.product(locale="fr-FR", reviews=(make.review(),)))

    assert '<data itemprop="ratingValue" value="4.6">4,6</data>' in shown
    assert 'aria-label="4,6 sur 5 étoiles"' in shown
    assert ">3 mars 2026</time>" in shown


def test_the_visible_block_is_empty_without_reviews() -> None:
    assert microdata.fragment(make.product(with_rating=False)) == ""
