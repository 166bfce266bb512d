"""Brings a database to the newest revision of migrations/. What a revision changes stands in its own file."""

import re
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from core.db import Database

_SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"
_NAME = re.compile(r"(\d{4})_\w+\.py")


def newest() -> str:
    """The newest revision: files are named by their number, so that a start need not load alembic to know."""
    numbers = [match[1] for path in (_SCRIPTS / "versions").iterdir() if (match := _NAME.fullmatch(path.name))]
    return max(numbers)


def current(database: Database) -> str | None:
    """The revision a database is at; None when it was never migrated."""
    with database.writing_engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return revision


def upgrade(address: str) -> bool:
    """Migrate to the newest revision; False when the database was there already. Safe to repeat and to interrupt."""
    _make_folder(address)
    database = Database.open(address)
    try:
        if current(database) == newest():
            return False
        _run_alembic(database)
        return True
    finally:
        database.close()


def _run_alembic(database: Database) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    with database.writing_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _make_folder(address: str) -> None:
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
