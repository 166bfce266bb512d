"""Read reviews in any state, for their authors and for staff. What everybody may read is ugc.listing's."""

from collections.abc import Sequence

from sqlmodel import Session

from core.paging import Page
from ugc.queries import known as queries
from ugc.queries.known import Standing
from ugc.queries.published import PublishedReview

__all__ = ["Standing", "by_ids", "own_page", "standings"]


def by_ids(session: Session, review_ids: Sequence[int], *, author_id: int | None) -> dict[int, PublishedReview]:
    """The author's reviews, or everybody's when `author_id` is None: in public words, else in the newest.

    One statement.
    """
    return {row.id: row for row in queries.by_ids(session, review_ids, author_id=author_id)}


def own_page(session: Session, author_id: int, *, first: int, after: tuple[int] | None = None) -> Page[PublishedReview]:
    """A page of the person's own reviews, newest first; the key is (id,). One statement."""
    rows = queries.own_page(session, author_id, before=after[0] if after else None, limit=first + 1)
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def standings(session: Session, review_ids: Sequence[int], *, author_id: int | None) -> dict[int, Standing]:
    """Where the author's reviews stand, or everybody's when `author_id` is None. Two statements."""
    return queries.standings(session, review_ids, author_id=author_id)
