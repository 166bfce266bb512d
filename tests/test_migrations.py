"""The migrations make exactly what the rooms declare; what a revision forgot is named here."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from core.db import Database
from tests.schema import append_only_tables, import_tables

_GUARDED = {
    "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


def test_a_migrated_database_has_the_tables_that_the_rooms_declare(database: Database) -> None:
    import_tables()

    with database.writing_engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": False}), SQLModel.metadata
        )

    assert found == [], "write a revision with `make migration NAME=...`"


def test_a_migrated_database_guards_what_only_grows(database: Database) -> None:
    with database.writing_engine.connect() as connection:
        guarded = set(connection.execute(text(_GUARDED[connection.dialect.name])).scalars())

    assert guarded == append_only_tables(), "a revision runs core.db.append_only_statements of a new table"
