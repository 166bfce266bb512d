"""Rating counters that cannot drift: moved with the deciding act, summed over a family, recounted on demand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core import clock, ids
from core.rounding import mean_tenths
from ugc.queries import ratings as queries
from ugc.queries import reviews as review_queries
from ugc.queries.ratings import NOTHING, STARS, Contribution, Counts
from ugc.tables.reviews import RatingDelta


@dataclass(frozen=True, slots=True)
class RatingSummary:
    """What a product's page shows of its ratings, siblings included.

    `histogram` has the number of ratings with 1, 2, 3, 4 and 5 stars; `mean_tenths` is None without any.
    `review_count` leaves out ratings without words.
    """

    histogram: tuple[int, int, int, int, int]
    review_count: int
    photo_review_count: int

    @property
    def count(self) -> int:
        """All ratings."""
        return sum(self.histogram)

    @property
    def mean_tenths(self) -> int | None:
        """The plain mean in tenths of a star, half up."""
        return mean_tenths(sum(star * number for star, number in zip(STARS, self.histogram, strict=True)), self.count)


NO_RATINGS = RatingSummary(histogram=(0, 0, 0, 0, 0), review_count=0, photo_review_count=0)


@dataclass(frozen=True, slots=True)
class Drift:
    """A product whose stored counters differ from a recount of its reviews."""

    product_id: int
    stored: Counts
    recounted: Counts


def summary(session: Session, product_id: int) -> RatingSummary:
    """The ratings of a product and its siblings. One statement."""
    return summaries(session, [product_id])[product_id]


def summaries(session: Session, product_ids: Sequence[int]) -> dict[int, RatingSummary]:
    """The ratings of each product with its siblings; unrated ones have NO_RATINGS. One statement however many."""
    found = {
        product_id: RatingSummary(
            (counts.r1, counts.r2, counts.r3, counts.r4, counts.r5), counts.n_text, counts.n_photo
        )
        for product_id, counts in queries.summaries(session, product_ids).items()
    }
    return {product_id: found.get(product_id, NO_RATINGS) for product_id in product_ids}


def settle(session: Session, review_id: int) -> None:
    """Bring the product's counters in line with the review as it now stands. To be called after every change of it.

    Writes one delta and moves the counters by whole numbers; nothing when they are in line already. The chain of a
    review's deltas is unique by sequence, so two writers cannot both move it from the same place.
    """
    stands = queries.standing(session, review_id)
    last = queries.last_delta(session, review_id)
    before = Contribution(last.rating_after, last.text_after, last.photo_after) if last else NOTHING
    if before == stands.due:
        return
    session.add(
        RatingDelta(
            id=ids.new_id(),
            review_id=review_id,
            sequence=last.sequence + 1 if last else 1,
            revision_no=stands.revision_no,
            product_id=stands.product_id,
            rating_before=before.rating,
            rating_after=stands.due.rating,
            text_before=before.text,
            text_after=stands.due.text,
            photo_before=before.photo,
            photo_after=stands.due.photo,
            at=clock.now(),
        )
    )
    queries.shift_counter(session, stands.product_id, before, stands.due)


def shift_photo_count(session: Session, review_id: int, *, by: int) -> None:
    """A photo of the review has become public (1) or is no more (-1): keep its number and the counters in step."""
    review_queries.shift_photos(session, review_id, by)
    settle(session, review_id)


def drifts(session: Session) -> list[Drift]:
    """Products whose counters are wrong; none, unless something wrote past this module. Two statements."""
    stored, recounted = queries.counters(session), queries.recount(session)
    return [
        Drift(product_id, stored.get(product_id, Counts()), recounted.get(product_id, Counts()))
        for product_id in sorted(stored.keys() | recounted.keys())
        if stored.get(product_id, Counts()) != recounted.get(product_id, Counts())
    ]


def repair(session: Session, product_id: int) -> None:
    """Set a product's counters to a recount, its reviews' chains first; decisions made meanwhile still count."""
    for review_id in queries.review_ids(session, product_id):
        settle(session, review_id)
    # writers wait for the counter's row from here on and then add theirs
    queries.counters(session, hold=product_id)
    queries.overwrite_counter(
        session, product_id, queries.recount(session, product_id=product_id).get(product_id, Counts())
    )


def reconcile(session: Session, *, repairing: bool = False) -> list[Drift]:
    """The drifts found, each repaired when `repairing`."""
    found = drifts(session)
    for drift in found if repairing else ():
        repair(session, drift.product_id)
    return found
