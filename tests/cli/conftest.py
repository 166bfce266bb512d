"""Runs commands as a shell would, within the test's own settings."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from typer.testing import CliRunner, Result

from cli.main import build
from core.settings import settings

Fidelio: TypeAlias = Callable[..., Result]


@pytest.fixture
def fidelio() -> Fidelio:
    """`fidelio("users", "create", ...)`: its exit code, standard output and standard error."""

    def run(*arguments: str, input: str | None = None) -> Result:
        settings.cache_clear()
        return CliRunner().invoke(build(arguments[0]), list(arguments), input=input)

    return run
