"""Write judged rows as reviews that are not public yet. Making them public is ugc.imports.publication's."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain

from sqlmodel import Session

from core import clock, ids
from core.refusal import Refusal
from ugc.drafts import LICENCE
from ugc.imports.mapping import ImportMap
from ugc.imports.verdicts import Judged, Place, Verdict
from ugc.queries import imports as queries
from ugc.queries.screening import Witness
from ugc.screening import pipeline
from ugc.screening.circumstances import Subject
from ugc.screening.screen import Circumstances
from ugc.screening.wording import body_hash
from ugc.states import ReviewStatus
from ugc.tables.imports import ImportBatch, ImportRow
from ugc.tables.reviews import Review, ReviewRevision, ScreenVerdict, Verification

Columns = dict[str, object]


def open_batch(session: Session, source: str, file_name: str) -> int:
    """The batch that rows of this source go to until it is confirmed: the open one, else a new one."""
    known = queries.open_batch(session, source)
    if known is not None:
        return known.id
    batch = ImportBatch(id=ids.new_id(), source=source, file_name=file_name, started_at=clock.now())
    session.add(batch)
    session.flush()
    return batch.id


def keep(session: Session, judged: Sequence[Judged], *, chosen: ImportMap, file_name: str) -> None:
    """Write new reviews and sibling copies: QUEUED, but in no queue, since the batch is confirmed as one.

    New ones are screened; what the screens say is kept for moderators' eyes and holds nothing back. Four bulk inserts
    and four reads, however many rows.
    """
    kept = [each for each in judged if each.verdict in (Verdict.NEW, Verdict.SIBLING_COPY)]
    if not kept:
        return
    batch_id = open_batch(session, chosen.review_source, file_name)
    now = clock.now()
    staged = [_Staging(each, chosen, now) for each in kept]
    screened = _circumstances(session, [each for each in staged if not each.is_copy])
    queries.write(session, Review, [each.review() for each in staged])
    queries.write(session, ReviewRevision, [each.revision() for each in staged])
    queries.write(session, ImportRow, [each.row(batch_id) for each in staged])
    verdicts = (
        pipeline.rows(pipeline.screen(each.mapped.words.text(), around), each.id, 1) for each, around in screened
    )
    queries.write(session, ScreenVerdict, list(chain.from_iterable(verdicts)))


class _Staging:
    """One row on its way into the tables."""

    def __init__(self, judged: Judged, chosen: ImportMap, now: datetime) -> None:
        if isinstance(judged.prepared.row, Refusal) or judged.place is None or judged.place.product_id is None:
            raise TypeError("only rows with a verdict that keeps them are staged")
        self.id = ids.new_id()
        self.is_copy = judged.verdict is Verdict.SIBLING_COPY
        self.mapped = judged.prepared.row
        self.place: Place = judged.place
        self.product_id = judged.place.product_id
        self.body_hash = body_hash(self.mapped.words.body)
        self._prepared = judged.prepared
        self._chosen = chosen
        self._now = now

    @property
    def author_key(self) -> str | None:
        return self._prepared.author_key

    def review(self) -> Columns:
        words = self.mapped.words
        return {
            "id": self.id,
            "product_id": self.product_id,
            "author_key": self.author_key,
            "status": ReviewStatus.QUEUED,
            "latest_status": ReviewStatus.QUEUED,
            "decided": False,
            "version": 1,
            "latest_revision_no": 1,
            "rating": words.rating,
            "locale": words.locale,
            "verification": Verification.IMPORTED if self.mapped.verified else Verification.NONE,
            # nothing of ours promised anything to authors elsewhere
            "incentivised": False,
            "origin": self._chosen.origin,
            "source": self._chosen.review_source,
            "external_id": self.mapped.key,
            "display_name": self.mapped.display_name,
            "photo_count": 0,
            "counted": not self.is_copy,
            "dated": self.mapped.written_at is not None,
            "submitted_at": self.mapped.written_at or self._now,
        }

    def revision(self) -> Columns:
        words = self.mapped.words
        return {
            "review_id": self.id,
            "no": 1,
            "rating": words.rating,
            "title": words.title,
            "body": words.body,
            "locale": words.locale,
            "body_hash": self.body_hash,
            "incentivised": False,
            "sibling_copy": self.is_copy,
            "licence": LICENCE,
            "created_at": self.mapped.written_at or self._now,
        }

    def row(self, batch_id: int) -> Columns:
        return {
            "review_id": self.id,
            "batch_id": batch_id,
            "line": self._prepared.line,
            "variant": self.mapped.variant,
            "helpful_votes": self.mapped.helpful_votes,
            "has_photos": bool(self.mapped.photo_urls),
            "photo_urls": list(self.mapped.photo_urls),
        }


def _circumstances(session: Session, staged: Sequence[_Staging]) -> list[tuple[_Staging, Circumstances]]:
    """What screens must know around each review: two statements, and the rows further up in the same batch."""
    hashes = {each.body_hash for each in staged if each.body_hash}
    witnesses: dict[str, list[Witness]] = {}
    for words_hash, witness in queries.same_words(session, sorted(hashes)):
        witnesses.setdefault(words_hash, []).append(witness)
    public = queries.published_by(session, sorted(_authors(staged)))
    around = []
    for each in staged:
        same = witnesses.setdefault(each.body_hash, []) if each.body_hash else []
        around.append((each, _around(each, same, public[each.author_key or ""])))
        same.append(Witness(each.id, each.author_key, each.product_id, each.place.family_id))
    return around


def _authors(staged: Iterable[_Staging]) -> set[str]:
    return {each.author_key for each in staged if each.author_key}


def _around(each: _Staging, same: Iterable[Witness], published_before: int) -> Circumstances:
    subject = Subject(
        review_id=each.id,
        product_id=each.product_id,
        family_id=each.place.family_id,
        author_key=each.author_key,
    )
    copies = tuple(subject.compared(witness) for witness in same)
    return Circumstances(has_bought=False, published_before=published_before, copies=copies)
