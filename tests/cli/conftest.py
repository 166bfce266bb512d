"""Runs commands as a shell would, within the test's own settings; and a demo shop that was loaded once."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from typer.testing import CliRunner, Result

from cli import demo
from cli.demo.keys import DemoShop
from cli.main import build
from core import storage
from core.db import Database
from core.settings import settings
from tests.schema import create_schema

Fidelio: TypeAlias = Callable[..., Result]
URL = "http://127.0.0.1:8001"


@pytest.fixture
def fidelio() -> Fidelio:
    """`fidelio("users", "create", ...)`: its exit code, standard output and standard error."""

    def run(*arguments: str, input: str | None = None) -> Result:
        settings.cache_clear()
        return CliRunner().invoke(build(arguments[0]), list(arguments), input=input)

    return run


@dataclass(frozen=True)
class Loaded:
    """A folder with the loaded database, the photos and the keys."""

    folder: Path
    shop: DemoShop

    @property
    def address(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.folder / 'fidelio.db'}"

    @property
    def database(self) -> Database:
        """The database, opened anew."""
        return Database.open(self.address)

    def load_again(self, *, url: str = URL) -> DemoShop:
        """What the next start does."""
        return demo.load_once(self.database, self.folder, storefront_url=url)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Loaded once for all tests that only look."""
    folder = tmp_path_factory.mktemp("demo")
    create_schema(f"sqlite:///{folder / 'fidelio.db'}")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FIDELIO_MEDIA_DIRECTORY", str(folder / "media"))
        settings.cache_clear()
        storage.media.cache_clear()
        database = Database.open(f"sqlite:///{folder / 'fidelio.db'}")
        loaded = Loaded(folder, demo.load_once(database, folder, storefront_url=URL))
        database.close()
    settings.cache_clear()
    storage.media.cache_clear()
    return loaded


@pytest.fixture
def copied(once: Loaded, tmp_path: Path) -> Loaded:
    """A copy for a test that changes something."""
    shutil.copytree(once.folder, tmp_path / "demo")
    return Loaded(tmp_path / "demo", once.shop)
