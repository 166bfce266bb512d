"""`fidelio migrate`: a new database is brought to the newest revision, an up-to-date one is left as it is."""

from core import migrate
from core.db import Database
from core.settings import settings
from tests.cli.conftest import Fidelio


def test_a_database_is_made_and_then_left_as_it_is(fidelio: Fidelio) -> None:
    first, second = fidelio("migrate"), fidelio("migrate")

    newest = migrate.newest()
    assert first.stdout == f"The database is at revision {newest}.\n"
    assert second.stdout == f"The database is at revision {newest}, as it was.\n"
    assert migrate.current(Database.open(settings().database_url)) == newest
