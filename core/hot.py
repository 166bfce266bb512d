"""Hot reads: SQLAlchemy Core compiled once to text and run on the driver's own cursor. Never an ORM entity.

Which statements are hot is decided in queries/; this module only knows how to run them.
"""

import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import ARRAY, BigInteger, BindParameter, ColumnElement, Dialect, Select, Text
from sqlalchemy import bindparam as bind_parameter
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import Boolean, TypeDecorator, TypeEngine
from sqlmodel import Session

from core.db import announce

Row = TypeVar("Row")


class IdList(TypeDecorator[list[int]]):
    """A bound list of integers: an array on PostgreSQL, JSON text on SQLite, so that its length is not in the SQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """BIGINT[] on PostgreSQL, text on SQLite."""
        return dialect.type_descriptor(ARRAY(BigInteger()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - driver's form
        """The list as psycopg takes it, or as JSON for json_each."""
        return value if dialect.name == "postgresql" or value is None else json.dumps(value)


class in_list(ColumnElement[bool]):  # noqa: N801 - reads as the SQL operator it is
    """`column` is among the integers bound under `name`; one statement text whatever their number."""

    inherit_cache = True
    type = Boolean()

    def __init__(self, column: Any, name: str) -> None:  # noqa: ANN401 - a column or a SQLModel attribute
        self.column = column
        self.ids: BindParameter[list[int]] = bind_parameter(name, type_=IdList())

    def self_group(self, against: Any = None) -> "in_list":  # noqa: ANN401 - SQLAlchemy's operator
        """Itself: SQLite's planner does not see through the `= 1` that any other boolean gets there."""
        return self


@compiles(in_list, "sqlite")
def _in_list_sqlite(element: in_list, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column, ids = compiler.process(element.column, **options), compiler.process(element.ids, **options)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - both are compiled SQL


@compiles(in_list, "postgresql")
def _in_list_postgresql(element: in_list, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column, ids = compiler.process(element.column, **options), compiler.process(element.ids, **options)
    return f"{column} = ANY({ids})"


class _Compiled:
    """One statement in one dialect: its text, and how each named value is bound."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self.text = str(compiled)
        self.order: list[str] | None = compiled.positiontup
        self.defaults: dict[str, Any] = dict(compiled.params)
        self.convert: dict[str, Callable[[Any], Any]] = {}
        for bind, name in compiled.bind_names.items():
            processor = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if processor is not None:
                self.convert[name] = processor

    def bind(self, values: dict[str, Any]) -> Any:  # noqa: ANN401 - a tuple or a dict, as the driver wants
        merged = {**self.defaults, **values}
        if len(merged) != len(self.defaults):
            raise TypeError(f"unknown parameters: {sorted(values.keys() - self.defaults.keys())}")
        for name, processor in self.convert.items():
            merged[name] = processor(merged[name])
        return merged if self.order is None else tuple(merged[name] for name in self.order)


class Hot(Generic[Row]):
    """A SELECT whose rows become `row(tuple)`: pass a NamedTuple's `_make` or a tuple subclass's constructor.

    Values are bound by the names of the statement's `bindparam`s. Rows come as the driver gives them: enums as text,
    `Instant`s as milliseconds, booleans as 0 or 1 on SQLite. One statement a call.
    """

    def __init__(self, statement: Select[Any], row: Callable[[Any], Row]) -> None:
        self._statement = statement
        self._row = row
        self._compiled: dict[str, _Compiled] = {}

    def all(self, session: Session, **values: Any) -> list[Row]:  # noqa: ANN401 - bound values of any column type
        """Every row, in the statement's order."""
        connection = session.connection()
        form = self._compiled.get(connection.dialect.name)
        if form is None:
            form = self._compiled[connection.dialect.name] = _Compiled(self._statement, connection.dialect)
        announce(form.text)
        driver: Any = connection.connection
        cursor = driver.cursor()
        try:
            cursor.execute(form.text, form.bind(values))
            return [self._row(row) for row in cursor.fetchall()]
        finally:
            cursor.close()

    def first(self, session: Session, **values: Any) -> Row | None:  # noqa: ANN401 - as `all`
        """The first row, or None."""
        rows = self.all(session, **values)
        return rows[0] if rows else None
