"""Linters of schemas and of operations have nothing to say of the contract and of the operations that we publish."""

import pytest

from tests.clients.bench import Bench

BAD = """
type Query { thing_one: Widget }
type Widget { Colour: String }
"""


def test_graphql_schema_linter_finds_nothing(bench: Bench) -> None:
    bench.run("graphql-schema-linter", "schema.graphql")


def test_graphql_eslint_finds_nothing_in_the_contract(bench: Bench) -> None:
    assert bench.run("eslint", "--config", "linters/eslint.config.mjs", "schema.graphql") == []


def test_graphql_eslint_finds_nothing_in_the_operations(bench: Bench) -> None:
    assert bench.run("eslint", "--config", "linters/operations.config.mjs", "operations") == []


@pytest.mark.parametrize(
    "linter", [["graphql-schema-linter"], ["eslint", "--config", "linters/eslint.config.mjs"]], ids=lambda one: one[0]
)
def test_a_bad_schema_is_found(bench: Bench, linter: list[str]) -> None:
    (bench.folder / "schema.graphql").write_text(BAD)

    assert bench.ended(*linter, "schema.graphql").returncode == 1
