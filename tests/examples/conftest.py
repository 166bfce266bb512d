"""One open shop for the tests of the example storefront: the real API behind the real front."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx2
import pytest
from pydantic import SecretStr

from api.app import create_app as create_api
from core.settings import Settings, settings
from examples.storefront.app import create_app as create_front
from tests.databases import SQLITE, PostgresDatabases, SqliteDatabases
from tests.examples import selling
from tests.examples.street import Street, address, listening, serving

_SECRET = "a-secret-of-the-tests-and-of-nobody-else"


@pytest.fixture(scope="session")
def street(database_makers: Callable[[str], SqliteDatabases | PostgresDatabases]) -> Iterator[Street]:
    """One open shop for all tests of the front; whoever writes does so as a customer of their own."""
    chosen = Settings(secret_key=SecretStr(_SECRET))
    with ExitStack() as stack:
        # who joins is known again by keyed hashes
        environment = stack.enter_context(pytest.MonkeyPatch.context())
        environment.setenv("FIDELIO_SECRET_KEY", _SECRET)
        settings.cache_clear()
        database = stack.enter_context(database_makers(SQLITE).fresh())
        behind, front = stack.enter_context(listening()), stack.enter_context(listening())
        storefronts = selling.stock(database, origin=address(front))
        opened = Street(address(front), address(behind), database, storefronts)
        stack.enter_context(serving(create_api(database, chosen), behind))
        stack.enter_context(serving(create_front(opened.given()), front))
        yield opened


@pytest.fixture
def visit(street: Street) -> Iterator[httpx2.Client]:
    """A visitor without cookies, who follows no redirect by himself."""
    with httpx2.Client(base_url=street.front) as client:
        yield client
