"""Confirm an imported batch: its reviews become public and counted, 200 a transaction, however often it is tried."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core import clock, ids
from core.db import Database
from ugc import moves
from ugc.imports.verdicts import Place
from ugc.queries import imports as queries
from ugc.queries.imports import Staged
from ugc.queries.ratings import STARS, Counts
from ugc.states import ReviewAct, ReviewStatus
from ugc.tables.reviews import Actor, ModerationDecision, Origin, RatingDelta

BATCH = 200

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Published:
    """How many reviews became public and are shown, and how many are copies that are neither shown nor counted."""

    shown: int = 0
    copies: int = 0

    def __add__(self, other: "Published") -> "Published":
        return Published(self.shown + other.shown, self.copies + other.copies)


def confirm(database: Database, source: str, *, progress: Progress) -> Published:
    """Publish every open batch of the source; a run that was cut off goes on where it stopped.

    Families that were recorded since the rows were read count: what has become a sibling's copy is kept out.
    """
    total = Published()
    while (batch_id := database.writing(lambda session: _open(session, source))) is not None:
        after = 0
        while after >= 0:
            published, after = _next(database, batch_id, after)
            total += published
            progress(published.shown + published.copies)
    return total


def _open(session: Session, source: str) -> int | None:
    batch = queries.open_batch(session, source)
    return batch.id if batch else None


def _next(database: Database, batch_id: int, after: int) -> tuple[Published, int]:
    """Publish the next reviews of the batch; (what was done, the id to go on from or -1 when it is closed)."""

    def step(session: Session) -> tuple[Published, int]:
        staged = queries.staged(session, batch_id, after=after, limit=BATCH)
        if not staged:
            queries.confirm(session, batch_id, clock.now())
            return Published(), -1
        return _publish(session, staged), staged[-1].id

    return database.writing(step)


def _publish(session: Session, staged: Sequence[Staged]) -> Published:
    copies = _new_copies(session, staged)
    queries.mark_copies(session, sorted(copies))
    shown = [each for each in staged if each.counted and each.id not in copies]
    queries.publish(session, [each.id for each in staged])
    queries.write(session, ModerationDecision, [_decision(each) for each in staged])
    _count(session, [each for each in shown if each.origin is Origin.OWN_SITE])
    # every page once, in one order: two writers must not wait for each other crosswise
    for product_id in _one_of_each_family(shown):
        moves.renew_pages(session, product_id)
    return Published(len(shown), len(staged) - len(shown))


def _new_copies(session: Session, staged: Sequence[Staged]) -> set[int]:
    """Staged reviews whose author has said the same of a sibling in public, or further up in the batch."""
    authors = sorted({each.author_key for each in staged if each.author_key})
    said = {
        (known.author_key, Place.of(known.product_id, known.family_id).group, known.body or known.title or "")
        for known in queries.texts_of(session, authors, public=True)
    }
    copies = set()
    for each in staged:
        told = (each.author_key, Place.of(each.product_id, each.family_id).group, each.body or each.title or "")
        if not each.counted or each.author_key is None:
            continue
        if told in said:
            copies.add(each.id)
        said.add(told)  # type: ignore[arg-type]  # the author is known here
    return copies


def _decision(each: Staged) -> dict[str, object]:
    return {
        "id": ids.new_id(),
        "review_id": each.id,
        "revision_no": 1,
        "actor": Actor.SYSTEM,
        "act": ReviewAct.SUBMIT,
        "to_status": ReviewStatus.PUBLISHED,
        "decided_before": False,
        "version_before": 0,
        "at": clock.now(),
    }


def _count(session: Session, shown: Sequence[Staged]) -> None:
    """One delta a review, and the sum of them on each product's counter."""
    queries.write(session, RatingDelta, [_delta(each) for each in shown])
    for product_id in sorted({each.product_id for each in shown}):
        own = [each for each in shown if each.product_id == product_id]
        stars = [sum(each.rating == star for each in own) for star in STARS]
        queries.add_to_counter(session, product_id, Counts._make((*stars, sum(bool(each.body) for each in own), 0)))


def _delta(each: Staged) -> dict[str, object]:
    return {
        "id": ids.new_id(),
        "review_id": each.id,
        "sequence": 1,
        "revision_no": 1,
        "product_id": each.product_id,
        "rating_before": 0,
        "rating_after": each.rating,
        "text_before": 0,
        "text_after": int(bool(each.body)),
        "photo_before": 0,
        # no photo can have been approved while the review was in no queue
        "photo_after": 0,
        "at": clock.now(),
    }


def _one_of_each_family(shown: Sequence[Staged]) -> list[int]:
    return sorted({each.family_id or each.product_id: each.product_id for each in shown}.values())
