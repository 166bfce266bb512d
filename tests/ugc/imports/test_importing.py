"""A whole import: verdicts that add up, a dry run that foresees them, and nothing twice, whatever cuts it off."""

import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from core.db import Database
from core.outbox import OutboxEvent
from core.refusal import Refusal
from tests.conftest import ROOT, FrozenClock
from tests.make import imports as make
from tests.make import shop as make_shop
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import cases, listing, moderation, ratings
from ugc.imports import importing, publication
from ugc.imports.families import FamilyPlan
from ugc.imports.importing import ImportJob, Report
from ugc.imports.publication import Published
from ugc.imports.refusals import ImportRefusal
from ugc.imports.verdicts import Verdict
from ugc.listing import Scope
from ugc.queries import imports as queries
from ugc.ratings import RatingSummary
from ugc.reasons import ReasonCode
from ugc.states import ReviewStatus
from ugc.tables.imports import ImportBatch, ImportRow
from ugc.tables.reviews import ModerationDecision, Origin, Review, ReviewRevision, ScreenVerdict, Verification

Rows = Sequence[dict[str, Any]]
TABLES = (Review, ReviewRevision, ScreenVerdict, ImportRow, ImportBatch, ModerationDecision)
NEW, COPY, DUPLICATE = Verdict.NEW, Verdict.SIBLING_COPY, Verdict.DUPLICATE_ROW


@pytest.fixture(autouse=True)
def _today(frozen_clock: FrozenClock) -> None:
    """Rows of 2025 lie in the past."""


def silent(_rows: int) -> None:
    """A progress bar that nobody watches."""


def run(database: Database, job: ImportJob) -> Report:
    return accepted(importing.run(database, job, importing.survey(job), progress=silent))


def foresee(database: Database, job: ImportJob) -> Report:
    return importing.dry_run(database, job, importing.survey(job), progress=silent)


def confirm(database: Database) -> Published:
    return publication.confirm(database, "import:old-shop", progress=silent)


def everything(database: Database, *models: Any) -> list[int]:  # noqa: ANN401 - table classes
    with database.reading() as session:
        return [len(session.exec(select(model)).all()) for model in models]


def reviews(database: Database) -> list[Review]:
    with database.reading() as session:
        return list(session.exec(select(Review).order_by(Review.id)).all())  # type: ignore[arg-type]


def summary(database: Database, key: str = "tea") -> RatingSummary:
    with database.reading() as session:
        product_id = queries.places(session, [key])[key][0]
        return ratings.summary(session, product_id)


def mixed(folder: Path) -> Path:
    """Every verdict, in a file of more than one batch."""
    rows = [make.row(number) for number in range(1, 230)]
    rows += [
        make.row(1),
        make.row(2, options={"Size": "L"}),
        make.row(3, product="coffee"),
        make.row(301, date=None),
        make.row(302, stars="12"),
        make.row(303, product=""),
        make.row(304, text=""),
        make.row(305, author=None),
        make.row(306, author=None, text=make.row(305)["text"]),
    ]
    return make.jsonl(folder, rows)


MIXED = Counter({NEW: 233, DUPLICATE: 1, COPY: 1, Verdict.NO_DATE: 1, Verdict.REFUSED: 2})


def test_verdicts_add_up_to_the_rows(database: Database, tmp_path: Path) -> None:
    report = run(database, make.job(mixed(tmp_path)))

    assert report.counts == MIXED
    assert report.rows == 238
    assert report.codes == {"RATING_OUT_OF_RANGE": 1, "PRODUCT_MISSING": 1}
    assert [(line, refusal.code.value) for line, refusal in report.refused] == [
        (234, "RATING_OUT_OF_RANGE"),
        (235, "PRODUCT_MISSING"),
    ]
    assert report.products_created == 2
    assert everything(database, Review, ReviewRevision, ImportRow) == [234, 234, 234]


def test_a_dry_run_foresees_the_verdicts_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    job = make.job(mixed(tmp_path))

    foreseen = foresee(database, job)

    assert everything(database, Review, ImportBatch, OutboxEvent) == [0, 0, 0]
    assert importing.dry_run(database, job, importing.survey(job), progress=silent).counts == foreseen.counts
    assert run(database, job) == foreseen


def test_the_same_file_again_adds_nothing(database: Database, tmp_path: Path) -> None:
    job = make.job(mixed(tmp_path))
    run(database, job)
    confirm(database)
    before = everything(database, *TABLES)

    again = run(database, job)

    assert again.counts == {DUPLICATE: 235, Verdict.NO_DATE: 1, Verdict.REFUSED: 2}
    assert confirm(database) == Published()
    assert everything(database, *TABLES) == before
    assert summary(database).count + summary(database, "coffee").count == 233


def test_undated_rows_come_in_when_asked_for(database: Database, tmp_path: Path, frozen_clock: FrozenClock) -> None:
    job = make.job(make.jsonl(tmp_path, [make.row(1, date=None)]))
    assert run(database, job).counts == {Verdict.NO_DATE: 1}

    assert run(database, replace(job, undated=True)).counts == {NEW: 1}

    confirm(database)
    (review,) = reviews(database)
    assert (review.dated, review.published_at) == (False, review.submitted_at)


def test_unknown_products_are_refused_unless_they_may_be_created(database: Database, tmp_path: Path) -> None:
    job = make.job(make.jsonl(tmp_path, [make.row(1), make.row(2, product="known")]), create_products=False)
    database.writing(lambda session: make_shop.product(session, "other", external_id="known"))

    report = run(database, job)

    assert report.counts == {NEW: 1, Verdict.REFUSED: 1}
    assert report.refused == [(1, Refusal(ImportRefusal.PRODUCT_UNKNOWN, params={"product": "tea"}))]
    assert run(database, replace(job, create_products=True)).counts == {NEW: 1, DUPLICATE: 1}


def test_nothing_is_shown_or_counted_before_it_is_confirmed(database: Database, tmp_path: Path) -> None:
    run(database, make.job(make.jsonl(tmp_path, [make.row(1), make.row(2)])))

    assert {review.status for review in reviews(database)} == {ReviewStatus.QUEUED}
    assert summary(database).count == 0
    with database.reading() as session:
        product_id = reviews(database)[0].product_id
        assert listing.approved_page(session, Scope(product_id), first=10).items == []
        assert cases.queue(session, first=10).items == []
        assert cases.waiting_count(session) == 0

    assert confirm(database) == Published(shown=2, copies=0)

    assert {review.status for review in reviews(database)} == {ReviewStatus.PUBLISHED}
    assert summary(database) == RatingSummary((0, 1, 1, 0, 0), review_count=2, photo_review_count=0)
    with database.reading() as session:
        page = listing.approved_page(session, Scope(product_id), first=10).items
        assert ratings.drifts(session) == []
    assert [row.title for row in page] == ["Number 2", "Number 1"]


def test_an_imported_review_says_where_it_comes_from_and_earns_nothing(database: Database, tmp_path: Path) -> None:
    run(database, make.job(make.jsonl(tmp_path, [make.row(1, bought=True), make.row(2)])))
    confirm(database)

    verified, other = reviews(database)
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
    run(database, make.job(make.jsonl(tmp_path, [make.row(1)])))
    confirm(database)
    (review,) = reviews(database)

    def reject(session: Session) -> None:
        decision = make_ugc.decision(session, review.id)
        accepted(moderation.reject(session, decision, reason=ReasonCode.OFF_TOPIC))

    database.writing(reject)
    assert summary(database).count == 0

    database.writing(lambda session: accepted(moderation.undo(session, make_ugc.undo(session, review.id))))
    assert summary(database).count == 1
    with database.reading() as session:
        assert ratings.drifts(session) == []


def test_screens_speak_and_hold_nothing_back(database: Database, tmp_path: Path) -> None:
    run(
        database, make.job(make.jsonl(tmp_path, [make.row(1, text="Better at https://elsewhere.example, I tell you.")]))
    )
    confirm(database)

    with database.reading() as session:
        said = session.exec(select(ScreenVerdict).where(ScreenVerdict.screen == "links")).one()
    assert (said.outcome, said.code) == ("WITHHOLD", "LINK")
    assert reviews(database)[0].status is ReviewStatus.PUBLISHED


def test_copies_over_siblings_are_kept_neither_shown_nor_counted(database: Database, tmp_path: Path) -> None:
    rows = [make.row(1), make.row(1, product="variant"), make.row(2, product="variant")]
    plan = FamilyPlan(id="teas", name="Teas", products=("tea", "variant"))
    job = replace(make.job(make.jsonl(tmp_path, rows)), families=(plan,))
    assert foresee(database, job).counts == {NEW: 2, COPY: 1}

    assert run(database, job).counts == {NEW: 2, COPY: 1}

    assert confirm(database) == Published(shown=2, copies=1)
    assert [review.counted for review in reviews(database)] == [True, False, True]
    assert summary(database).count == summary(database, "variant").count == 2


def test_families_that_come_between_import_and_confirmation_count(database: Database, tmp_path: Path) -> None:
    rows = [make.row(1), make.row(1, product="variant"), make.row(2, product="variant")]
    job = make.job(make.jsonl(tmp_path, rows))
    assert run(database, job).counts == {NEW: 3}
    plan = FamilyPlan(id="teas", name="Teas", products=("tea", "variant"))

    assert run(database, replace(job, families=(plan,))).counts == {DUPLICATE: 3}

    assert confirm(database) == Published(shown=2, copies=1)
    assert summary(database).count == 2
    with database.reading() as session:
        assert ratings.drifts(session) == []


def test_reviews_collected_elsewhere_are_shown_and_not_counted(database: Database, tmp_path: Path) -> None:
    run(database, make.job(make.jsonl(tmp_path, [make.row(1)]), origin="ELSEWHERE"))

    assert confirm(database) == Published(shown=1, copies=0)
    assert summary(database).count == 0


def test_what_no_database_keeps_is_cleaned_or_refused(database: Database, tmp_path: Path) -> None:
    odd = "\x00\ud800\u202e"
    rows = [
        make.row(
            1, author=odd, name=odd, title=odd, text=f"Fine{odd}", options={"Size": odd}, photos=[f"https://a{odd}"]
        ),
        make.row(2, product=f"tea{odd}"),
        make.row(3, product="x" * 121),
        make.row(4, product_name=f"{odd}" + "long " * 100, product="coffee"),
        make.row(5, stars=odd, date=odd),
        make.row(6, date=odd),
    ]
    job = make.job(make.jsonl(tmp_path, rows))
    foreseen = foresee(database, job)

    report = run(database, job)

    assert report == foreseen
    assert report.counts == {NEW: 2, Verdict.REFUSED: 4}
    assert report.codes == {"ROW_UNREADABLE": 1, "PRODUCT_UNKNOWN": 1, "RATING_UNREADABLE": 1, "DATE_UNREADABLE": 1}
    assert confirm(database) == Published(shown=2, copies=0)


def test_what_a_row_tells_beside_the_review_is_kept(database: Database, tmp_path: Path) -> None:
    row = make.row(1, votes=7, options={"Size": "L"}, photos=["https://a.example/1.jpg"])
    run(database, make.job(make.jsonl(tmp_path, [row])))

    with database.reading() as session:
        kept = session.exec(select(ImportRow)).one()
    assert (kept.line, kept.helpful_votes, kept.variant) == (1, 7, {"size": "L"})
    assert (kept.has_photos, kept.photo_urls) == (True, ["https://a.example/1.jpg"])


def test_a_step_that_fails_leaves_whole_batches_and_the_next_run_completes(database: Database, tmp_path: Path) -> None:
    job = make.job(make.jsonl(tmp_path, [make.row(number) for number in range(450)]))
    seen = importing.survey(job)

    def stop_after_first(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.run(database, job, seen, progress=stop_after_first)
    assert everything(database, Review, ReviewRevision, ImportRow) == [200, 200, 200]

    assert run(database, job).counts == {DUPLICATE: 200, NEW: 250}
    assert everything(database, Review, ImportBatch) == [450, 1]


def test_a_confirmation_that_is_cut_off_goes_on_where_it_stopped(database: Database, tmp_path: Path) -> None:
    run(database, make.job(make.jsonl(tmp_path, [make.row(number) for number in range(450)])))

    def stop_after_first(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publication.confirm(database, "import:old-shop", progress=stop_after_first)
    assert summary(database).count == 200

    assert confirm(database) == Published(shown=250, copies=0)
    assert summary(database).count == 450
    with database.reading() as session:
        assert ratings.drifts(session) == []


def test_a_killed_process_loses_and_doubles_nothing(database: Database, tmp_path: Path) -> None:
    path = make.jsonl(tmp_path, [make.row(number) for number in range(450)])
    address = database.writing_engine.url.render_as_string(hide_password=False)
    killed = """
        import os, sys
        from pathlib import Path
        from core.db import Database
        from tests.make import imports as make
        from tests.schema import import_tables
        from ugc.imports import importing

        import_tables()
        job = make.job(Path(sys.argv[2]))
        steps = []

        def die_at_second(rows):
            steps.append(rows)
            if len(steps) == 2:
                os.kill(os.getpid(), 9)

        importing.run(Database.open(sys.argv[1]), job, importing.survey(job), progress=die_at_second)
        """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(killed), address, str(path)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == -9, done.stderr.decode()

    assert run(database, make.job(path)).counts == {DUPLICATE: 400, NEW: 50}

    assert confirm(database) == Published(shown=450, copies=0)
    assert summary(database).count == 450
