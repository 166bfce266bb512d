"""kill -9 between any two steps of a real process loses nothing and doubles nothing."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.db import Database
from tests.databases import SQLITE, PostgresDatabases, SqliteDatabases
from tests.make import shop
from tests.worker.nursery import Nursery
from tests.worker.world import DONE, Server, World, environment, wait_until

# every place in the worker's round, at its first and at a later passing, and the server's commits one after the other
IN_A_ROUND = ("before-claim", "after-claim", "before-reaction-commit", "after-reaction-commit")
AFTER_A_ROUND = ("before-settle", "after-settle")
FAILPOINTS = [
    *(f"{place}:{passing}" for place in (*IN_A_ROUND, *AFTER_A_ROUND) for passing in (1, 2)),
    *(f"before-commit:{passing}" for passing in (2, 3, 4)),
    *(f"after-commit:{passing}" for passing in (2, 3, 4)),
]


# one in the request, one in the reaction, one between the two
ON_BOTH_DATABASES = ["before-commit:2", "after-claim:1", "before-claim:1"]


@pytest.fixture
def sqlite_database(database_makers: Callable[[str], SqliteDatabases | PostgresDatabases]) -> Iterator[Database]:
    """A fresh database on SQLite, whose every failpoint is tried."""
    with database_makers(SQLITE).fresh() as fresh:
        yield fresh


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_a_server_killed_anywhere_loses_nothing_and_doubles_nothing(
    sqlite_database: Database, nursery: Nursery, tmp_path: Path, failpoint: str
) -> None:
    assert_what_was_acknowledged_is_there_once(sqlite_database, nursery, tmp_path, failpoint)


@pytest.mark.parametrize("failpoint", ON_BOTH_DATABASES)
def test_so_it_is_on_both_databases(database: Database, nursery: Nursery, tmp_path: Path, failpoint: str) -> None:
    assert_what_was_acknowledged_is_there_once(database, nursery, tmp_path, failpoint)


def assert_what_was_acknowledged_is_there_once(
    database: Database, nursery: Nursery, tmp_path: Path, failpoint: str
) -> None:
    """Kill a server at the failpoint, start the next, repeat the requests under their keys, and count."""
    world = World.make(database)
    server = Server(world, nursery, tmp_path)

    doomed = server.start(failpoint)
    acknowledged = [answer for answer in (server.tell_order(), server.approve()) if answer]
    assert doomed.ended() == -signal.SIGKILL
    left = world.counts()

    second = server.start()
    repeated = [server.tell_order(), server.approve()]
    wait_until(lambda: world.counts()["unsettled"] == 0)
    assert second.stop() == 0

    assert len(acknowledged) <= left["orders"] + left["approvals"] == left["events"] >= left["earned"]
    assert all(answer in repeated for answer in acknowledged)
    assert world.counts() == DONE


@pytest.mark.parametrize("place", [*IN_A_ROUND, *AFTER_A_ROUND])
def test_a_killed_worker_is_carried_on_by_the_next(
    database: Database, nursery: Nursery, tmp_path: Path, place: str
) -> None:
    world = World.make(database)
    database.writing(lambda session: shop.order(session, shop.line(total_minor=3000), customer="ada"))

    told = environment(database, tmp_path)
    log = tmp_path / "worker.log"
    doomed = nursery.start("worker", environment={**told, "FIDELIO_FAILPOINT": f"{place}:1"}, log=log)
    assert doomed.ended() == -signal.SIGKILL

    second = nursery.start("worker", environment={**told, "FIDELIO_FAILPOINT": ""}, log=log)
    wait_until(lambda: world.counts()["unsettled"] == 0)
    assert second.stop() == 0

    counts = world.counts()
    assert (counts["reactions"], counts["earned"], counts["balance"]) == (1, 1, 30)
