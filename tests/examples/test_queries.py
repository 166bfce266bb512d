"""The storefront's questions against the contract, so that a change of one is a change of both."""

from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

ROOT = Path(__file__).parents[2]
QUERIES = sorted((ROOT / "examples" / "storefront" / "queries").glob("*.graphql"))


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_the_contract_answers(query: Path) -> None:
    contract = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))

    assert validate(contract, parse(query.read_text(encoding="utf-8"))) == []
