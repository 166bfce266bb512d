"""One key at several server processes: killed between effect and answer, or asked at once, there is one effect."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from core import accounts
from core.db import Database
from core.identity import Role
from core.ids import to_public
from loyalty.tables import LedgerEntry
from tests.make.shop import accepted
from tests.worker.nursery import Nursery
from tests.worker.world import Server, World

# adding points twice would be seen, whereas an order told twice is one anyway
_ADJUST = """mutation Adjust($input: AdjustPointsInput!, $key: String) {
  adjustPoints(input: $input, idempotencyKey: $key) { entry { id points } userErrors { code } }
}"""
_ALONE = "--no-embedded-worker"


class Till:
    """An administrator who gives the world's member 7 points, under one key at whichever server."""

    def __init__(self, database: Database) -> None:
        self.world = World.make(database)
        self._token = database.writing(_hire)

    def give(self, server: Server) -> Any:  # noqa: ANN401 - JSON
        """The payload; None when no answer came."""
        gift = {"membershipId": to_public("Membership", self.world.membership_id), "points": 7, "reason": "Sorry"}
        return server.ask(_ADJUST, gift, token=self._token, headers={})

    def entries(self) -> list[str]:
        """The public ids of all gifts."""
        with self.world.database.reading() as session:
            return [to_public("LedgerEntry", row.id) for row in session.exec(select(LedgerEntry)).all()]


def _hire(session: Session) -> str:
    made = accounts.create_staff(
        session, email="ann@example.com", name="Ann", role=Role.ADMIN, password="a long enough password"
    )
    return accounts.issue_credential(session, accepted(made), for_console=False)


@pytest.mark.parametrize("place, kept", [("before-commit", 0), ("after-commit", 1)])
def test_what_a_killed_server_did_is_told_by_the_next(
    database: Database, nursery: Nursery, tmp_path: Path, place: str, kept: int
) -> None:
    till = Till(database)
    server = Server(till.world, nursery, tmp_path)

    doomed = server.start(f"{place}:1", _ALONE)
    assert till.give(server) is None
    assert doomed.ended() == -signal.SIGKILL
    done = till.entries()
    assert (len(done), till.world.counts()["keys"]) == (kept, kept)

    second = server.start("", _ALONE)
    repeated = [till.give(server) for _ in range(2)]
    assert second.stop() == 0

    assert repeated[0] == repeated[1] == {"entry": {"id": till.entries()[0], "points": 7}, "userErrors": []}
    assert till.entries()[: len(done)] == done
    counts = till.world.counts()
    assert (counts["entries"], counts["balance"], counts["keys"]) == (1, 7, 1)


def test_twins_at_two_servers_are_one(database: Database, nursery: Nursery, tmp_path: Path) -> None:
    till = Till(database)
    servers = [Server(till.world, nursery, tmp_path) for _ in range(2)]
    children = [server.start("", _ALONE) for server in servers]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(till.give, servers * 4))
    assert [child.stop() for child in children] == [0, 0]

    assert answers == [{"entry": {"id": till.entries()[0], "points": 7}, "userErrors": []}] * 8
    counts = till.world.counts()
    assert (counts["entries"], counts["balance"], counts["keys"]) == (1, 7, 1)
