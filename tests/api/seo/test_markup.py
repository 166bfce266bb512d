"""Product.markup: exactly the reviews beside it, in every form, and nothing that may not be claimed."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlmodel import Session

from core import ids
from shop.products import ListingDraft
from tests.api.conftest import Api, make_storefront
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc import moderation

MARKUP = """
query Page($handle: String!, $first: Int = 10, $after: String, $storefront: String) {
  product(handle: $handle) {
    ratingSummary { count mean }
    reviews(first: $first, after: $after) { nodes { id body } pageInfo { endCursor } }
    markup(first: $first, after: $after, storefront: $storefront) { head jsonLd microdata openGraph twitter }
  }
}
"""


def seed(api: Api, *, reviews: int) -> None:
    def step(session: Session) -> None:
        listing = ListingDraft(storefront_id=api.storefront.id, price_minor=1250, currency="USD")
        product_id = make.product(session, "green-tea", name="Green tea", listings=(listing,))
        for number in range(reviews):
            make_ugc.published_review(session, product_id=product_id, rating=5 - number % 2)

    api.database.writing(step)


def page(api: Api, **variables: Any) -> Any:  # noqa: ANN401 - JSON
    return api.as_visitor().data(MARKUP, handle="green-tea", **variables)["product"]


def json_ld(markup: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
    found = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', markup["jsonLd"], re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_markup_marks_up_exactly_the_reviews_beside_it(api: Api) -> None:
    seed(api, reviews=5)

    shown = page(api, first=2)
    assert [review["reviewBody"] for review in json_ld(shown["markup"])["review"]] == [
        node["body"] for node in shown["reviews"]["nodes"]
    ]

    following = page(api, first=2, after=shown["reviews"]["pageInfo"]["endCursor"])
    assert [review["reviewBody"] for review in json_ld(following["markup"])["review"]] == [
        node["body"] for node in following["reviews"]["nodes"]
    ]


def test_the_rating_is_the_same_in_summary_json_ld_and_microdata(api: Api) -> None:
    seed(api, reviews=4)

    shown = page(api)
    aggregate = json_ld(shown["markup"])["aggregateRating"]
    block = BeautifulSoup(shown["markup"]["microdata"], "html.parser").select_one("[itemprop=aggregateRating]")

    assert block is not None
    value = block.select_one("[itemprop=ratingValue]")
    assert value is not None
    assert (str(shown["ratingSummary"]["mean"]), shown["ratingSummary"]["count"]) == ("4.5", 4)
    assert (aggregate["ratingValue"], aggregate["ratingCount"]) == ("4.5", 4)
    assert value.get("value") == "4.5"


def test_without_a_published_review_no_stars_are_claimed(api: Api) -> None:
    seed(api, reviews=0)

    shown = page(api)["markup"]

    assert "aggregateRating" not in shown["jsonLd"]
    assert "aggregateRating" not in shown["microdata"]
    assert json_ld(shown)["offers"]["price"] == "12.50"


def test_the_head_holds_open_graph_twitter_and_json_ld(api: Api) -> None:
    seed(api, reviews=1)

    head = BeautifulSoup(page(api)["markup"]["head"], "html.parser")

    assert {tag["property"] for tag in head.select("meta[property^='og:']")} >= {"og:title", "og:type", "og:url"}
    assert head.select_one("meta[name='twitter:card']") is not None
    assert head.select_one("script[type='application/ld+json']") is not None


def test_another_storefront_can_be_named(api: Api) -> None:
    seed(api, reviews=1)
    make_storefront(api.database, "paris", locale="fr-FR", currency="EUR")

    shown = page(api, storefront="paris")["markup"]

    assert json_ld(shown)["url"] == "https://paris.example/products/green-tea"
    assert 'content="fr_FR"' in shown["openGraph"]


def test_an_unknown_storefront_is_refused(api: Api) -> None:
    seed(api, reviews=0)

    assert api.as_visitor().code(MARKUP, handle="green-tea", storefront="nowhere") == "BAD_USER_INPUT"


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- <script>", "\u2028 & \" '"])
def test_a_hostile_text_stays_text(api: Api, text: str) -> None:
    body = f"{text} und dann noch ein ganz normaler Satz dahinter."

    def step(session: Session) -> None:
        product_id = make.product(session, "green-tea", name="Green tea")
        review_id = make_ugc.review(session, product_id=product_id, body=body)
        make.accepted(moderation.approve(session, make_ugc.decision(session, review_id)))

    api.database.writing(step)
    shown = page(api)

    assert json_ld(shown["markup"])["review"][0]["reviewBody"] == shown["reviews"]["nodes"][0]["body"]
    assert BeautifulSoup(shown["markup"]["microdata"], "html.parser").find("script") is None


def test_a_variants_page_marks_up_the_family(api: Api) -> None:
    def step(session: Session) -> None:
        first, second = (make.product(session, handle, name=handle) for handle in ("mug-blue", "mug-red"))
        make.family(session, first, second)
        make_ugc.published_review(session, product_id=second)

    api.database.writing(step)
    shown = api.as_visitor().data(MARKUP, handle="mug-blue")["product"]["markup"]

    described = json_ld(shown)
    assert described["@type"] == "ProductGroup"
    assert [variant["name"] for variant in described["hasVariant"]] == ["mug-blue", "mug-red"]
    assert "aggregateRating" not in described["hasVariant"][0]
    assert described["aggregateRating"]["ratingCount"] == 1


def test_ids_are_opaque_everywhere(api: Api) -> None:
    seed(api, reviews=1)

    node = page(api)["reviews"]["nodes"][0]

    assert ids.from_public(node["id"]) is not None
