"""Runs commands as a shell would, within the test's own settings; and a copy of the loaded demo shop."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from typer.testing import CliRunner, Result

from cli.main import build
from core.settings import settings
from tests.demo import Loaded

Fidelio: TypeAlias = Callable[..., Result]


@pytest.fixture
def fidelio() -> Fidelio:
    """`fidelio("users", "create", ...)`: its exit code, standard output and standard error."""

    def run(*arguments: str, input: str | None = None) -> Result:
        settings.cache_clear()
        return CliRunner().invoke(build(arguments[0]), list(arguments), input=input)

    return run


@pytest.fixture
def once(loaded_demo: Loaded) -> Loaded:
    """The demo shop, for tests that only look."""
    return loaded_demo


@pytest.fixture
def copied(once: Loaded, tmp_path: Path) -> Loaded:
    """A copy for a test that changes something."""
    return once.copy_to(tmp_path / "demo")
