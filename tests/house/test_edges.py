"""What stands in one place only: statements, commits, the clock and the environment."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.house.sources import PRODUCT, Fault, Module, assert_none, attributes, imports, modules

Rule = Callable[[Module], Iterator[Fault]]

_CONSTRUCTS = frozenset(
    {"select", "insert", "update", "delete", "text", "exists", "union", "union_all", "literal_column", "func"}
)
_LIBRARIES = ("sqlalchemy", "sqlmodel")
# core keeps the tables that belong to no room
_CORE_WITH_SQL = frozenset(
    f"core/{name}.py" for name in ("db", "hot", "outbox", "accounts", "idempotency", "documents", "webhooks", "migrate")
)
_RUNS_A_STATEMENT = re.compile(r"(^|_|\.)(session|connection)\.(exec|execute|scalar|scalars|exec_driver_sql)$")
_ASKS_THE_DIALECT = re.compile(r"\.dialect$")
_CLOCKS = re.compile(
    r"^((datetime\.)?(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|gmtime|localtime)"
    r"|(sa\.)?func\.(now|current_timestamp|current_date|unixepoch|strftime))$"
)
_ENVIRONMENT = re.compile(r"^os\.(environ|environb|getenv|putenv)$")


def statements_outside_queries(module: Module) -> Iterator[Fault]:
    """Statements built or run, and branches by dialect, outside queries/ and core's own tables."""
    if "queries" in (*module.folders, module.stem) or module.path in _CORE_WITH_SQL:
        return
    remedy = "move the statement to the room's queries/ and call it by a name that says what it gives"
    for found in imports(module):
        library, _, name = found.name.rpartition(".")
        if library.partition(".")[0] in _LIBRARIES and name in _CONSTRUCTS - _granted(module):
            yield Fault(module.path, found.line, f"imports SQL's {name}; {remedy}")
    for name, line in attributes(module):
        if _RUNS_A_STATEMENT.search(name):
            yield Fault(module.path, line, f"runs a statement ({name}); {remedy}")
        elif _ASKS_THE_DIALECT.search(name):
            yield Fault(module.path, line, f"asks for the dialect ({name}); only queries/ and core/db.py may")


def _granted(module: Module) -> frozenset[str]:
    """A table's own conditions (`Index(..., sqlite_where=text(...))`) are text, and no statement."""
    return frozenset({"text", "func"}) if "tables" in (*module.folders, module.stem) else frozenset()


def commits_outside_core_db(module: Module) -> Iterator[Fault]:
    """Commits outside core/db.py."""
    if module.path == "core/db.py":
        return
    for name, line in attributes(module):
        if name.endswith(".commit"):
            yield Fault(
                module.path,
                line,
                f"commits ({name}); rooms flush, and the caller's Database.writing(step) commits or rolls back",
            )


def clocks_outside_core_clock(module: Module) -> Iterator[Fault]:
    """Questions for the present, the database's included, outside core/clock.py."""
    if module.path == "core/clock.py":
        return
    asked = [*attributes(module), *((found.name, found.line) for found in imports(module))]
    for name, line in asked:
        if _CLOCKS.match(name):
            yield Fault(module.path, line, f"asks {name} for the time; core.clock.now() can be frozen, this cannot")


def environment_outside_settings(module: Module) -> Iterator[Fault]:
    """Reads of the environment outside core/settings.py."""
    if module.path == "core/settings.py":
        return
    asked = [*attributes(module), *((found.name, found.line) for found in imports(module))]
    for name, line in asked:
        if _ENVIRONMENT.match(name):
            yield Fault(module.path, line, f"reads {name}; name it in core.settings.Settings and read that")


RULES: list[Rule] = [
    statements_outside_queries,
    commits_outside_core_db,
    clocks_outside_core_clock,
    environment_outside_settings,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_there_are_no(rule: Rule) -> None:
    assert_none(fault for module in modules(*PRODUCT) for fault in rule(module))


@pytest.mark.parametrize(
    "rule, path, line",
    [
        (statements_outside_queries, "ugc/reviews.py", "from sqlmodel import Session, select"),
        (statements_outside_queries, "ugc/reviews.py", "from sqlalchemy.dialects.sqlite import insert"),
        (statements_outside_queries, "ugc/reviews.py", "self.session.exec(statement)"),
        (statements_outside_queries, "ugc/tables.py", "from sqlalchemy import select"),
        (statements_outside_queries, "ugc/reviews.py", "session.get_bind().dialect.name == 'sqlite'"),
        (commits_outside_core_db, "worker/loop.py", "session.commit()"),
        (clocks_outside_core_clock, "ugc/reviews.py", "datetime.now(UTC)"),
        (clocks_outside_core_clock, "ugc/reviews.py", "import datetime\ndatetime.datetime.utcnow()"),
        (clocks_outside_core_clock, "ugc/reviews.py", "from time import time"),
        (clocks_outside_core_clock, "ugc/queries/reviews.py", "func.now()"),
        (environment_outside_settings, "cli/serve.py", "os.environ['PORT']"),
        (environment_outside_settings, "cli/serve.py", "from os import getenv"),
    ],
)
def test_a_stray_is_found(rule: Rule, path: str, line: str) -> None:
    assert len(list(rule(Module.of(path, line)))) == 1


@pytest.mark.parametrize(
    "rule, path, line",
    [
        (statements_outside_queries, "ugc/queries/reviews.py", "from sqlmodel import select"),
        (statements_outside_queries, "shop/queries.py", "from sqlmodel import select"),
        (statements_outside_queries, "ugc/tables/reviews.py", "from sqlalchemy import Index, text"),
        (statements_outside_queries, "ugc/reviews.py", "session.add(review)\nsession.flush()"),
        (statements_outside_queries, "core/outbox.py", "session.exec(select(1))"),
        (commits_outside_core_db, "core/db.py", "session.commit()"),
        (clocks_outside_core_clock, "ugc/reviews.py", "clock.now()\ntime.monotonic()"),
        (environment_outside_settings, "core/settings.py", "os.environ"),
    ],
)
def test_what_is_in_its_place_is_left_alone(rule: Rule, path: str, line: str) -> None:
    assert list(rule(Module.of(path, line))) == []
