"""The tables of every room in an empty database, and what the rooms themselves say of them."""

import importlib
import pkgutil
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

from core import migrate

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("core", "shop", "ugc", "loyalty", "publishing")


def create_schema(address: str) -> None:
    """Bring an empty database to the newest revision, as an installation does."""
    migrate.upgrade(address)


def import_tables() -> None:
    """Import every module that declares tables: core's own, and each room's tables.py or tables/."""
    for room in ROOMS:
        prefix = "core." if room == "core" else f"{room}.tables"
        for module in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if module.name.startswith(prefix):
                importlib.import_module(module.name)


def append_only_tables() -> set[str]:
    """The tables that their rooms declare append-only (core.db.append_only)."""
    import_tables()
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        guarded = connection.execute(text("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"))
        names = set(guarded.scalars())
    engine.dispose()
    return names
