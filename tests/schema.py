"""The tables of every room in an empty database."""

import importlib
import pkgutil
from pathlib import Path

from sqlmodel import SQLModel

from core.db import Database

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("core", "shop", "ugc", "loyalty", "publishing")


def create_schema(address: str) -> None:
    """Create every table that the rooms declare."""
    import_tables()
    database = Database.open(address)
    SQLModel.metadata.create_all(database.writing_engine)
    database.close()


def import_tables() -> None:
    """Import every module that declares tables: core's own, and each room's tables.py or tables/."""
    for room in ROOMS:
        prefix = "core." if room == "core" else f"{room}.tables"
        for module in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if module.name.startswith(prefix):
                importlib.import_module(module.name)
