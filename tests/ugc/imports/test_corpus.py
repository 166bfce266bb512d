"""Real exports, when the optional corpus is here: the numbers that the maps which ship bring out of them."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from core.db import Database
from tests.conftest import ROOT, FrozenClock
from tests.make.imports import SECRET
from tests.make.shop import accepted
from ugc import listing, ratings
from ugc.imports import importing, mapping, publication
from ugc.imports.importing import ImportJob
from ugc.imports.mapping import ImportMap
from ugc.imports.publication import Published
from ugc.imports.verdicts import Verdict
from ugc.listing import Scope
from ugc.queries import imports as queries
from ugc.tables.reviews import RatingCounter, Review, Verification

MAPS = ROOT / "examples" / "imports"
NEW, COPY, DUPLICATE, NO_DATE = Verdict.NEW, Verdict.SIBLING_COPY, Verdict.DUPLICATE_ROW, Verdict.NO_DATE


@pytest.fixture(autouse=True)
def _today(frozen_clock: FrozenClock) -> None:
    """After the newest of the rows."""


def silent(_rows: int) -> None:
    """A progress bar that nobody watches."""


def job(corpus: Path, file: str, map_name: str, *, undated: bool = False) -> ImportJob:
    chosen = mapping.load(MAPS / map_name)
    assert isinstance(chosen, ImportMap)
    path = corpus / "reviews" / file
    return ImportJob(path=path, chosen=chosen, secret=SECRET, create_products=True, undated=undated)


def counted(database: Database) -> int:
    with database.reading() as session:
        assert ratings.drifts(session) == []
        counters = session.exec(select(RatingCounter)).all()
    return sum(row.r1 + row.r2 + row.r3 + row.r4 + row.r5 for row in counters)


def test_amazon_fashion_is_448_reviews_in_3176_rows(database: Database, corpus: Path) -> None:
    alone = job(corpus, "amazon_fashion.jsonl", "amazon_fashion.toml")
    seen = importing.survey(alone)
    assert (seen.rows, len(seen.said.names)) == (3176, 31)
    without = importing.dry_run(database, alone, seen, progress=silent)
    assert without.counts == Counter({NEW: 3087, COPY: 21, DUPLICATE: 68})
    plans = importing.proposals(seen, alone.chosen)
    assert sorted(len(plan.products) for plan in plans) == [2, 2, 2, 3, 8]

    with_families = replace(alone, families=tuple(plans))
    report = accepted(importing.run(database, with_families, seen, progress=silent))

    assert report.counts == Counter({NEW: 448, COPY: 2660, DUPLICATE: 68})
    assert (report.rows, report.products_created, report.codes) == (3176, 31, Counter())
    assert publication.confirm(database, "import:amazon-fashion", progress=silent) == Published(448, 2660)
    assert counted(database) == 448
    again = accepted(importing.run(database, with_families, seen, progress=silent))
    assert again.counts == Counter({DUPLICATE: 3176})
    assert publication.confirm(database, "import:amazon-fashion", progress=silent) == Published(0, 0)
    assert counted(database) == 448


def test_a_page_of_amazons_largest_family_reads_as_its_own(database: Database, corpus: Path) -> None:
    alone = job(corpus, "amazon_fashion.jsonl", "amazon_fashion.toml")
    seen = importing.survey(alone)
    plans = tuple(importing.proposals(seen, alone.chosen))
    accepted(importing.run(database, replace(alone, families=plans), seen, progress=silent))
    publication.confirm(database, "import:amazon-fashion", progress=silent)

    with database.reading() as session:
        product_id, family_id = queries.places(session, ["B001IKJOLW"])["B001IKJOLW"]
        page = listing.approved_page(session, Scope(product_id, family_id), first=50)
        whole = ratings.summary(session, product_id)

    assert len({row.body or row.title for row in page.items}) == len(page.items) == 50
    assert all(row.verification in (Verification.IMPORTED, Verification.NONE) for row in page.items)
    assert whole.count == 375


def test_womens_clothing_has_neither_author_nor_date(database: Database, corpus: Path) -> None:
    dated = job(corpus, "womens_clothing_1500.csv", "womens_clothing.toml")
    seen = importing.survey(dated)
    assert importing.dry_run(database, dated, seen, progress=silent).counts == Counter({NO_DATE: 1499})
    assert importing.proposals(seen, dated.chosen) == []

    report = accepted(importing.run(database, replace(dated, undated=True), seen, progress=silent))

    assert report.counts == Counter({NEW: 1499})
    assert report.products_created == 195
    assert publication.confirm(database, "import:womens-clothing", progress=silent) == Published(1499, 0)
    assert counted(database) == 1499
    with database.reading() as session:
        assert not any(review.dated for review in session.exec(select(Review)))
