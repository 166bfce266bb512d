"""What JSON-LD says of a product, and what it leaves unsaid."""

import json
from dataclasses import replace

import pytest

from seo.markup import jsonld
from seo.markup.facts import ImageFacts, RatingFacts, VariantFacts
from tests.seo.markup import make


def test_a_reviewed_product_carries_its_rating_with_dot_and_scale() -> None:
    node = jsonld.document(make.product(reviews=(make.review(),)))

    assert node is not None
    assert node["@type"] == "Product"
    assert node["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": "4.6",
        "ratingCount": 12,
        "reviewCount": 12,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert node["offers"] == {
        "@type": "Offer",
        "url": make.URL,
        "price": "49.90",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
    }


def test_a_review_is_nested_with_its_author_as_a_person() -> None:
    node = jsonld.document(make.product(reviews=(make.review(title="", rating=2),)))

    assert node is not None
    assert node["review"] == [
        {
            "@type": "Review",
            "author": {"@type": "Person", "name": "Anne D."},
            "datePublished": "2026-03-03T09:30:00+00:00",
            "reviewRating": {"@type": "Rating", "ratingValue": 2, "bestRating": 5, "worstRating": 1},
            "reviewBody": make.BODY,
            "inLanguage": "en-US",
        }
    ]


def test_without_reviews_there_is_no_rating_at_all() -> None:
    node = jsonld.document(make.product(with_rating=False))

    assert node is not None
    assert "aggregateRating" not in node
    assert "review" not in node


def test_with_neither_review_nor_offer_nothing_is_said() -> None:
    facts = make.product(with_rating=False, with_offer=False)

    assert jsonld.document(facts) is None
    assert jsonld.script(facts) == ""


def test_a_family_is_a_product_group_and_alone_carries_the_rating() -> None:
    small = VariantFacts(name="Brume teapot, small", url=make.URL + "-s", sku="S", offer=make.offer(amount_minor=3990))
    family = replace(make.product(reviews=(make.review(),)), is_group=True, offer=None, variants=(small,))

    node = jsonld.document(family)

    assert node is not None
    assert node["@type"] == "ProductGroup"
    assert node["productGroupID"] == "TEAPOT-1"
    assert "aggregateRating" in node
    variants = node["hasVariant"]
    assert isinstance(variants, list)
    assert "aggregateRating" not in json.dumps(variants)
    assert '"price": "39.90"' in json.dumps(variants)


def test_addresses_that_are_not_web_addresses_are_left_out() -> None:
    facts = replace(make.product(), images=(ImageFacts("javascript:alert(1)"), ImageFacts("/relative.jpg")))

    node = jsonld.document(facts)

    assert node is not None
    assert "image" not in node


def test_a_car_is_a_product_too_but_a_shop_never_rates_itself() -> None:
    node = jsonld.document(replace(make.product(), extra_types=("Car",)))
    assert node is not None
    assert node["@type"] == ["Product", "Car"]

    with pytest.raises(ValueError, match="OnlineStore"):
        replace(make.product(), extra_types=("OnlineStore",))


def test_pros_and_cons_are_never_marked_up() -> None:
    script = jsonld.script(make.product(reviews=(make.review(),)))

    assert "positiveNotes" not in script
    assert "negativeNotes" not in script


@pytest.mark.parametrize("count,mean_tenths", [(0, 46), (3, 0), (3, 51)])
def test_an_impossible_rating_cannot_be_built(count: int, mean_tenths: int) -> None:
    with pytest.raises(ValueError, match=r"rating|mean"):
        RatingFacts(count=count, review_count=count, mean_tenths=mean_tenths, histogram=(0, 0, 0, 0, 0))
