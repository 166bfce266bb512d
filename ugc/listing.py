"""Read reviews as the public may: pages of a product or family, and single ones. Nothing here needs a caller."""

from collections.abc import Sequence

from sqlmodel import Session

from core.paging import Key, Page
from ugc.queries import numbered
from ugc.queries import published as queries
from ugc.queries.published import PublishedReview, ReviewFilter, ReviewOrder, Scope

__all__ = [
    "PublishedReview",
    "ReviewFilter",
    "ReviewOrder",
    "Scope",
    "approved_page",
    "by_ids",
    "cursor_shape",
    "own_page",
]

EVERYTHING = ReviewFilter()


def approved_page(
    session: Session,
    scope: Scope,
    *,
    first: int,
    after: Key | None = None,
    order: ReviewOrder = ReviewOrder.NEWEST,
    kept: ReviewFilter = EVERYTHING,
) -> Page[PublishedReview]:
    """A page of public reviews, sibling copies left out, reviews collected elsewhere among them. One statement."""
    rows = queries.page_rows(session, scope, order=order, kept=kept, after=after, limit=first + 1)
    return Page.cut(rows, first=first, key=lambda row: queries.key(row, order))


def own_page(session: Session, scope: Scope, *, number: int, size: int) -> list[PublishedReview]:
    """Page `number`, from 1, of the reviews that this shop has collected, newest first. One statement.

    For pages that crawlers meet by their number; a client that reads on takes a cursor.
    """
    return numbered.own_rows(session, scope, skipped=(number - 1) * size, limit=size)


def cursor_shape(order: ReviewOrder) -> tuple[type, ...]:
    """What a cursor of this order holds."""
    return queries.key_shape(order)


def by_ids(session: Session, review_ids: Sequence[int]) -> dict[int, PublishedReview]:
    """Those of the reviews that are public, by id. One statement."""
    return {row.id: row for row in queries.by_ids(session, review_ids)}
