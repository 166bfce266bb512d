"""The demo shop, loaded once for all workers of a run; who changes something works on a copy."""

import fcntl
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli import demo
from cli.demo.keys import DemoShop
from core import storage
from core.db import Database
from core.settings import settings
from tests.schema import create_schema

URL = "http://127.0.0.1:8001"


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

    def copy_to(self, folder: Path) -> "Loaded":
        """The same shop in a folder that is not there yet, to be changed at will."""
        shutil.copytree(self.folder, folder)
        return Loaded(folder, self.shop)


def loaded_once(run: pytest.TempPathFactory, *, is_worker: bool) -> Loaded:
    """This worker's own copy: loading takes many times as long as copying."""
    if not is_worker:
        return _load(run.mktemp("demo"))
    shared = run.getbasetemp().parent / "demo"
    with (run.getbasetemp().parent / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "ready").exists():
            _load(shared)
            (shared / "ready").touch()
    folder = run.mktemp("demo") / "loaded"
    shutil.copytree(shared, folder)
    return _load(folder)


def _load(folder: Path) -> Loaded:
    """The folder with the demo in it; of what is there already nothing is done again."""
    folder.mkdir(exist_ok=True)
    address = f"sqlite:///{folder / 'fidelio.db'}"
    if not (folder / "fidelio.db").exists():
        create_schema(address)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FIDELIO_SECRET_KEY", "a-secret-of-the-tests-and-of-nobody-else")
        environment.setenv("FIDELIO_MEDIA_DIRECTORY", str(folder / "media"))
        settings.cache_clear()
        storage.media.cache_clear()
        database = Database.open(address)
        loaded = Loaded(folder, demo.load_once(database, folder, storefront_url=URL))
        database.close()
    settings.cache_clear()
    storage.media.cache_clear()
    return loaded
