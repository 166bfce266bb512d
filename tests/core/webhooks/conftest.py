"""A receiver that the house may reach, and a courier that sends to it."""

from collections.abc import Iterator

import pytest

from core.db import Database
from core.settings import settings
from tests.make import webhooks
from tests.make.webhooks import Sink
from worker.courier import Courier


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A receiver on loopback, which FIDELIO_PRIVATE_HOSTS names."""
    with webhooks.sinks() as (opened,):
        monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", opened.host)
        settings.cache_clear()
        yield opened


@pytest.fixture
def courier(database: Database) -> Courier:
    """Sends what is due."""
    return Courier(database)
