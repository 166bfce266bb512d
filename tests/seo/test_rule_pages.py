"""The pages in docs/seo-rules are those that the rules' own texts make."""

from pathlib import Path

from typer.testing import CliRunner

from seo.cli import app
from seo.rule_pages import pages
from seo.rules import RULES

DOCS = Path(__file__).parents[2] / "docs" / "seo-rules"


def test_the_pages_say_what_the_rules_say() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}

    assert written == pages(), "run `make docs`"


def test_the_list_has_every_rule() -> None:
    index = pages()["README.md"]

    assert all(f"[{rule.code}]({rule.code}.md) | {rule.id} |" in index for rule in RULES)


def test_the_command_writes_them_and_takes_away_those_of_former_rules(tmp_path: Path) -> None:
    (tmp_path / "OLD-01.md").write_text("# gone", encoding="utf-8")

    result = CliRunner().invoke(app, ["rules", "--write", str(tmp_path)])

    assert result.exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == set(pages())
