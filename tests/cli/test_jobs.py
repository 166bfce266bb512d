"""`fidelio jobs`: the night's work in its order, and events by hand."""

from core import outbox
from core.db import Database
from core.settings import settings
from tests.cli.conftest import Fidelio
from tests.make import shop
from worker.schedule import NIGHTLY


def test_the_night_runs_every_job_in_order_and_says_what_each_did(fidelio: Fidelio) -> None:
    told = fidelio("jobs", "nightly")

    assert told.exit_code == 0
    assert [line.partition(":")[0] for line in told.stdout.splitlines()] == [name for name, _ in NIGHTLY]


def test_draining_reacts_to_what_is_due(fidelio: Fidelio) -> None:
    fidelio("migrate")
    database = Database.open(settings().database_url)
    database.writing(lambda session: shop.order(session, customer="ada"))

    assert fidelio("jobs", "drain").stdout.splitlines() == [
        "0 steps of paid memberships",
        "1 events seen",
        "0 webhook attempts made",
        "0 pages checked",
    ]

    with database.reading() as session:
        assert outbox.backlog(session) == 0
