"""What a query costs before it runs: the objects that may answer it, whatever shape the document has."""

from pathlib import Path

import pytest
from graphql import parse

from api.cost import CAP, spent
from api.limits import Measure
from core.settings import Settings

QUERIES = sorted((Path(__file__).parents[2] / "examples" / "storefront" / "queries").glob("*.graphql"))
# what the demo storefront asks for at most: products of a sitemap, reviews of a page
LARGEST_PAGES = {"home": 24, "sitemap": 100}
PAGES_A_SECOND = 20


def cost(document: str, **variables: object) -> int:
    """The requested cost of a document."""
    return Measure(parse(document), variables).cost()


@pytest.mark.parametrize(
    "document, expected",
    [
        ("{ __typename }", 0),
        ("{ viewer { kind } }", 1),
        ('{ product(handle: "a") { name price { amountMinor } } }', 2),
        ("{ products(first: 5) { nodes { id } } }", 1 + 5),
        ("{ products { nodes { id } } }", 1 + 10),
        ("{ products(first: 5) { edges { node { id } } } }", 1 + 5 * 2),
        ("{ products(first: 5) { nodes { id } pageInfo { hasNextPage } } }", 1 + 5 + 1),
        ("{ products(first: 5) { nodes { price { amountMinor } reviews(first: 3) { nodes { id } } } } }", 1 + 5 * 6),
        ('{ product(handle: "a") { family { products { id } } } }', 1 + 1 + 500),
        ('{ product(handle: "a") { markup(first: 10) { head } } }', 1 + 10),
        ("{ webhookEndpoints(first: 2) { nodes { attempts { status } } } }", 1 + 2 * (1 + 20)),
    ],
)
def test_a_leaf_is_free_an_object_is_one_and_a_page_is_its_items(document: str, expected: int) -> None:
    assert cost(document) == expected


def test_pages_of_pages_multiply() -> None:
    inner = "reviews(first: 20) { nodes { author { displayName } } }"

    assert cost(f"{{ products(first: 30) {{ nodes {{ {inner} }} }} }}") == 1 + 30 * (1 + 1 + 20 * 2)


@pytest.mark.parametrize(
    "document, variables, size",
    [
        ("query Q($n: Int!) { products(first: $n) { nodes { id } } }", {"n": 7}, 7),
        ("query Q($n: Int = 8) { products(first: $n) { nodes { id } } }", {}, 8),
        ("query Q($n: Int = 8) { products(first: $n) { nodes { id } } }", {"n": 9}, 9),
        ("query Q($n: Int) { products(first: $n) { nodes { id } } }", {}, 10),
        # what is out of range is refused by the field; until then it counts as the largest or smallest page
        ("query Q($n: Int!) { products(first: $n) { nodes { id } } }", {"n": 1_000_000}, 100),
        ("query Q($n: Int!) { products(first: $n) { nodes { id } } }", {"n": -3}, 1),
        ("query Q($n: Int!) { products(first: $n) { nodes { id } } }", {"n": "many"}, 100),
        ("{ products(first: 99999999999999999999) { nodes { id } } }", {}, 100),
    ],
)
def test_a_pages_size_is_read_from_variables_and_their_defaults(
    document: str, variables: dict[str, object], size: int
) -> None:
    assert cost(document, **variables) == 1 + size


def test_aliases_cost_each_on_their_own() -> None:
    aliased = " ".join(f"a{number}: products(first: 4) {{ nodes {{ id }} }}" for number in range(6))

    assert cost(f"{{ {aliased} }}") == 6 * (1 + 4)


FRAGMENTS = {
    "on items": "{ products(first: 7) { nodes { ...p } } } fragment p on Product { price { amountMinor } }",
    "on a connection": "{ products(first: 7) { ...c } } "
    "fragment c on ProductConnection { nodes { price { amountMinor } } }",
    "in a fragment": "{ products(first: 7) { ...c } } fragment c on ProductConnection { ...d } "
    "fragment d on ProductConnection { nodes { ... on Product { price { amountMinor } } } }",
}


@pytest.mark.parametrize("document", FRAGMENTS.values(), ids=FRAGMENTS.keys())
def test_a_fragment_costs_what_it_would_if_written_out(document: str) -> None:
    assert cost(document) == cost("{ products(first: 7) { nodes { price { amountMinor } } } }") == 1 + 7 * 2


def test_one_fragment_costs_by_the_page_it_is_spread_on() -> None:
    document = (
        "{ few: products(first: 2) { ...c } many: products(first: 50) { ...c } } "
        "fragment c on ProductConnection { nodes { id } }"
    )

    assert cost(document) == (1 + 2) + (1 + 50)


def test_chained_fragments_are_visited_once_and_their_cost_stops_growing() -> None:
    links = " ".join(f"fragment f{number} on Query {{ ...f{number + 1} ...f{number + 1} }}" for number in range(60))
    measure = Measure(parse(f"{{ ...f0 }} {links} fragment f60 on Query {{ viewer {{ kind }} }}"))

    # two spreads in each of 60 links, the first spread, and the two fields at the end
    assert measure.visited == 2 * 60 + 1 + 2
    assert measure.cost() == CAP


def test_the_operation_that_runs_is_the_one_that_costs() -> None:
    document = parse("query Dear { products(first: 50) { nodes { id } } } query Cheap { viewer { kind } }")

    assert Measure(document).cost("Cheap") == 1
    assert Measure(document).cost("Dear") == 51
    assert Measure(document).cost("Unknown") == 51


def test_another_operations_default_makes_none_cheaper() -> None:
    document = parse(
        "query Dear($n: Int = 90) { products(first: $n) { ...c } } query Cheap($n: Int = 1) { viewer { kind } } "
        "fragment c on ProductConnection { nodes { id } }"
    )

    assert Measure(document).cost("Dear") == 1 + 90


def test_what_was_spent_are_the_objects_of_the_answer() -> None:
    assert spent(None) == 0
    assert spent({"a": 1, "b": None, "c": ["x", "y"]}) == 0
    assert spent({"products": {"nodes": [{"id": 1}, {"id": 2, "price": {"amountMinor": 3}}, None]}}) == 4


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_a_shop_of_twenty_pages_a_second_is_never_throttled(query: Path) -> None:
    measured = cost(query.read_text(encoding="utf-8"), first=LARGEST_PAGES.get(query.stem, 10))
    at_once, each_second = Settings().visitor_allowance

    assert 0 < measured * PAGES_A_SECOND <= each_second <= at_once
