"""`fidelio reconcile`: counters and points that differ from a recount are told, and mended when asked."""

from sqlmodel import Session, update

from core.db import Database
from core.settings import settings
from loyalty.tables import Membership
from tests.cli.conftest import Fidelio
from tests.make import loyalty as make
from tests.make import ugc
from ugc import ratings
from ugc.tables.reviews import RatingCounter


def drifted(fidelio: Fidelio) -> Database:
    """A database in which something wrote past the room."""
    fidelio("migrate")
    database = Database.open(settings().database_url)

    def step(session: Session) -> None:
        review = ugc.stored(session, ugc.published_review(session, rating=4))
        counter = session.get_one(RatingCounter, review.product_id)
        counter.r4 = 7
        session.add(counter)

    database.writing(step)
    return database


def test_counters_in_line_are_exit_code_0(fidelio: Fidelio) -> None:
    clean = fidelio("reconcile")

    assert (clean.exit_code, clean.stdout) == (0, "0 counters differ.\n")


def test_a_difference_is_told_and_is_exit_code_1(fidelio: Fidelio) -> None:
    database = drifted(fidelio)

    told = fidelio("reconcile")

    assert told.exit_code == 1
    assert told.stdout.endswith("1 counters differ.\n")
    with database.reading() as session:
        assert len(ratings.drifts(session)) == 1


def test_a_difference_is_mended_when_asked(fidelio: Fidelio) -> None:
    database = drifted(fidelio)

    assert fidelio("reconcile", "--repair").exit_code == 0

    with database.reading() as session:
        assert ratings.drifts(session) == []
    assert fidelio("reconcile").stdout == "0 counters differ.\n"


def test_points_written_past_the_ledger_are_told_and_mended(fidelio: Fidelio) -> None:
    fidelio("migrate")
    database = Database.open(settings().database_url)
    database.writing(lambda session: session.get_one(Membership, make.member(session, make.program(session))))
    database.writing(lambda session: session.exec(update(Membership).values(balance=9)))

    told = fidelio("reconcile")

    assert told.exit_code == 1
    assert told.stdout.endswith(": 0 replayed, 9 stored\n1 counters differ.\n")
    assert fidelio("reconcile", "--repair").exit_code == 0
    assert fidelio("reconcile").exit_code == 0
