"""Import a file: look it over, make what it needs, judge and keep its rows 200 at a time. A dry run writes nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from sqlmodel import Session

from core.db import Database
from core.refusal import Refusal
from ugc.imports import families, preparation, reading, staging, verdicts
from ugc.imports.families import FamilyPlan, Sayings
from ugc.imports.mapping import ImportMap
from ugc.imports.verdicts import Judged, Known, Place, Prepared, Said, Verdict
from ugc.queries import imports as queries

BATCH = 200
# enough to see what is meant, also where half of a file is refused
_SHOWN_PER_CODE = 3

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJob:
    """What to import and how. `secret` keys the authors' pseudonyms, so it must stay the same between runs."""

    path: Path
    chosen: ImportMap
    secret: bytes
    create_products: bool = False
    families: tuple[FamilyPlan, ...] = ()
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """A first look over the file: how many rows it has, which products, and who says what of which."""

    rows: int
    said: Sayings


@dataclass(slots=True)
class Report:
    """What became of the rows. `counts` adds up to them; `refused` has the first lines of each code."""

    counts: Counter[Verdict] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, Refusal]] = field(default_factory=list)
    products_created: int = 0

    @property
    def rows(self) -> int:
        """All rows."""
        return self.counts.total()

    @property
    def kept(self) -> int:
        """The rows that this run wrote, or would write."""
        return self.counts[Verdict.NEW] + self.counts[Verdict.SIBLING_COPY]

    def add(self, judged: Iterable[Judged]) -> None:
        """Count a batch."""
        for each in judged:
            self.counts[each.verdict] += 1
            if each.refusal is not None:
                self.codes[each.refusal.code.value] += 1
                if self.codes[each.refusal.code.value] <= _SHOWN_PER_CODE:
                    self.refused.append((each.prepared.line, each.refusal))


def survey(job: ImportJob) -> Survey:
    """Look the whole file over once. Nothing is asked of the database."""
    number, said = 0, Sayings({}, {})
    for record in reading.records(job.path, job.chosen):
        number += 1
        row = verdicts.prepare(record, job.chosen, job.secret).row
        if not isinstance(row, Refusal):
            said.names.setdefault(row.product_key, row.product_name or row.product_key)
            said.add(row.author, row.text, row.product_key)
    return Survey(number, said)


def proposals(seen: Survey, chosen: ImportMap) -> list[FamilyPlan]:
    """The families that the file itself shows."""
    return families.propose(seen.said, source=chosen.source, shared_texts=chosen.families.shared_texts)


def dry_run(database: Database, job: ImportJob, seen: Survey, *, progress: Progress) -> Report:
    """The verdicts that `run` would give. Nothing is written."""
    report = Report()
    with database.reading() as session:
        places = _foreseen(queries.places(session, list(seen.said.names)), job, seen)
        report.products_created = sum(place.product_id is None for place in places.values())
        by_product = {place.product_id: place.group for place in places.values() if place.product_id is not None}
        keys: set[str] = set()
        said: set[Said] = set()
        for batch in _batches(job):
            known = _known(session, batch, job.chosen.review_source, by_product)
            judged = verdicts.judge(batch, Known(known.keys | keys, known.said | said), places, undated=job.undated)
            keys |= {each.key for each in batch if each.key}
            said |= {told for each in judged if each.verdict is Verdict.NEW and (told := verdicts.what_was_said(each))}
            report.add(judged)
            progress(len(batch))
    return report


def run(database: Database, job: ImportJob, seen: Survey, *, progress: Progress) -> Report | Refusal:
    """Keep the file's rows, not yet public; `publication.confirm` makes them so. The same file again adds nothing.

    Cut off anywhere, the same run completes it: every 200 rows are one transaction, and a row is known by its key.
    """
    report = Report()
    if job.create_products:
        report.products_created = preparation.create_products(database, seen.said.names)
    refused = preparation.record_families(database, job.families)
    if refused is not None:
        return refused
    with database.reading() as session:
        found = queries.places(session, list(seen.said.names))
    places = {key: Place.of(*ids) for key, ids in found.items()}
    keys: set[str] = set()
    for batch in _batches(job):
        judged = database.writing(partial(_keep, job=job, batch=batch, seen=keys, places=places))
        keys |= {each.key for each in batch if each.key}
        report.add(judged)
        progress(len(batch))
    return report


def _keep(
    session: Session, *, job: ImportJob, batch: Sequence[Prepared], seen: Set[str], places: Mapping[str, Place]
) -> list[Judged]:
    known = _known(session, batch, job.chosen.review_source, {})
    judged = verdicts.judge(batch, Known(known.keys | seen, known.said), places, undated=job.undated)
    staging.keep(session, judged, chosen=job.chosen, file_name=job.path.name)
    return judged


def _batches(job: ImportJob) -> Iterator[list[Prepared]]:
    records = reading.records(job.path, job.chosen)
    while batch := [verdicts.prepare(each, job.chosen, job.secret) for each in islice(records, BATCH)]:
        yield batch


def _known(session: Session, batch: Sequence[Prepared], source: str, groups: Mapping[int, str]) -> Known:
    """What the database knows of these rows; `groups` overrides where a product belongs. Two statements."""
    keys = queries.stored_keys(session, source, [each.key for each in batch if each.key])
    texts = queries.texts_of(session, sorted({each.author_key for each in batch if each.author_key}), public=False)
    said = {
        (
            text.author_key,
            groups.get(text.product_id) or Place.of(text.product_id, text.family_id).group,
            text.body or text.title or "",
        )
        for text in texts
    }
    return Known(keys, said)


def _foreseen(found: Mapping[str, tuple[int, int | None]], job: ImportJob, seen: Survey) -> dict[str, Place]:
    """Where products would belong after a real run: those it would create, in the families it would record."""
    planned = {key: f"planned:{plan.id}" for plan in job.families for key in plan.products}
    places = {key: Place.of(*ids) for key, ids in found.items()}
    if job.create_products:
        new = {key: name for key, name in seen.said.names.items() if key not in places}
        allowed = (key for key, name in new.items() if preparation.draft_of(key, name).refusal() is None)
        places |= {key: Place(None, None, f"new:{key}") for key in allowed}
    return {
        key: Place(place.product_id, place.family_id, planned.get(key, place.group)) for key, place in places.items()
    }
