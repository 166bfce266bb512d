"""What every test may ask for: a database, a session, a clock that stands still, a browser, the corpus."""

import itertools
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from sqlalchemy import event
from sqlmodel import Session

from core import clock
from core.db import Database
from core.settings import settings
from tests import databases, postgres
from tests.databases import POSTGRESQL, SQLITE, PostgresDatabases, SqliteDatabases
from tests.demo import Loaded, loaded_once

ROOT = Path(__file__).resolve().parent.parent
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

_FOR_TESTS = "FIDELIO_TEST_"
_POSTGRES_URL = f"{_FOR_TESTS}POSTGRES_URL"
_CORPUS = f"{_FOR_TESTS}DATA"
_SERVER = pytest.StashKey[postgres.Server]()
_numbers = itertools.count()

# the same examples in every run, and no verdict on how busy the machine is
hypothesis.settings.register_profile("fidelio", derandomize=True, deadline=None)
hypothesis.settings.load_profile("fidelio")
# other examples in every run, and many
hypothesis.settings.register_profile("deep", max_examples=4000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--sqlite`, for a quick look while a room is being written, and `--deep`, for a long one."""
    parser.addoption("--sqlite", action="store_true", help="run on SQLite alone; no PostgreSQL is started")
    parser.addoption("--deep", action="store_true", help="let the tests that search for faults search for minutes")


def pytest_configure(config: pytest.Config) -> None:
    """Let the properties search for long, when they are asked to."""
    if config.getoption("deep"):
        hypothesis.settings.load_profile("deep")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever uses a database once on each of the two."""
    if "database_kind" in metafunc.fixturenames:
        kinds = [SQLITE] if metafunc.config.getoption("sqlite") else [SQLITE, POSTGRESQL]
        metafunc.parametrize("database_kind", kinds)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401 - xdist has no public type for it
    """Start one server for all workers of a run, before the first of them."""
    if not node.config.getoption("sqlite"):
        node.workerinput["postgres_address"] = _postgres_address(node.config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server if this run started one."""
    if _SERVER in config.stash:
        config.stash[_SERVER].stop()


def pytest_terminal_summary(terminalreporter: Any) -> None:  # noqa: ANN401 - pytest has no public type for it
    """Say how much of the schema the authorization walk has asked for."""
    # those of set-up and teardown have no outcome of their own; a fixture records at teardown
    for report in terminalreporter.stats.get("", []):
        pairs = dict(report.user_properties).get("pairs", 0)
        if pairs and report.when == "teardown":
            terminalreporter.write_line(f"{report.nodeid}: {pairs} (field, caller) pairs asked")


def _postgres_address(config: pytest.Config) -> str:
    named = os.environ.get(_POSTGRES_URL)
    if named:
        return named
    if _SERVER not in config.stash:
        config.stash[_SERVER] = postgres.start()
    return config.stash[_SERVER].address


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings of the test's own: nothing of the developer's environment, no file outside the test's folder."""
    for name in [name for name in os.environ if name.startswith("FIDELIO_") and not name.startswith(_FOR_TESTS)]:
        monkeypatch.delenv(name)
    folder = tmp_path_factory.getbasetemp() / f"state-{next(_numbers)}"
    monkeypatch.setenv("FIDELIO_SECRET_KEY", "a-secret-of-the-tests-and-of-nobody-else")
    monkeypatch.setenv("FIDELIO_DATABASE_URL", f"sqlite:///{folder / 'fidelio.db'}")
    monkeypatch.setenv("FIDELIO_STATE_DIRECTORY", str(folder))
    monkeypatch.setenv("FIDELIO_MEDIA_DIRECTORY", str(folder / "media"))
    settings.cache_clear()
    yield
    settings.cache_clear()
    # a test that sends the log to its own captured output must not leave it there for the next
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def database_makers(pytestconfig: pytest.Config) -> Iterator[Callable[[str], SqliteDatabases | PostgresDatabases]]:
    """The maker of databases of a kind; templates are made when first asked for."""
    made: dict[str, SqliteDatabases | PostgresDatabases] = {}

    def maker(kind: str) -> SqliteDatabases | PostgresDatabases:
        if kind not in made:
            made[kind] = make(kind)
        return made[kind]

    def make(kind: str) -> SqliteDatabases | PostgresDatabases:
        if kind == SQLITE:
            return SqliteDatabases()
        given = getattr(pytestconfig, "workerinput", {}).get("postgres_address")
        return PostgresDatabases(given or _postgres_address(pytestconfig), f"fidelio_{secrets.token_hex(4)}")

    yield maker
    for each in made.values():
        each.close()


@pytest.fixture
def database(
    database_kind: str, database_makers: Callable[[str], SqliteDatabases | PostgresDatabases]
) -> Iterator[Database]:
    """Fresh, migrated and the test's own; every test that asks runs on SQLite and again on PostgreSQL."""
    with database_makers(database_kind).fresh() as fresh:
        yield fresh


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction that is never committed, for tests of rooms: they flush, their callers commit."""
    with Session(database.writing_engine, expire_on_commit=False) as open_session:
        event.listen(open_session, "before_commit", _refuse_commit)
        yield open_session


def _refuse_commit(session: Session) -> None:
    assert session.in_nested_transaction(), "a room committed; only core.db does"


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """For bounds that are tests: `with statements() as seen: ...`, then `assert len(seen) == 6`."""
    return databases.statements


class FrozenClock:
    """The present of one test: stands still until it is moved."""

    def __init__(self, stack: ExitStack, instant: datetime) -> None:
        self._stack = stack
        self.move_to(instant)

    def move_to(self, instant: datetime) -> None:
        """Make `instant` the present."""
        self._stack.enter_context(clock.at(instant))

    def advance(self, **by: float) -> datetime:
        """Move on by the arguments of a timedelta (`days=3`); returns the new present."""
        self.move_to(clock.now() + timedelta(**by))
        return clock.now()


@pytest.fixture
def frozen_clock() -> Iterator[FrozenClock]:
    """The clock at noon UTC of Monday, 2 March 2026, until the test moves it."""
    with ExitStack() as stack:
        yield FrozenClock(stack, NOON)


@pytest.fixture(scope="session")
def loaded_demo(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The demo shop, for tests that only look; one that changes something works on `copy_to`."""
    return loaded_once(tmp_path_factory, is_worker=hasattr(pytestconfig, "workerinput"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium; skips where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not installed (apt-get install chromium fonts-liberation fonts-noto-cjk)")
    return found


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The optional third-party corpus, never part of the project; skips where there is none."""
    named = os.environ.get(_CORPUS)
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the optional third-party corpus is not here; name its folder by {_CORPUS}")
    return folder
