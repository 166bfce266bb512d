"""One running shop for all clients, and their packages; where these cannot be had, a test is skipped and says why."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.clients import packages
from tests.clients.bench import Bench
from tests.clients.packages import NotInstalledError
from tests.clients.shop import Shop, on_ci, opened
from tests.demo import Loaded


@pytest.fixture(scope="session")
def shop(loaded_demo: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """One server for all tests of a worker; whoever writes does so as a customer of their own."""
    with opened(loaded_demo, tmp_path_factory.mktemp("clients") / "shop") as running:
        yield running


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The npm packages."""
    return _installed(packages.node_modules)


@pytest.fixture(scope="session")
def client_python() -> Path:
    """The interpreter that has the Python clients."""
    return _installed(packages.python)


@pytest.fixture
def bench(request: pytest.FixtureRequest, node_modules: Path, tmp_path: Path) -> Bench:
    """A folder with the scripts of the client that the test's file is named for: test_urql.py, tests/clients/urql/."""
    client = request.path.stem.removeprefix("test_")
    return Bench.laid_out(tmp_path, client, node_modules)


def _installed(install: Callable[[], Path]) -> Path:
    try:
        return install()
    except NotInstalledError as problem:
        if on_ci() and shutil.which("node"):
            pytest.fail(f"{problem}; a CI machine with node installs the clients")
        pytest.skip(f"{problem} (the clients' tests need node, npm and a network once)")
