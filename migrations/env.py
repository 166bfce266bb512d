"""Alembic's entry: runs revisions on the connection core.migrate gives, or compares the rooms' tables for a new one."""

import importlib
import pkgutil
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from core.db import Database, Instant
from core.settings import settings

_ROOMS = ("core", "shop", "ugc", "loyalty", "publishing")


def plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - alembic's own
    """Revisions name plain SQL types, so that they keep working when a class of ours is renamed."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def import_tables() -> None:
    """Register every room's tables with SQLModel."""
    for room in _ROOMS:
        package = importlib.util.find_spec(room)
        if package is None or package.submodule_search_locations is None:
            continue
        prefix = "core." if room == "core" else f"{room}.tables"
        for module in pkgutil.walk_packages(package.submodule_search_locations, f"{room}."):
            if module.name.startswith(prefix):
                importlib.import_module(module.name)


def run() -> None:
    """Migrate the given connection, or, for `alembic revision`, the configured database."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        context.configure(connection=connection, transactional_ddl=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    import_tables()
    database = Database.open(settings().database_url)
    with database.writing_engine.connect() as fresh:
        context.configure(
            connection=fresh, target_metadata=SQLModel.metadata, render_item=plain_type, compare_type=False
        )
        with context.begin_transaction():
            context.run_migrations()


run()
