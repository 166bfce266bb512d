"""What was released stays: schema.released.graphql is the newest release's contract, and nothing since breaks it."""

import re
import tomllib
from pathlib import Path

import pytest
from graphql import build_schema
from graphql.utilities import find_breaking_changes

from tests.house.sources import ROOT
from tools import release

RELEASED = ROOT / "schema.released.graphql"
_RELEASE = re.compile(r"^## (\d+\.\d+\.\d+) - \d{4}-\d{2}-\d{2}$", re.MULTILINE)
_NAMED = re.compile(r"\A# The contract of release (\d+\.\d+\.\d+)\.")

CHANGELOG = "# Changelog\n\n## Unreleased\n\n### Schema\n- A field more.\n"
CONTRACT = "type Query { product: Product }\ntype Product { name: String! rating: Int count: Int }\n"


def newest_release() -> str:
    """The version of CHANGELOG's newest release."""
    found = _RELEASE.search((ROOT / "CHANGELOG.md").read_text())
    assert found is not None, "CHANGELOG.md has no release"
    return found[1]


def broken(released: str, now: str) -> list[str]:
    """What a client that was built on `released` loses."""
    return [change.description for change in find_breaking_changes(build_schema(released), build_schema(now))]


def test_the_released_contract_is_that_of_the_newest_release() -> None:
    version = newest_release()
    named = _NAMED.search(RELEASED.read_text())

    assert named is not None
    assert named[1] == version
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == version


def test_nothing_since_breaks_a_client_of_the_release() -> None:
    assert broken(RELEASED.read_text(), (ROOT / "schema.graphql").read_text()) == []


@pytest.mark.parametrize(
    "now, lost",
    [
        (
            "type Query { product: Product }\ntype Product { name: String! count: Int }\n",
            ["Field Product.rating was removed."],
        ),
        (
            "type Query { product: Product }\ntype Product { name: String rating: Int count: Int }\n",
            ["Field Product.name changed type from String! to String."],
        ),
        (
            "type Query { product(id: ID!): Product }\ntype Product { name: String! rating: Int count: Int }\n",
            ["A required argument Query.product(id:) was added."],
        ),
        ("type Query { product: Product }\ntype Product { name: String! rating: Int count: Int gtin: String }\n", []),
    ],
)
def test_a_removed_field_is_a_break_and_a_new_one_is_none(now: str, lost: list[str]) -> None:
    assert broken(CONTRACT, now) == lost


def test_a_release_dates_the_changelog_sets_the_version_and_freezes_the_contract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.1.0"\n')
    (tmp_path / "schema.graphql").write_text(CONTRACT)
    monkeypatch.setattr(release, "ROOT", tmp_path)

    release.main("0.2.0")

    changelog = (tmp_path / "CHANGELOG.md").read_text()
    frozen = (tmp_path / "schema.released.graphql").read_text()
    assert [found[1] for found in _RELEASE.finditer(changelog)] == ["0.2.0"]
    assert changelog.index("## Unreleased") < changelog.index("## 0.2.0") < changelog.index("A field more")
    assert (tmp_path / "pyproject.toml").read_text() == '[project]\nversion = "0.2.0"\n'
    assert _NAMED.findall(frozen) == ["0.2.0"]
    assert broken(frozen, CONTRACT) == []


@pytest.mark.parametrize("version", ["0.2.0", "next"])
def test_a_release_without_news_or_without_a_number_is_refused(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\nNothing yet.\n")
    monkeypatch.setattr(release, "ROOT", tmp_path)

    with pytest.raises(SystemExit):
        release.main(version)

    assert [path.name for path in tmp_path.iterdir()] == ["CHANGELOG.md"]
