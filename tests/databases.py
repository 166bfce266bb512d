"""Fresh, migrated databases: a template per worker, a copy per test. The server is tests.postgres'."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from core import db
from core.db import Database
from tests import ramdisk
from tests.schema import create_schema

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
# from this version on the way of copying can be chosen; copying files is the faster one for small databases
_CHOOSES_STRATEGY = 150000


class SqliteDatabases:
    """Copies of one migrated file."""

    def __init__(self) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="fidelio-sqlite-", dir=ramdisk.folder())
        folder = self._folder = Path(self._home.name)
        self._numbers = itertools.count()
        self._template = folder / "template.db"
        create_schema(f"sqlite:///{self._template}")

    @contextmanager
    def fresh(self) -> Iterator[Database]:
        """An empty database for one test."""
        copy = self._folder / f"{next(self._numbers)}.db"
        shutil.copyfile(self._template, copy)
        database = Database.open(f"sqlite:///{copy}")
        try:
            yield database
        finally:
            database.close()
            for leftover in self._folder.glob(f"{copy.name}*"):
                leftover.unlink()

    def close(self) -> None:
        """Leave no file behind."""
        self._home.cleanup()


class PostgresDatabases:
    """Copies of one migrated database on a running server; `prefix` keeps workers and runs apart."""

    def __init__(self, server: str, prefix: str) -> None:
        self._server = make_url(server).set(drivername="postgresql+psycopg")
        self._prefix = prefix
        self._numbers = itertools.count()
        plain = self._server.set(drivername="postgresql").render_as_string(hide_password=False)
        self._admin = psycopg.connect(plain, autocommit=True)
        self._template = f"{prefix}_template"
        self._run("CREATE DATABASE {} TEMPLATE template0", self._template)
        create_schema(self._address(self._template))

    @contextmanager
    def fresh(self) -> Iterator[Database]:
        """An empty database for one test."""
        name = f"{self._prefix}_{next(self._numbers)}"
        copied = "CREATE DATABASE {} TEMPLATE {}"
        if self._admin.info.server_version >= _CHOOSES_STRATEGY:
            copied += " STRATEGY file_copy"
        self._run(copied, name, self._template)
        database = Database.open(self._address(name))
        try:
            yield database
        finally:
            database.close()
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def close(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        self._run("DROP DATABASE {} WITH (FORCE)", self._template)
        self._admin.close()

    def _address(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str, *names: str) -> None:
        self._admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def statements() -> Iterator[list[str]]:
    """The text of every statement run inside the block, in order; BEGIN and COMMIT do not count.

    `with statements() as seen: ...; assert len(seen) == 6`
    """
    seen: list[str] = []
    with db.observing(seen.append):
        yield seen
