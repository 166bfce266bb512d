"""A whole import: verdicts that add up, a dry run that foresees them, and nothing twice, whatever cuts it off."""

import subprocess
import sys
import textwrap
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from core.db import Database
from core.outbox import OutboxEvent
from core.refusal import Refusal
from tests.conftest import ROOT, FrozenClock
from tests.make import imports as make
from tests.make import shop as make_shop
from ugc.imports import importing
from ugc.imports.families import FamilyPlan
from ugc.imports.publication import Published
from ugc.imports.refusals import ImportRefusal
from ugc.imports.verdicts import Verdict
from ugc.tables.imports import ImportBatch, ImportRow
from ugc.tables.reviews import ModerationDecision, Review, ReviewRevision, ScreenVerdict

TABLES = (Review, ReviewRevision, ScreenVerdict, ImportRow, ImportBatch, ModerationDecision)
NEW, COPY, DUPLICATE = Verdict.NEW, Verdict.SIBLING_COPY, Verdict.DUPLICATE_ROW


@pytest.fixture(autouse=True)
def _today(frozen_clock: FrozenClock) -> None:
    """Rows of 2025 lie in the past."""


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
    report = make.run(database, make.job(mixed(tmp_path)))

    assert report.counts == MIXED
    assert report.rows == 238
    assert report.codes == {"RATING_OUT_OF_RANGE": 1, "PRODUCT_MISSING": 1}
    assert [(line, refusal.code.value) for line, refusal in report.refused] == [
        (234, "RATING_OUT_OF_RANGE"),
        (235, "PRODUCT_MISSING"),
    ]
    assert report.products_created == 2
    assert make.everything(database, Review, ReviewRevision, ImportRow) == [234, 234, 234]


def test_a_dry_run_foresees_the_verdicts_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    job = make.job(mixed(tmp_path))

    foreseen = make.foresee(database, job)

    assert make.everything(database, Review, ImportBatch, OutboxEvent) == [0, 0, 0]
    assert importing.dry_run(database, job, importing.survey(job), progress=make.silent).counts == foreseen.counts
    assert make.run(database, job) == foreseen


def test_the_same_file_again_adds_nothing(database: Database, tmp_path: Path) -> None:
    job = make.job(mixed(tmp_path))
    make.run(database, job)
    make.confirm(database)
    before = make.everything(database, *TABLES)

    again = make.run(database, job)

    assert again.counts == {DUPLICATE: 235, Verdict.NO_DATE: 1, Verdict.REFUSED: 2}
    assert make.confirm(database) == Published()
    assert make.everything(database, *TABLES) == before
    assert make.summary(database).count + make.summary(database, "coffee").count == 233


def test_undated_rows_come_in_when_asked_for(database: Database, tmp_path: Path, frozen_clock: FrozenClock) -> None:
    job = make.job(make.jsonl(tmp_path, [make.row(1, date=None)]))
    assert make.run(database, job).counts == {Verdict.NO_DATE: 1}

    assert make.run(database, replace(job, undated=True)).counts == {NEW: 1}

    make.confirm(database)
    (review,) = make.reviews(database)
    assert (review.dated, review.published_at) == (False, review.submitted_at)


def test_unknown_products_are_refused_unless_they_may_be_created(database: Database, tmp_path: Path) -> None:
    job = make.job(make.jsonl(tmp_path, [make.row(1), make.row(2, product="known")]), create_products=False)
    database.writing(lambda session: make_shop.product(session, "other", external_id="known"))

    report = make.run(database, job)

    assert report.counts == {NEW: 1, Verdict.REFUSED: 1}
    assert report.refused == [(1, Refusal(ImportRefusal.PRODUCT_UNKNOWN, params={"product": "tea"}))]
    assert make.run(database, replace(job, create_products=True)).counts == {NEW: 1, DUPLICATE: 1}


def test_copies_over_siblings_are_kept_neither_shown_nor_counted(database: Database, tmp_path: Path) -> None:
    rows = [make.row(1), make.row(1, product="variant"), make.row(2, product="variant")]
    plan = FamilyPlan(id="teas", name="Teas", products=("tea", "variant"))
    job = replace(make.job(make.jsonl(tmp_path, rows)), families=(plan,))
    assert make.foresee(database, job).counts == {NEW: 2, COPY: 1}

    assert make.run(database, job).counts == {NEW: 2, COPY: 1}

    assert make.confirm(database) == Published(shown=2, copies=1)
    assert [review.counted for review in make.reviews(database)] == [True, False, True]
    assert make.summary(database).count == make.summary(database, "variant").count == 2


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
    foreseen = make.foresee(database, job)

    report = make.run(database, job)

    assert report == foreseen
    assert report.counts == {NEW: 2, Verdict.REFUSED: 4}
    assert report.codes == {"ROW_UNREADABLE": 1, "PRODUCT_UNKNOWN": 1, "RATING_UNREADABLE": 1, "DATE_UNREADABLE": 1}
    assert make.confirm(database) == Published(shown=2, copies=0)


def test_what_a_row_tells_beside_the_review_is_kept(database: Database, tmp_path: Path) -> None:
    row = make.row(1, votes=7, options={"Size": "L"}, photos=["https://a.example/1.jpg"])
    make.run(database, make.job(make.jsonl(tmp_path, [row])))

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
    assert make.everything(database, Review, ReviewRevision, ImportRow) == [200, 200, 200]

    assert make.run(database, job).counts == {DUPLICATE: 200, NEW: 250}
    assert make.everything(database, Review, ImportBatch) == [450, 1]


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

    assert make.run(database, make.job(path)).counts == {DUPLICATE: 400, NEW: 50}

    assert make.confirm(database) == Published(shown=450, copies=0)
    assert make.summary(database).count == 450
