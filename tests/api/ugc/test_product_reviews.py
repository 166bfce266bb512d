"""What a product page reads: ratings, pages of reviews in every order, in a bounded number of statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from core.ids import from_public
from tests.api.conftest import Api
from tests.api.ugc import make as make_api
from tests.make import shop as make
from tests.make import ugc as make_ugc

PAGE = """query Page($handle: String!, $first: Int!, $after: String, $sort: ReviewSort!, $filter: ReviewFilter) {
  product(handle: $handle) {
    ratingSummary { count reviewCount photoReviewCount mean meanTenths histogram { rating count } }
    reviews(first: $first, after: $after, sort: $sort, filter: $filter) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id rating title body locale verification incentivised origin source photoCount publishedAt updatedAt
        experiencedOn author { displayName } product { handle }
      }
    }
  }
}"""


def test_a_page_shows_the_rating_and_the_reviews(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    make_api.published(api, product_id, rating=5, author="ada")
    make_api.published(api, product_id, rating=4, author="ben", number=2)
    make_api.submit(api.as_customer("waiting"), product_id, rating=1, number=3)

    page = api.as_visitor().data(PAGE, handle="sencha", first=10, sort="HIGHEST")["product"]

    assert page["ratingSummary"] == {
        "count": 2,
        "reviewCount": 2,
        "photoReviewCount": 0,
        "mean": 4.5,
        "meanTenths": 45,
        "histogram": [{"rating": star, "count": int(star >= 4)} for star in (5, 4, 3, 2, 1)],
    }
    best, second = page["reviews"]["nodes"]
    assert (best["rating"], second["rating"]) == (5, 4)
    assert best["author"] == {"displayName": "Ada L."}
    assert (best["verification"], best["origin"], best["product"]) == ("NONE", "OWN_SITE", {"handle": "sencha"})
    assert best["publishedAt"].endswith("Z")
    assert (best["updatedAt"], best["experiencedOn"]) == (None, None)


def test_cursors_lead_through_and_belong_to_their_order(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    made = [make_api.published(api, product_id, author=f"a{n}", number=n)["id"] for n in range(3)]
    visitor = api.as_visitor()

    first = visitor.data(PAGE, handle="sencha", first=2, sort="OLDEST")["product"]["reviews"]
    after = first["pageInfo"]["endCursor"]
    rest = visitor.data(PAGE, handle="sencha", first=2, sort="OLDEST", after=after)["product"]["reviews"]

    assert [node["id"] for node in first["nodes"] + rest["nodes"]] == made
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert visitor.code(PAGE, handle="sencha", first=2, sort="HIGHEST", after=after) == "BAD_USER_INPUT"


@pytest.mark.parametrize("bad", [{"first": 0}, {"first": 101}, {"after": "rubbish"}, {"filter": {"rating": 6}}])
def test_arguments_that_no_list_has_are_refused(api: Api, bad: dict[str, object]) -> None:
    make_api.product(api.database, "sencha")
    asked: dict[str, object] = {"handle": "sencha", "first": 2, "sort": "NEWEST", **bad}

    assert api.as_visitor().code(PAGE, **asked) == "BAD_USER_INPUT"


def test_filters_pass(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    make_api.published(api, product_id, rating=5, author="ada")
    make_api.published(api, product_id, rating=2, author="ben", number=2)

    page = api.as_visitor().data(PAGE, handle="sencha", first=5, sort="NEWEST", filter={"rating": 2})["product"]

    assert [node["rating"] for node in page["reviews"]["nodes"]] == [2]
    assert page["ratingSummary"]["count"] == 2


@pytest.mark.parametrize("number", [1, 50])
def test_a_page_takes_four_statements_whatever_it_holds(
    api: Api, statements: Callable[[], AbstractContextManager[list[str]]], number: int
) -> None:
    product_id = make_api.product(api.database, "sencha")
    found = from_public(product_id)
    assert found is not None
    for _ in range(number):
        api.database.writing(lambda session: make_ugc.imported(session, product_id=found[1]))
    visitor = api.as_visitor()
    visitor.data("{ viewer { kind } }")

    with statements() as seen:
        page = visitor.data(PAGE, handle="sencha", first=50, sort="NEWEST")["product"]

    assert len(page["reviews"]["nodes"]) == number
    # the product, its summary, its reviews, and the products the reviews are about
    assert len(seen) == 4


def test_a_family_shares_reviews_and_rating(api: Api) -> None:
    small, large = make_api.product(api.database, "sencha-50"), make_api.product(api.database, "sencha-100")
    numbers = [found[1] for found in map(from_public, (small, large)) if found]
    api.database.writing(lambda session: make.family(session, *numbers))
    make_api.published(api, small, author="ada")

    page = api.as_visitor().data(PAGE, handle="sencha-100", first=5, sort="NEWEST")["product"]

    assert page["ratingSummary"]["count"] == 1
    assert [node["product"] for node in page["reviews"]["nodes"]] == [{"handle": "sencha-50"}]
