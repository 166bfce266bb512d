"""A query that never ends in the database is given up by the request, and then by the database: no thread is lost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Connection
from starlette.testclient import TestClient

from api.app import create_app
from core.db import Database
from core.settings import Settings, settings
from tests.api.conftest import Api
from tests.core.test_db import ENDLESS

DOCUMENT = {"query": "{ products { nodes { id } } }"}
# more than there are threads in the database at once
REQUESTS = 10


@contextmanager
def endless(database: Database) -> Iterator[None]:
    """Every snapshot begins with a query without an end."""

    def run(connection: Connection) -> None:
        connection.exec_driver_sql(ENDLESS[connection.dialect.name])

    event.listen(database.reading_engine, "begin", run)
    try:
        yield
    finally:
        event.remove(database.reading_engine, "begin", run)


def test_requests_that_are_stuck_in_the_database_end_and_leave_it_to_others(api: Api) -> None:
    bounded = api.database.reading_within(0.3)
    chosen = Settings.model_validate({**settings().model_dump(), "request_seconds": 0.1})
    headers = api.as_visitor().headers

    with TestClient(create_app(bounded, chosen)) as client:
        assert client.post("/graphql", json=DOCUMENT, headers=headers).status_code == 200
        started = time.monotonic()
        with endless(bounded):
            answers = [client.post("/graphql", json=DOCUMENT, headers=headers).json() for _ in range(REQUESTS)]
        taken = time.monotonic() - started
        afterwards = client.post("/graphql", json=DOCUMENT, headers=headers).json()

    assert {answer["errors"][0]["extensions"]["code"] for answer in answers} == {"TIMEOUT"}
    assert taken < 2 * REQUESTS
    assert bounded.reading_engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert "errors" not in afterwards
    bounded.reading_engine.dispose()
