"""`fidelio schema`: the contract, printed or written."""

from pathlib import Path

from tests.cli.conftest import Fidelio


def test_the_contract_is_the_same_printed_and_written(fidelio: Fidelio, tmp_path: Path) -> None:
    file = tmp_path / "schema.graphql"

    printed = fidelio("schema")
    written = fidelio("schema", "--write", str(file))

    assert (printed.exit_code, written.exit_code, written.stdout) == (0, 0, "")
    assert "type Query" in printed.stdout
    assert file.read_text() == printed.stdout
