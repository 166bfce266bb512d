"""`fidelio import reviews` as an operator types it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli import import_reviews, importing
from core.db import Database
from tests.conftest import FrozenClock
from tests.make import imports as make

MAP = """
source = "old-shop"
format = "jsonl"
locale = "en-GB"
[columns]
product = "product"
author = "author"
rating = "stars"
title = "title"
body = "text"
date = "date"
"""


@pytest.fixture
def shell(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen_clock: FrozenClock) -> "Shell":
    """The command over the test's database."""

    @contextmanager
    def opened() -> Iterator[Database]:
        yield database

    monkeypatch.setattr(import_reviews, "opened", opened)
    (tmp_path / "map.toml").write_text(MAP)
    return Shell(tmp_path)


class Shell:
    """Types commands in a folder that has the map."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def types(self, path: Path, *options: str) -> tuple[int, str]:
        """(exit code, what was printed, errors included) of `fidelio import reviews PATH --map map.toml ...`."""
        app = typer.Typer()
        importing.register(app)
        app.callback()(lambda: None)
        typed = ["import", "reviews", str(path), "--map", str(self.folder / "map.toml"), *options]
        result = CliRunner().invoke(app, typed)
        return result.exit_code, result.output


def test_an_import_says_what_became_of_every_row(shell: Shell, tmp_path: Path) -> None:
    path = make.jsonl(tmp_path, [make.row(1), make.row(2), make.row(2), make.row(3, date=None), make.row(4, stars=9)])

    code, told = shell.types(path, "--create-products", "--confirm")

    assert code == 0
    assert told == (
        "5 rows of export.jsonl\n"
        "  NEW                  2\n"
        "  DUPLICATE_ROW        1\n"
        "  SIBLING_COPY         0\n"
        "  NO_DATE              1\n"
        "  REFUSED              1\n"
        "    RATING_OUT_OF_RANGE: 1\n"
        "  line 5: A rating goes from 1 to 5 stars. Choose one of them.\n"
        "1 products created.\n"
        "2 reviews published; 0 copies kept, neither shown nor counted.\n"
    )


def test_without_confirmation_it_says_that_nothing_counts_yet(shell: Shell, tmp_path: Path) -> None:
    code, told = shell.types(make.jsonl(tmp_path, [make.row(1)]), "--create-products")

    assert code == 0
    assert told.splitlines()[-1].endswith("run this again with --confirm to publish it.")


def test_a_dry_run_writes_the_families_that_the_next_run_reads(shell: Shell, tmp_path: Path) -> None:
    rows = [make.row(number, product=key) for number in (1, 2) for key in ("red", "blue")]
    path, families = make.jsonl(tmp_path, rows), tmp_path / "families.toml"

    code, told = shell.types(path, "--create-products", "--dry-run", "--families", str(families))

    assert code == 0
    assert "1 families proposed, of 2 products that share the same persons' texts." in told
    assert "2 products would be created." in told
    code, told = shell.types(path, "--create-products", "--families", str(families), "--confirm")
    assert "2 reviews published; 2 copies kept, neither shown nor counted." in told


@pytest.mark.parametrize("content", ['source = "old-shop"', "[["])
def test_a_wrong_map_is_told_and_nothing_is_done(shell: Shell, tmp_path: Path, content: str) -> None:
    (tmp_path / "map.toml").write_text(content)

    code, told = shell.types(make.jsonl(tmp_path, [make.row(1)]))

    assert code == 1
    assert told.startswith("The map file is not valid: ")


def test_a_missing_file_is_told(shell: Shell, tmp_path: Path) -> None:
    code, told = shell.types(tmp_path / "none.jsonl")

    assert (code, told) == (1, "The file cannot be read: No such file or directory. Check its path and its rights.\n")
