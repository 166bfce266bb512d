"""graphql-inspector between the released contract and this one; tests.house has a second opinion without node."""

import re

from tests.clients.bench import Bench
from tests.house.test_released import RELEASED


def test_nothing_since_breaks_a_client_of_the_release(bench: Bench) -> None:
    (bench.folder / "released.graphql").write_text(RELEASED.read_text())

    assert bench.run("node", "inspector/diff.mjs", "released.graphql", "schema.graphql") == []


def test_a_removed_field_is_a_break_and_a_new_one_is_none(bench: Bench) -> None:
    contract = (bench.folder / "schema.graphql").read_text()
    without = re.sub(r'\n  """[^"]*"""\n  meanTenths: Int\n', "\n", contract)
    assert without != contract
    (bench.folder / "without.graphql").write_text(without)

    lost = bench.ended("node", "inspector/diff.mjs", "schema.graphql", "without.graphql")
    gained = bench.ended("node", "inspector/diff.mjs", "without.graphql", "schema.graphql")

    assert (lost.returncode, lost.stdout) == (1, "Field 'meanTenths' was removed from object type 'RatingSummary'\n")
    assert (gained.returncode, gained.stdout) == (0, "")
