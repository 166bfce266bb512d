"""The night's jobs: each in its order, safe to repeat and to interrupt, in short transactions."""

import signal
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from core import idempotency
from core.db import Database
from core.idempotency import Attempt, IdempotencyKey
from loyalty import nightly
from loyalty.drafts import TierDraft
from loyalty.tables import EntryKind, LedgerEntry, Membership, Tier
from tests.conftest import FrozenClock
from tests.make import loyalty, photos, shop, ugc
from tests.worker.nursery import Nursery
from tests.worker.world import environment
from ugc.tables.photos import Photo, UploadState
from ugc.tables.reviews import RatingCounter
from worker import schedule
from worker.reactions import REACTIONS
from worker.runner import Worker
from worker.schedule import NIGHTLY


def night(database: Database) -> dict[str, str]:
    """What each job says it did."""
    return {name: job(database) for name, job in NIGHTLY}


def spender(database: Database, name: str) -> int:
    """A member of a club of two tiers whose points last a month, with 500 points from one order."""
    tiers = (TierDraft(name="Base", threshold=0), TierDraft(name="Top", threshold=400))

    def step(session: Session) -> int:
        program = loyalty.program(session, loyalty.program_draft(lot_months=1, tiers=tiers))
        membership_id = loyalty.member(session, program, name)
        shop.order(session, shop.line(total_minor=50_000), customer=name)
        return membership_id

    membership_id = database.writing(step)
    Worker(database, REACTIONS).drain()
    return membership_id


def standing(database: Database, membership_id: int) -> tuple[int, str]:
    """Balance and tier."""
    with database.reading() as session:
        row = session.get_one(Membership, membership_id)
        return row.balance, session.get_one(Tier, row.tier_id).name


def answer(database: Database, attempt: Attempt) -> None:
    database.writing(lambda session: idempotency.once(session, attempt, lambda: 1))


def expiries(database: Database) -> int:
    with database.reading() as session:
        expired = select(func.count()).where(col(LedgerEntry.kind) == EntryKind.EXPIRE)
        return session.exec(expired).one()


def test_the_jobs_stand_in_this_order() -> None:
    assert [name for name, _ in NIGHTLY] == [
        "programs",
        "referrals",
        "members",
        "billing",
        "uploads",
        "idempotency",
        "webhooks",
        "tokens",
        "ratings",
        "coverage",
        "page-checks",
        "check-reports",
    ]


def test_points_expire_and_tiers_fall_when_their_time_has_come(database: Database, frozen_clock: FrozenClock) -> None:
    membership_id = spender(database, "ada")
    assert standing(database, membership_id) == (500, "Top")

    frozen_clock.advance(days=40)
    assert night(database)["members"] == "1 members brought up to date"
    assert standing(database, membership_id) == (0, "Top")

    frozen_clock.advance(days=400)
    night(database)
    assert standing(database, membership_id) == (0, "Base")


def test_a_second_night_right_after_changes_nothing(database: Database, frozen_clock: FrozenClock) -> None:
    membership_id = spender(database, "ada")
    frozen_clock.advance(days=40)
    night(database)
    after_one = standing(database, membership_id)

    assert night(database)["members"] == "0 members brought up to date"

    assert standing(database, membership_id) == after_one
    assert expiries(database) == 1


def test_a_night_that_broke_off_is_finished_by_the_next(
    database: Database, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = [spender(database, name) for name in ("ada", "ben", "cleo")]
    frozen_clock.advance(days=40)
    monkeypatch.setattr(schedule, "_STEP", 1)
    finished: list[int] = []

    def breaking_off(session: Session, membership_id: int) -> None:
        if len(finished) == 2:
            raise KeyboardInterrupt
        settle(session, membership_id)
        finished.append(membership_id)

    settle = nightly.run
    with monkeypatch.context() as broken:
        broken.setattr(nightly, "run", breaking_off)
        with pytest.raises(KeyboardInterrupt):
            night(database)
    assert expiries(database) == 2

    night(database)

    assert [standing(database, member)[0] for member in members] == [0, 0, 0]
    assert expiries(database) == 3


@pytest.mark.parametrize("place", ["before-commit", "after-commit"])
def test_a_night_that_was_killed_is_finished_by_the_next(
    database: Database, frozen_clock: FrozenClock, nursery: Nursery, tmp_path: Path, place: str
) -> None:
    membership_id = spender(database, "ada")
    later = tmp_path / "clock"
    later.write_text(frozen_clock.advance(days=40).isoformat())
    told = {**environment(database, tmp_path), "FIDELIO_CLOCK_FILE": str(later)}

    for failpoint, code in ((f"{place}:1", -signal.SIGKILL), ("", 0)):
        process = nursery.start(
            "jobs", "nightly", environment={**told, "FIDELIO_FAILPOINT": failpoint}, log=tmp_path / "log"
        )
        assert process.ended() == code

    assert standing(database, membership_id) == (0, "Top")
    assert expiries(database) == 1


def test_stored_answers_go_after_a_day_a_few_at_a_time(
    database: Database, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "_STEP", 2)
    for number in range(5):
        answer(database, Attempt(caller="ada", operation="submitReview", key=str(number), input_hash="same"))
    frozen_clock.advance(hours=25)

    assert night(database)["idempotency"] == "5 idempotency keys forgotten"

    with database.reading() as session:
        assert session.exec(select(IdempotencyKey)).all() == []


def test_photos_that_nobody_attached_within_a_day_are_removed(
    database: Database, frozen_clock: FrozenClock, tmp_path: Path
) -> None:
    photo_id = database.writing(photos.photo)
    frozen_clock.advance(hours=25)

    assert night(database)["uploads"] == "1 unused uploads removed"

    with database.reading() as session:
        assert session.get_one(Photo, photo_id).state is UploadState.ORPHAN


def test_a_counter_that_drifted_is_told_and_left_for_a_person(database: Database) -> None:
    def step(session: Session) -> int:
        review = ugc.stored(session, ugc.published_review(session, rating=4))
        counter = session.get_one(RatingCounter, review.product_id)
        counter.r4 = 7
        session.add(counter)
        return review.product_id

    product_id = database.writing(step)

    assert night(database)["ratings"] == "1 rating counters differ from a recount"

    with database.reading() as session:
        assert session.get_one(RatingCounter, product_id).r4 == 7
