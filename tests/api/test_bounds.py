"""What a product page costs: a number of statements that does not grow with its reviews."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from shop.products import ListingDraft
from tests.api.conftest import Api, Callee
from tests.make import shop as make
from tests.make import ugc as make_ugc

Statements = Callable[[], AbstractContextManager[list[str]]]

PAGE = """
query ProductPage($handle: String!) {
  product(handle: $handle) {
    id name description price { amountMinor currencyCode } availability url
    ratingSummary { count mean histogram { rating count } }
    reviews(first: 50) {
      nodes { id rating title body author { displayName } publishedAt photos { url } }
      pageInfo { hasNextPage endCursor }
    }
    photos(first: 12) { nodes { url } }
    markup(first: 50) { head microdata }
  }
}
"""
WITH_BALANCE = (
    PAGE.rstrip().rstrip("}") + "  viewer { memberships { program { name } balance { spendable } tier { name } } }\n}"
)


def seed(api: Api, *, reviews: int) -> None:
    def step(session: Session) -> None:
        listing = ListingDraft(storefront_id=api.storefront.id, price_minor=1250, currency="USD")
        product_id = make.product(session, "mug-blue", listings=(listing,))
        make.family(session, product_id, make.product(session, "mug-red"))
        for _ in range(reviews):
            make_ugc.published_review(session, product_id=product_id)

    api.database.writing(step)


def count(statements: Statements, caller: Callee, document: str) -> int:
    caller.data("{ viewer { kind } }")  # the key is known from here on
    with statements() as known:
        caller.data("{ viewer { kind } }")
    with statements() as seen:
        caller.data(document, handle="mug-blue")
    return len(seen) - len(known)


@pytest.mark.parametrize("reviews", [1, 50])
def test_a_product_page_takes_at_most_six_statements(api: Api, statements: Statements, reviews: int) -> None:
    seed(api, reviews=reviews)

    assert count(statements, api.as_visitor(), PAGE) == 6


@pytest.mark.parametrize("reviews", [1, 50])
def test_with_the_viewers_balance_it_takes_at_most_eight(api: Api, statements: Statements, reviews: int) -> None:
    seed(api, reviews=reviews)

    assert count(statements, api.as_customer("c-1"), WITH_BALANCE) <= 8


def test_no_statement_of_a_page_skips_rows(api: Api, statements: Statements) -> None:
    seed(api, reviews=3)

    with statements() as seen:
        api.as_visitor().data(PAGE, handle="mug-blue")

    assert [text for text in seen if "OFFSET" in text.upper()] == []
