"""A verdict for every row of a file: new, a duplicate, a sibling's copy, undated or refused. Nothing is written."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from core.refusal import Refusal
from core.signatures import pseudonym
from ugc.imports import rows
from ugc.imports.mapping import ImportMap
from ugc.imports.reading import Record
from ugc.imports.refusals import ImportRefusal
from ugc.imports.rows import MappedRow

# an author (as a pseudonym), the family or lone product they speak of, and what they say
Said: TypeAlias = tuple[str, str, str]


class Verdict(StrEnum):
    """What becomes of a row. Every row gets exactly one, so that their numbers add up to the rows.

    - NEW: a review.
    - DUPLICATE_ROW: wholly the same row again, further up in the file or in an earlier run.
    - SIBLING_COPY: the same author said the same of this product or a sibling: kept, neither shown nor counted.
    - NO_DATE: nobody knows when it was written, and undated reviews were not asked for.
    - REFUSED: with a code.
    """

    NEW = "NEW"
    DUPLICATE_ROW = "DUPLICATE_ROW"
    SIBLING_COPY = "SIBLING_COPY"
    NO_DATE = "NO_DATE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a product's reviews belong: the product (None: it does not exist yet), its family, and a name for both."""

    product_id: int | None
    family_id: int | None
    group: str

    @classmethod
    def of(cls, product_id: int, family_id: int | None) -> "Place":
        """The place of a stored product; siblings share the group."""
        return cls(product_id, family_id, f"family:{family_id}" if family_id else f"product:{product_id}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row as its map reads it, its key, and its author as a pseudonym; without a key it could not be read at all."""

    line: int
    key: str | None
    row: MappedRow | Refusal
    author_key: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and its verdict; `place` is where a kept one belongs."""

    prepared: Prepared
    verdict: Verdict
    place: Place | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a batch of rows is judged: keys of earlier rows, and what their authors said."""

    keys: Set[str]
    said: Set[Said]


def prepare(record: Record, chosen: ImportMap, secret: bytes) -> Prepared:
    """Read one record by its map."""
    if record.raw is None:
        return Prepared(record.line, None, Refusal(ImportRefusal.ROW_UNREADABLE))
    row = rows.read(record.raw, chosen)
    author = None if isinstance(row, Refusal) or row.author is None else row.author
    return Prepared(
        line=record.line,
        key=rows.identity(record.raw, chosen),
        row=row,
        author_key=author and f"{chosen.review_source}:{pseudonym(secret, chosen.review_source, author)}",
    )


def judge(batch: Sequence[Prepared], known: Known, places: Mapping[str, Place], *, undated: bool) -> list[Judged]:
    """A verdict for each row, in the file's order: the first of several alike is the one that counts."""
    keys, said = set(known.keys), set(known.said)
    judged = []
    for prepared in batch:
        verdict = _verdict(prepared, keys, said, places, undated=undated)
        judged.append(verdict)
        if prepared.key is not None:
            keys.add(prepared.key)
        if verdict.verdict is Verdict.NEW and (told := what_was_said(verdict)):
            said.add(told)
    return judged


def what_was_said(judged: Judged) -> Said | None:
    """Who said what of which family; None for an author unknown: two strangers may well find the same words."""
    row, author = judged.prepared.row, judged.prepared.author_key
    if isinstance(row, Refusal) or author is None or judged.place is None:
        return None
    return author, judged.place.group, row.text


def _verdict(
    prepared: Prepared, keys: Set[str], said: Set[Said], places: Mapping[str, Place], *, undated: bool
) -> Judged:
    row = prepared.row
    if prepared.key is not None and prepared.key in keys:
        return Judged(prepared, Verdict.DUPLICATE_ROW)
    if isinstance(row, Refusal):
        return Judged(prepared, Verdict.REFUSED, refusal=row)
    place = places.get(row.product_key)
    if place is None:
        unknown = Refusal(ImportRefusal.PRODUCT_UNKNOWN, params={"product": row.product_key[:120]})
        return Judged(prepared, Verdict.REFUSED, refusal=unknown)
    if row.written_at is None and not undated:
        return Judged(prepared, Verdict.NO_DATE)
    new = Judged(prepared, Verdict.NEW, place)
    copied = what_was_said(new) in said
    return Judged(prepared, Verdict.SIBLING_COPY, place) if copied else new
