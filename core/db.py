"""Engines, transactions and column types. The only place that commits; statements themselves stand in queries/."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Dialect, Engine, Table, create_engine, event, func, select
from sqlalchemy import Enum as EnumType
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from core import clock, failpoints
from core.refusal import Refusal

T = TypeVar("T")

_RETRIES = 3
_LOCK_SECONDS = 10
# of SQLite's own machine: a millisecond or two
_STEPS_BETWEEN_LOOKS = 50_000
_UNIQUE_VIOLATION = "23505"
# serialization failure, deadlock, lock not available: the step may win if it is run again from its start
_RETRIED_STATES = frozenset({"40001", "40P01", "55P03", _UNIQUE_VIOLATION})


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime in Python, whole milliseconds since 1970 (BIGINT) in both databases.

    An integer sorts, compares and makes cursors alike on SQLite and PostgreSQL, and a hot read needs no parsing.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Milliseconds for an aware datetime."""
        return None if value is None else clock.to_milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The aware UTC datetime of those milliseconds."""
        return None if value is None else clock.from_milliseconds(value)


def closed_set(members: type[StrEnum]) -> EnumType:
    """A column type that stores a StrEnum's values as text, so that a hot read needs no conversion."""
    return EnumType(
        members, native_enum=False, length=40, values_callable=lambda enum: [member.value for member in enum]
    )


class BusyError(Exception):
    """Others kept a step from running through every try: waited for too long, or lost each race."""


class Database:
    """One database, seen through a reading and a writing engine.

    SQLite: WAL, synchronous=FULL, foreign keys on; one writing connection whose transactions begin IMMEDIATE, and
    read-only readers. PostgreSQL: psycopg 3, pooled, READ COMMITTED; the reading engine's transactions are read-only.
    """

    def __init__(self, writing_engine: Engine, reading_engine: Engine) -> None:
        self.writing_engine = writing_engine
        self.reading_engine = reading_engine

    @classmethod
    def open(cls, address: str) -> "Database":
        """Open `sqlite:///path` (the file is created when missing) or `postgresql+psycopg://...`."""
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            return cls(_sqlite_writer(url), _sqlite_reader(url))
        return cls(_postgresql(url, read_only=False), _postgresql(url, read_only=True))

    def reading_within(self, seconds: float) -> "Database":
        """The same for those whom nobody waits for longer: the database itself stops what they read.

        A thread cannot be stopped, so a query without an end would hold it for ever. Bounded is a statement on
        PostgreSQL, a snapshot on SQLite.
        """
        url = self.writing_engine.url
        if self.is_sqlite:
            return Database(self.writing_engine, _sqlite_reader(url, most_seconds=seconds))
        return Database(self.writing_engine, _postgresql(url, read_only=True, most_seconds=seconds))

    @property
    def is_sqlite(self) -> bool:
        """Whether there is one writer at a time, which callers may queue for outside a thread."""
        return self.writing_engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one snapshot that cannot write."""
        with Session(self.reading_engine) as session:
            yield session

    def writing(self, step: Callable[[Session], T]) -> T:
        """Run `step` in one transaction: committed when it returns a value, rolled back on a Refusal or an exception.

        Busy, deadlocked and uniquely-outraced steps are run again from their start, three times at most and none after
        a lock was waited for in vain, so a step does nothing outside the database. After the last try: BusyError.
        """
        started = clock.elapsed_seconds()
        for attempt in range(_RETRIES + 1):
            try:
                return self._once(step)
            except DBAPIError as problem:
                if not _worth_retrying(problem):
                    raise
                is_last = attempt == _RETRIES or clock.elapsed_seconds() - started >= _LOCK_SECONDS
                # a key that is taken however often one tries is a bug, not a race
                if is_last and _state(problem) == _UNIQUE_VIOLATION:
                    raise
                if is_last:
                    raise BusyError from problem
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, step: Callable[[Session], T]) -> T:
        with Session(self.writing_engine, expire_on_commit=False) as session:
            outcome = step(session)
            if isinstance(outcome, Refusal):
                session.rollback()
            else:
                failpoints.passing("before-commit")
                session.commit()
                failpoints.passing("after-commit")
            return outcome

    def close(self) -> None:
        """Give every connection back to the system."""
        self.reading_engine.dispose()
        self.writing_engine.dispose()


def insert_once(session: Session, model: type[SQLModel], values: dict[str, Any]) -> bool:
    """Insert a row unless a unique key already holds one; True when it was inserted.

    On PostgreSQL a concurrent insert of the same key is waited for; the loser gets False and then sees the row.
    """
    # the unit of work may hold rows that this one refers to
    session.flush()
    insert = (
        insert_into(session, model).values(**values).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    )
    return session.connection().execute(insert).rowcount == 1


def insert_into(session: Session, model: type[SQLModel]) -> Any:  # noqa: ANN401 - two dialects, no common type
    """The session's dialect's own INSERT into the model's table, which knows ON CONFLICT."""
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return build(model.__table__)  # type: ignore[attr-defined]


def hold(session: Session, name: str) -> None:
    """Make other transactions that `hold` the same name wait until this one ends.

    For numbers that must follow each other per name. SQLite has one writer, so there is nothing to wait for.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def changed_rows(session: Session, statement: Any) -> int:  # noqa: ANN401 - any UPDATE or DELETE of a queries module
    """Run a conditional UPDATE or DELETE and say how many rows it met."""
    session.flush()
    rows: int = session.connection().execute(statement).rowcount
    return rows


_listeners: list[Callable[[str], None]] = []


@contextmanager
def observing(listener: Callable[[str], None]) -> Iterator[None]:
    """Tell `listener` the text of every statement that any Database of the process runs (BEGIN, COMMIT aside)."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def announce(statement: str) -> None:
    """Tell the listeners of `observing` about a statement that bypasses SQLAlchemy's own events."""
    for listener in _listeners:
        listener(statement)


def append_only(table: Table) -> None:
    """Have the database itself refuse UPDATE and DELETE on `table`; migrations run the same statements."""
    for dialect in ("sqlite", "postgresql"):
        for statement in append_only_statements(table.name, dialect):
            event.listen(table, "after_create", _when(dialect, statement))


def append_only_statements(table_name: str, dialect: str) -> list[str]:
    """The trigger statements that make a table append-only in this dialect."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table_name}_no_{act.lower()} BEFORE {act} ON {table_name} "
            f"BEGIN SELECT RAISE(ABORT, '{table_name} only grows'); END"
            for act in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {table_name}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table_name} only grows'; END $$",
        f"CREATE TRIGGER {table_name}_only_grows BEFORE UPDATE OR DELETE ON {table_name} "
        f"FOR EACH ROW EXECUTE FUNCTION {table_name}_only_grows()",
    ]


def _when(dialect: str, statement: str) -> Callable[..., None]:
    def create(table: Table, connection: Connection, **_: object) -> None:
        if connection.dialect.name == dialect:
            connection.exec_driver_sql(statement)

    return create


def _sqlite_writer(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=_LOCK_SECONDS * 3)
    _prepare_sqlite(engine, begin="BEGIN IMMEDIATE", read_only=False)
    return engine


def _sqlite_reader(url: URL, most_seconds: float | None = None) -> Engine:
    read_only = URL.create(url.drivername, database=f"file:{url.database}", query={"mode": "ro", "uri": "true"})
    engine = create_engine(read_only, hide_parameters=True, pool_size=8, max_overflow=8)
    _prepare_sqlite(engine, begin="BEGIN", read_only=True, most_seconds=most_seconds)
    return engine


def _prepare_sqlite(engine: Engine, *, begin: str, read_only: bool, most_seconds: float | None = None) -> None:
    pragmas = [f"PRAGMA busy_timeout={_LOCK_SECONDS * 1000}", "PRAGMA foreign_keys=ON", "PRAGMA cache_size=-32768"]
    if not read_only:
        # FULL: a commit that was answered survives a power loss, which a ledger owes its members
        pragmas += ["PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"]

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        try:
            driver.execute(begin)
        except connection.dialect.loaded_dbapi.OperationalError as problem:
            # past SQLAlchemy, which would have wrapped it: another process has the database and the step is to wait
            raise OperationalError(begin, None, problem) from problem
        if most_seconds is not None:
            driver.set_progress_handler(_is_after(clock.elapsed_seconds() + most_seconds), _STEPS_BETWEEN_LOOKS)

    _announce_statements(engine)


def _is_after(instant: float) -> Callable[[], bool]:
    """What SQLite asks every so many steps; True has it stop with "interrupted"."""
    return lambda: clock.elapsed_seconds() > instant


def _postgresql(url: URL, *, read_only: bool, most_seconds: float | None = None) -> Engine:
    options = f"-c lock_timeout={_LOCK_SECONDS}s -c TimeZone=UTC"
    if most_seconds is not None:
        options += f" -c statement_timeout={int(most_seconds * 1000)}"
    if read_only:
        # one snapshot a request: all reads of an answer agree with each other
        options += " -c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
    engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=8, connect_args={"options": options})
    _announce_statements(engine)
    return engine


def _announce_statements(engine: Engine) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def announce_statement(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        announce(statement)


def _worth_retrying(problem: DBAPIError) -> bool:
    state = _state(problem)
    if state is not None:
        return state in _RETRIED_STATES
    if isinstance(problem, IntegrityError):
        return False
    return isinstance(problem, OperationalError) and "locked" in str(problem.orig)


def _state(problem: DBAPIError) -> str | None:
    """PostgreSQL's five characters for what went wrong; SQLite has none."""
    state: str | None = getattr(problem.orig, "sqlstate", None)
    return state
