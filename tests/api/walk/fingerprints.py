"""One word for everything that a database holds: it is the same exactly while no row has changed."""

import hashlib

from sqlalchemy import text
from sqlmodel import SQLModel

from core.db import Database

_TABLES = sorted(SQLModel.metadata.tables)
_ROWS = "SELECT * FROM {0} ORDER BY rowid"
_DIGEST = "SELECT '{0}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {0} t"


def fingerprint(database: Database) -> str:
    """A hash of every row of every table."""
    with database.reading() as session:
        run = session.connection().execute
        if database.is_sqlite:
            return _hashed([run(text(_ROWS.format(name))).all() for name in _TABLES])
        # in one statement: the walk asks some thousand times
        return _hashed(run(text(" UNION ALL ".join(_DIGEST.format(name) for name in _TABLES))).all())


def _hashed(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()
