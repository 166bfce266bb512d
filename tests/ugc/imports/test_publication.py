"""Confirming a batch: nothing counts before, everything once after, and nothing is earned by it."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session, select

from core.db import Database
from core.outbox import OutboxEvent
from tests.conftest import FrozenClock
from tests.make import imports as make
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import cases, listing, moderation, ratings
from ugc.imports import publication
from ugc.imports.families import FamilyPlan
from ugc.imports.publication import Published
from ugc.imports.verdicts import Verdict
from ugc.listing import Scope
from ugc.ratings import RatingSummary
from ugc.reasons import ReasonCode
from ugc.states import ReviewStatus
from ugc.tables.reviews import ModerationDecision, Origin, ScreenVerdict, Verification

NEW, COPY, DUPLICATE = Verdict.NEW, Verdict.SIBLING_COPY, Verdict.DUPLICATE_ROW


@pytest.fixture(autouse=True)
def _today(frozen_clock: FrozenClock) -> None:
    """Rows of 2025 lie in the past."""


def test_nothing_is_shown_or_counted_before_it_is_confirmed(database: Database, tmp_path: Path) -> None:
    make.run(database, make.job(make.jsonl(tmp_path, [make.row(1), make.row(2)])))

    assert {review.status for review in make.reviews(database)} == {ReviewStatus.QUEUED}
    assert make.summary(database).count == 0
    with database.reading() as session:
        product_id = make.reviews(database)[0].product_id
        assert listing.approved_page(session, Scope(product_id), first=10).items == []
        assert cases.queue(session, first=10).items == []
        assert cases.waiting_count(session) == 0

    assert make.confirm(database) == Published(shown=2, copies=0)

    assert {review.status for review in make.reviews(database)} == {ReviewStatus.PUBLISHED}
    assert make.summary(database) == RatingSummary((0, 1, 1, 0, 0), review_count=2, photo_review_count=0)
    with database.reading() as session:
        page = listing.approved_page(session, Scope(product_id), first=10).items
        assert ratings.drifts(session) == []
    assert [row.title for row in page] == ["Number 2", "Number 1"]


def test_an_imported_review_says_where_it_comes_from_and_earns_nothing(database: Database, tmp_path: Path) -> None:
    make.run(database, make.job(make.jsonl(tmp_path, [make.row(1, bought=True), make.row(2)])))
    make.confirm(database)

    verified, other = make.reviews(database)
    assert (verified.source, verified.origin, verified.author_id) == ("import:old-shop", Origin.OWN_SITE, None)
    assert (verified.verification, other.verification) == (Verification.IMPORTED, Verification.NONE)
    assert (verified.incentivised, verified.decided) == (False, False)
    assert verified.author_key is not None
    assert "author-1" not in verified.author_key
    with database.reading() as session:
        names = set(session.exec(select(OutboxEvent.name)))
        log = session.exec(select(ModerationDecision)).all()
    assert not any(name.startswith("Review") for name in names)
    assert [(row.actor, row.act, row.to_status) for row in log] == [("SYSTEM", "SUBMIT", "PUBLISHED")] * 2


def test_a_confirmed_review_is_decided_and_undone_like_any_other(database: Database, tmp_path: Path) -> None:
    make.run(database, make.job(make.jsonl(tmp_path, [make.row(1)])))
    make.confirm(database)
    (review,) = make.reviews(database)

    def reject(session: Session) -> None:
        decision = make_ugc.decision(session, review.id)
        accepted(moderation.reject(session, decision, reason=ReasonCode.OFF_TOPIC))

    database.writing(reject)
    assert make.summary(database).count == 0

    database.writing(lambda session: accepted(moderation.undo(session, make_ugc.undo(session, review.id))))
    assert make.summary(database).count == 1
    with database.reading() as session:
        assert ratings.drifts(session) == []


def test_screens_speak_and_hold_nothing_back(database: Database, tmp_path: Path) -> None:
    make.run(
        database, make.job(make.jsonl(tmp_path, [make.row(1, text="Better at https://elsewhere.example, I tell you.")]))
    )
    make.confirm(database)

    with database.reading() as session:
        said = session.exec(select(ScreenVerdict).where(ScreenVerdict.screen == "links")).one()
    assert (said.outcome, said.code) == ("WITHHOLD", "LINK")
    assert make.reviews(database)[0].status is ReviewStatus.PUBLISHED


def test_families_that_come_between_import_and_confirmation_count(database: Database, tmp_path: Path) -> None:
    rows = [make.row(1), make.row(1, product="variant"), make.row(2, product="variant")]
    job = make.job(make.jsonl(tmp_path, rows))
    assert make.run(database, job).counts == {NEW: 3}
    plan = FamilyPlan(id="teas", name="Teas", products=("tea", "variant"))

    assert make.run(database, replace(job, families=(plan,))).counts == {DUPLICATE: 3}

    assert make.confirm(database) == Published(shown=2, copies=1)
    assert make.summary(database).count == 2
    with database.reading() as session:
        assert ratings.drifts(session) == []


def test_reviews_collected_elsewhere_are_shown_and_not_counted(database: Database, tmp_path: Path) -> None:
    make.run(database, make.job(make.jsonl(tmp_path, [make.row(1)]), origin="ELSEWHERE"))

    assert make.confirm(database) == Published(shown=1, copies=0)
    assert make.summary(database).count == 0


def test_a_confirmation_that_is_cut_off_goes_on_where_it_stopped(database: Database, tmp_path: Path) -> None:
    make.run(database, make.job(make.jsonl(tmp_path, [make.row(number) for number in range(450)])))

    def stop_after_first(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publication.confirm(database, "import:old-shop", progress=stop_after_first)
    assert make.summary(database).count == 200

    assert make.confirm(database) == Published(shown=250, copies=0)
    assert make.summary(database).count == 450
    with database.reading() as session:
        assert ratings.drifts(session) == []
