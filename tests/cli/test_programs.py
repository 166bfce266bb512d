"""`fidelio program`: a running program from a preset, with what is illustrative said."""

from pathlib import Path

from sqlmodel import select

from core.db import Database
from core.settings import settings
from loyalty.tables import Program
from tests.cli.conftest import Fidelio
from tests.make import shop


def test_presets_are_listed_with_whose_they_are(fidelio: Fidelio) -> None:
    listed = fidelio("program", "presets")

    assert "toyzoo: Points, clearly explained" in listed.stdout
    assert "no source gives its numbers, all are illustrative, to be edited. Not affiliated." in listed.stdout


def test_a_program_is_created_from_one_and_never_twice(fidelio: Fidelio) -> None:
    first = fidelio("program", "create", "--preset", "toyzoo", "--currency", "EUR")
    again = fidelio("program", "create", "--preset", "toyzoo")

    assert (first.exit_code, first.stdout) == (0, "The program points-explained is running.\n")
    assert (again.exit_code, again.stderr) == (1, "Another program has this handle. Choose another one.\n")
    with Database.open(settings().database_url).reading() as session:
        program = session.exec(select(Program)).one()
    assert (program.handle, program.currency, program.preset) == ("points-explained", "EUR", "toyzoo")


def test_an_unknown_preset_is_refused(fidelio: Fidelio) -> None:
    refused = fidelio("program", "create", "--preset", "nobody")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("There is no preset of that name.")


def test_a_list_is_enrolled_and_its_refused_rows_are_named(fidelio: Fidelio, tmp_path: Path) -> None:
    fidelio("program", "create", "--preset", "toyzoo", "--currency", "EUR")
    database = Database.open(settings().database_url)
    database.writing(lambda session: shop.storefront(session, "main"))
    database.close()
    file = tmp_path / "list.csv"
    file.write_text("external_id,birthday\nada,2001-02-03\nbea,never\n")
    told = ("program", "enrol", "points-explained", str(file), "--storefront", "main", "--source", "letter")

    first, again = (fidelio(*told, "--terms-version", "1") for _ in range(2))
    file.write_text("external_id,colour\n")
    unknown = fidelio(*told, "--terms-version", "1")

    assert first.stdout.splitlines()[0] == "1 members enrolled, 1 rows refused."
    assert first.stdout.splitlines()[1].startswith("  line 3: A date cannot be read")
    assert again.stdout.splitlines()[0] == "0 members enrolled, 2 rows refused."
    assert (unknown.exit_code, unknown.stderr) == (1, "Columns that mean nothing here: colour.\n")
