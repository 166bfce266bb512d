"""What commands share: the migrated database, and a refusal turned into a sentence and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import typer
from sqlalchemy.engine import make_url

from core import migrate, texts
from core.db import Database
from core.refusal import Refusal
from core.settings import settings

T = TypeVar("T")


@contextmanager
def opened() -> Iterator[Database]:
    """The configured database at its newest revision, closed afterwards."""
    address = settings().database_url
    migrate.upgrade(address)
    database = Database.open(address)
    try:
        yield database
    finally:
        database.close()


def is_there() -> bool:
    """Whether there is a database at all: a check of a page must not make an empty one."""
    url = make_url(settings().database_url)
    return url.get_backend_name() != "sqlite" or (url.database is not None and Path(url.database).exists())


def stop_on_refusal(outcome: T | Refusal) -> T:
    """The value; for a Refusal, its sentence on standard error and exit code 1."""
    if isinstance(outcome, Refusal):
        typer.echo(texts.refusal_sentence(outcome, settings().command_locale), err=True)
        raise typer.Exit(1)
    return outcome
