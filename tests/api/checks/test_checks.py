"""Staff have a page checked, follow it, and read what was found of each review, by page, by rule and over time."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.db import Database
from core.identity import Role
from core.ids import to_public
from publishing.tables import PageCheck
from tests.api.conftest import Api
from tests.conftest import FrozenClock
from tests.loyalty.sums import count
from tests.make import pages
from tests.seo.shop import Shop
from worker import schedule
from worker.inspector import Inspector

PATH = "/products/galet"
START = """
mutation($input: StartPageCheckInput!) {
  startPageCheck(input: $input) { pageCheck { id url state product { handle } } userErrors { code field } }
}
"""
REPORT = """
query($id: ID!) {
  node(id: $id) { ... on PageCheck {
    state failure errorCount isRendered coverage { reviews yes no depends share }
    findings { code severity verdict title remedy evidence { excerpt } }
    passed: findings(verdicts: [PASS]) { code }
    reviews(first: 1) { nodes { reviewClass indexable share reason remedy } pageInfo { hasNextPage endCursor } }
  } }
}
"""
COVERAGE = """
{ coverage {
    pages coverage { reviews yes share } days { day pages coverage { yes } } rules { code pages }
    products(first: 5) { nodes { product { handle } coverage { yes } classes { reviewClass count } check { id } } }
} }
"""
OF_PRODUCT = '{ product(handle: "galet") { coverage { coverage { yes } } checks { hasFallen } } }'


@pytest.fixture
def shop(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A shop of one product with two published reviews, of which its page shows one."""
    with pages.shop_of_one_product(database, monkeypatch) as opened:
        opened.pages[PATH] = pages.page(database, leave_out=1)
        yield opened


def start(api: Api, shop: Shop, *, role: Role = Role.SEO) -> Any:  # noqa: ANN401 - JSON
    return api.as_staff(role).data(START, input={"url": f"{shop.origin}{PATH}"})["startPageCheck"]


def test_a_check_is_asked_for_made_and_read(api: Api, database: Database, shop: Shop) -> None:
    asked = start(api, shop)["pageCheck"]
    assert (asked["state"], asked["product"]) == ("QUEUED", {"handle": "galet"})
    before = api.as_staff(Role.SEO).data(REPORT, id=asked["id"])["node"]
    assert (before["coverage"], before["findings"], before["reviews"]) == (None, None, None)

    Inspector(database).drain()
    read = api.as_staff(Role.SEO).data(REPORT, id=asked["id"])["node"]

    assert (read["state"], read["failure"], read["isRendered"]) == ("DONE", None, False)
    assert read["coverage"] == {"reviews": 2, "yes": 1, "no": 0, "depends": 1, "share": 0.5}
    assert {finding["verdict"] for finding in read["findings"]} == {"FAIL"}
    assert "OG-01" in {finding["code"] for finding in read["findings"]}
    assert all(finding["title"] and finding["remedy"] for finding in read["findings"])
    assert read["passed"]
    (first,) = read["reviews"]["nodes"]
    assert (first["reviewClass"], first["indexable"]) == ("ABSENT", "DEPENDS")
    assert read["reviews"]["pageInfo"]["hasNextPage"]


def test_what_was_found_adds_up_by_page_by_rule_and_over_time(
    api: Api, database: Database, shop: Shop, frozen_clock: FrozenClock
) -> None:
    check = start(api, shop)["pageCheck"]
    Inspector(database).drain()
    schedule.keep_coverage(database)

    told = api.as_staff(Role.SEO).data(COVERAGE)["coverage"]

    assert told["coverage"] == {"reviews": 2, "yes": 1, "share": 0.5}
    assert told["days"] == [{"day": "2026-03-02", "pages": 1, "coverage": {"yes": 1}}]
    assert {"code": "OG-01", "pages": 1} in told["rules"]
    assert told["products"]["nodes"] == [
        {
            "product": {"handle": "galet"},
            "coverage": {"yes": 1},
            "classes": [{"reviewClass": "ABSENT", "count": 1}, {"reviewClass": "RAW", "count": 1}],
            "check": {"id": check["id"]},
        }
    ]
    of_product = api.as_staff(Role.SEO).data(OF_PRODUCT)["product"]
    assert of_product == {"coverage": [{"coverage": {"yes": 1}}], "checks": [{"hasFallen": False}]}


@pytest.mark.parametrize(
    "asked, code",
    [
        ({"url": "https://elsewhere.example/products/galet"}, "NO_PAGE"),
        ({"productId": to_public("Product", 1)}, "PRODUCT_NOT_FOUND"),
        ({"productId": to_public("Product", 1), "storefrontId": to_public("Storefront", 1)}, "STOREFRONT_NOT_FOUND"),
    ],
)
def test_what_is_no_page_of_the_shop_is_not_checked(api: Api, asked: dict[str, str], code: str) -> None:
    refused = api.as_staff(Role.SEO).data(START, input=asked)["startPageCheck"]

    assert (refused["pageCheck"], refused["userErrors"][0]["code"]) == (None, code)
    with api.database.reading() as session:
        assert count(session, PageCheck) == 0


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.MARKETER])
def test_others_ask_for_no_check(api: Api, database: Database, shop: Shop, role: Role) -> None:
    assert api.as_staff(role).code(START, input={"url": f"{shop.origin}{PATH}"}) == "FORBIDDEN"

    with database.reading() as session:
        assert count(session, PageCheck) == 0


def test_a_visitor_learns_nothing_of_a_products_coverage(api: Api, database: Database, shop: Shop) -> None:
    start(api, shop)
    Inspector(database).drain()

    assert api.as_visitor().data(OF_PRODUCT)["product"] == {"coverage": None, "checks": None}
