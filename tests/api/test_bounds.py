"""What a product page costs: a number of statements that does not grow with its reviews."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session

from loyalty import memberships
from loyalty.memberships import JoinDraft
from loyalty.tables import Program
from shop.products import ListingDraft
from tests.api.conftest import Api, Callee
from tests.make import loyalty as make_loyalty
from tests.make import photos as make_photos
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc.tables.photos import PhotoStatus

ROOT = Path(__file__).resolve().parent.parent.parent

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
            author_id = make.customer(session)
            review_id = make_ugc.published_review(session, product_id=product_id, author_id=author_id)
            make_photos.photo(session, customer_id=author_id, review_id=review_id, status=PhotoStatus.APPROVED)

    api.database.writing(step)


def join(api: Api) -> Callee:
    """A member of a program with tiers, who has points."""

    def step(session: Session) -> None:
        tiers = (make_loyalty.tier("Bronze", 0), make_loyalty.tier("Gold", 500))
        program_id = make_loyalty.program(session, replace(make_loyalty.program_draft(), tiers=tiers))
        customer_id = make.customer(session, "c-1", storefront_id=api.storefront.id)
        terms = session.get_one(Program, program_id).terms_version
        make.accepted(memberships.join(session, JoinDraft(program_id, customer_id, terms, "TEST")))

    api.database.writing(step)
    return api.as_customer("c-1")


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

    member = join(api)

    assert member.data(WITH_BALANCE, handle="mug-blue")["viewer"]["memberships"] != []
    assert count(statements, member, WITH_BALANCE) == 8


def test_no_query_of_ours_skips_rows_but_for_pages_that_crawlers_know_by_number() -> None:
    queries = [
        path for room in ("core", "shop", "ugc", "loyalty", "publishing") for path in (ROOT / room).rglob("*.py")
    ]

    assert len(queries) > 100
    assert [path.name for path in queries if ".offset(" in path.read_text() or "OFFSET :" in path.read_text()] == [
        "numbered.py"
    ]
