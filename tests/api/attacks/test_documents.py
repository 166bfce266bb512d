"""Every attack by document is refused with its code, after a bounded number of nodes, in a short answer."""

import pytest
from graphql import Node, parse
from graphql.language import Visitor, visit

from api import limits
from api.limits import Measure
from tests.api.attacks.corpus import ATTACKS, Attack
from tests.api.conftest import Api


class _Counting(Visitor):
    """Counts the nodes of a document."""

    found = 0

    def enter(self, *_: object) -> None:
        self.found += 1


def nodes_of(document: Node) -> int:
    """How many nodes the document has."""
    counting = _Counting()
    visit(document, counting)
    return counting.found


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_is_refused_with_its_code(api: Api, attack: Attack) -> None:
    caller = api.as_customer("ada")

    answer = caller.client.post(
        "/graphql", json={"query": attack.document, "variables": attack.variables}, headers=caller.headers
    )

    assert {error["extensions"]["code"] for error in answer.json()["errors"]} == {attack.code}
    assert "data" not in answer.json()
    # what is refused is not worth more to the sender than what it took to send
    assert len(answer.content) < 6000


@pytest.mark.parametrize("attack", [each for each in ATTACKS.values() if each.visited], ids=str)
def test_an_attack_is_measured_in_a_bounded_number_of_nodes(attack: Attack) -> None:
    document = parse(attack.document, max_lexical_tokens=limits.MAX_TOKENS)

    measure = Measure(document, attack.variables)

    assert measure.visited <= attack.visited
    assert measure.visited <= nodes_of(document)


def test_what_is_not_measured_is_refused_by_the_parser() -> None:
    unmeasured = {attack.code for attack in ATTACKS.values() if not attack.visited}

    assert unmeasured == {"GRAPHQL_PARSE_FAILED"}


MISSPELT = (
    "{ produc { id } }",
    '{ product(handl: "a") { id } }',
    "{ products { nodes { reviews(sort: NEWES) { nodes { id } } } } }",
    "query Q($a: Strin) { product(handle: $a) { id } }",
    "{ viewer @includ(if: true) { kind } }",
    "fragment f on Produc { id } { ...f }",
    "mutation { submitReview(input: { produtId: 1 }) { userErrors { code } } }",
    '{ node(id: "a") { ... on Product { nam } } }',
)


@pytest.mark.parametrize("document", MISSPELT)
def test_no_name_is_suggested(api: Api, document: str) -> None:
    answer = api.as_customer("ada").run(document)

    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "did you mean" not in str(answer).lower()


def test_no_name_is_suggested_for_a_variables_value(api: Api) -> None:
    by_name = "mutation M($i: SubmitReviewInput!) { submitReview(input: $i) { userErrors { code } } }"
    by_value = "query Q($s: ReviewSort!) { products { nodes { reviews(sort: $s) { nodes { id } } } } }"

    for document, variables in ((by_name, {"i": {"produtId": "a"}}), (by_value, {"s": "NEWES"})):
        answer = api.as_customer("ada").run(document, **variables)

        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert "did you mean" not in str(answer).lower()
