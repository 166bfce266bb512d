"""One nursery for the tests of a worker process."""

from collections.abc import Iterator

import pytest

from tests.worker.nursery import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Starts `fidelio` processes quickly."""
    with Nursery() as opened:
        yield opened
