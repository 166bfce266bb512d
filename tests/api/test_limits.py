"""Documents that are cheap to send and dear to answer are refused before they are validated."""

import pytest
from graphql import parse

from api import limits
from api.limits import Measure
from tests.api.conftest import Api


def chain(length: int) -> str:
    """Each fragment spreads the next twice: 2**length fields when written out."""
    parts = [f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(length)]
    return "{ ...f0 } " + " ".join(parts) + f" fragment f{length} on Query {{ __typename }}"


ATTACKS = {
    "chained fragments": chain(18),
    "long chain": chain(60),
    "repeated field": "{ " + "__typename " * 240 + "}",
    "too many tokens": "{ " + "__typename " * 5000 + "}",
    "deep nesting": "{ viewer " * 100 + "{ kind }" + "}" * 100,
    "very deep nesting": "{a" * 5000 + "}" * 5000,
    "directives": "{ __typename " + "@a " * 300 + "}",
    "aliases": "{ " + " ".join(f"a{n}: __typename" for n in range(1100)) + " }",
    "comments": "#\n" * 3000 + "{ __typename }",
    "length": "{ __typename } #" + "x" * 30_000,
}


@pytest.mark.parametrize("document", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_by_document_is_refused_with_a_code(api: Api, document: str) -> None:
    code = api.as_visitor().code(document)

    assert code in {"DOCUMENT_TOO_LARGE", "GRAPHQL_PARSE_FAILED"}


def pages(levels: int, *, first: str = "100") -> str:
    """Reviews of the product of reviews, and so on: each level has a hundred times the answers of the one above."""
    inner = "id"
    for _ in range(levels):
        inner = f"reviews(first: {first}) {{ nodes {{ product {{ {inner} }} }} }}"
    return f'{{ product(handle: "a") {{ {inner} }} }}'


NESTED = {
    "pages of pages": pages(4),
    "pages of default size": pages(5).replace("(first: 100)", ""),
    "pages by variable": pages(4, first="$n").replace("{", "query Q($n: Int!) {", 1),
    "pages by a variable's default": pages(4, first="$n").replace("{", "query Q($n: Int! = 100) {", 1),
    "pages behind fragments": 'query Q { product(handle: "a") { ...a } } fragment a on Product { reviews(first: 100) '
    "{ ...b } } fragment b on ReviewConnection { nodes { product { reviews(first: 100) { edges { node { product { "
    "reviews(first: 100) { nodes { id } } } } } } } } }",
    "default pages behind fragments": '{ product(handle: "a") { ...p } } fragment p on Product { reviews { ...a } } '
    "fragment a on ReviewConnection { nodes { product { reviews { ...b } } } } "
    "fragment b on ReviewConnection { nodes { product { reviews { ...c } } } } "
    "fragment c on ReviewConnection { nodes { product { reviews { ...d } } } } "
    "fragment d on ReviewConnection { nodes { product { reviews { nodes { id } } } } }",
    "families of families": '{ product(handle: "a") { ' + "family { products { " * 3 + "id" + " } }" * 3 + " } }",
}


@pytest.mark.parametrize("document", NESTED.values(), ids=NESTED.keys())
def test_a_short_document_with_a_long_answer_is_refused(api: Api, document: str) -> None:
    assert api.as_visitor().run(document, n=100)["errors"][0]["extensions"]["code"] == "DOCUMENT_TOO_LARGE"


def test_what_pages_need_is_within_the_limits(api: Api) -> None:
    fields = "id rating title body author { displayName } publishedAt verification incentivised photoCount"
    listing = (
        f"{{ products(first: 100) {{ nodes {{ id name handle reviews(first: 10) {{ nodes {{ {fields} }} }} }} }} }}"
    )
    variants = "{ products(first: 20) { nodes { id family { products { id name handle } } } } }"
    by_default = "query Q($n: Int = 10) { products(first: $n) { nodes { reviews(first: $n) { nodes { id } } } } }"

    plain = f"{{ products {{ nodes {{ {' '.join(f'a{n}: name' for n in range(100))} }} }} }}"

    for document in (listing, variants, by_default, plain):
        assert "errors" not in api.as_visitor().run(document)


def test_a_fragment_is_measured_once_however_often_it_is_spread() -> None:
    measure = Measure(parse(chain(60)))

    assert measure.excess() == ("fields", limits.MAX_FIELDS)
    assert len(measure._measured) == 61


def test_circular_and_unknown_fragments_are_validations_business(api: Api) -> None:
    assert api.as_visitor().code("{ ...a } fragment a on Query { ...a }") == "GRAPHQL_VALIDATION_FAILED"
    assert api.as_visitor().code("{ ...nope }") == "GRAPHQL_VALIDATION_FAILED"


def test_graphiqls_introspection_is_within_the_limits(api: Api) -> None:
    from graphql import get_introspection_query

    assert "errors" not in api.as_visitor().run(get_introspection_query())
