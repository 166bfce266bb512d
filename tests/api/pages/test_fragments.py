"""The list of reviews over HTTP and GraphQL: the same page, with its own canonical address, and 404 past the last."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlmodel import Session

from shop import products
from shop.products import ListingDraft
from tests.api.conftest import Api
from tests.make import photos as make_photos
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc.tables.photos import PhotoStatus
from ugc.tables.reviews import Origin

Statements = Callable[[], AbstractContextManager[list[str]]]
LIST = """query List($page: Int!, $first: Int!) { product(handle: "galet") {
  reviewList(page: $page, first: $first) { html canonicalUrl page pageCount previousUrl nextUrl }
} }"""


def seed(api: Api, *, reviews: int) -> None:
    def step(session: Session) -> None:
        listing = ListingDraft(storefront_id=api.storefront.id, price_minor=1250, currency="USD")
        product_id = make.product(session, "galet", listings=(listing,))
        for _ in range(reviews):
            author = make.customer(session)
            review_id = make_ugc.published_review(session, product_id=product_id, author_id=author)
            make_photos.photo(session, customer_id=author, review_id=review_id, status=PhotoStatus.APPROVED)
        make_ugc.imported(session, product_id=product_id, origin=Origin.ELSEWHERE)

    api.database.writing(step)


def seed_another(api: Api) -> None:
    def step(session: Session) -> None:
        product = products.shown_by_handle(session, "galet", storefront_id=None)
        assert product is not None
        make_ugc.published_review(session, product_id=product.id)

    api.database.writing(step)


def listed(api: Api, page: int = 1, first: int = 10) -> Any:  # noqa: ANN401 - JSON
    return api.as_visitor().data(LIST, page=page, first=first)["product"]["reviewList"]


def articles(html: str) -> int:
    return len(BeautifulSoup(html, "html5lib").select("article"))


def test_pages_hold_every_review_of_this_shop_once(api: Api) -> None:
    seed(api, reviews=12)

    first = api.client.get("/fragments/main/galet")
    second = api.client.get("/fragments/main/galet?reviews=2")

    assert (articles(first.text), articles(second.text)) == (10, 2)
    assert first.headers["link"] == '<https://main.example/products/galet>; rel="canonical"'
    assert second.headers["link"] == '<https://main.example/products/galet?reviews=2>; rel="canonical"'
    assert second.headers["x-robots-tag"] == "noindex, indexifembedded"
    assert "script" not in second.text
    assert first.headers["surrogate-key"].startswith("product-")
    assert second.text == listed(api, 2)["html"]


def test_a_cache_may_ask_whether_the_list_is_still_good(api: Api) -> None:
    seed(api, reviews=1)
    tag = api.client.get("/fragments/main/galet").headers["etag"]

    assert api.client.get("/fragments/main/galet", headers={"if-none-match": tag}).status_code == 304
    seed_another(api)
    assert api.client.get("/fragments/main/galet", headers={"if-none-match": tag}).status_code == 200


def test_the_contract_gives_the_same_page_with_its_neighbours(api: Api) -> None:
    seed(api, reviews=5)

    found = listed(api, 2, 2)

    assert (found["page"], found["pageCount"]) == (2, 3)
    assert found["canonicalUrl"] == "https://main.example/products/galet?reviews=2"
    assert found["previousUrl"] == "https://main.example/products/galet"
    assert found["nextUrl"] == "https://main.example/products/galet?reviews=3"
    assert articles(found["html"]) == 2


def test_what_is_not_there_is_not_found(api: Api) -> None:
    seed(api, reviews=1)

    places = ("main/galet?reviews=2", "main/galet?reviews=0", "main/galet?reviews=01", "main/none", "none/galet")
    for place in (*places, "main/galet?reviews=99999", "main/galet?reviews=%D9%A1"):
        assert api.client.get(f"/fragments/{place}").status_code == 404, place
    assert listed(api, 2) is None
    assert api.as_visitor().code(LIST, page=0, first=10) == "BAD_USER_INPUT"


def test_a_product_without_reviews_has_an_empty_list(api: Api) -> None:
    api.database.writing(lambda session: make.product(session, "galet"))

    answer = api.client.get("/fragments/main/galet")

    assert (answer.status_code, answer.text) == (200, "")


def test_the_stylesheet_is_there(api: Api) -> None:
    answer = api.client.get("/fragments/reviews.css")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")


@pytest.mark.parametrize("reviews", [1, 10])
def test_a_page_costs_the_same_whatever_is_on_it(api: Api, statements: Statements, reviews: int) -> None:
    seed(api, reviews=reviews)

    with statements() as seen:
        api.client.get("/fragments/main/galet")

    # storefront, product, totals, reviews, photos
    assert len(seen) == 5
