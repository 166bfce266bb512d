"""That hot reads search by key on SQLite, whatever the tables have grown to. PostgreSQL plans by its statistics."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from core.db import Database
from ugc import cases, listing, ratings
from ugc.listing import ReviewFilter, ReviewOrder, Scope

READS: dict[str, Callable[[Session], object]] = {
    **{
        f"page by {order}": lambda session, order=order: listing.approved_page(  # type: ignore[misc]
            session, Scope(1), first=10, after=(1, 1, 1)[: len(listing.cursor_shape(order))], order=order
        )
        for order in ReviewOrder
    },
    "page of a rating": lambda session: listing.approved_page(session, Scope(1), first=10, kept=ReviewFilter(rating=1)),
    "page of a family": lambda session: listing.approved_page(session, Scope(1, 2), first=10),
    "numbered page": lambda session: listing.own_page(session, Scope(1), number=3, size=10),
    "numbered page of a family": lambda session: listing.own_page(session, Scope(1, 2), number=3, size=10),
    "reviews by ids": lambda session: listing.by_ids(session, [1, 2]),
    "summaries": lambda session: ratings.summaries(session, [1, 2]),
    "queue": lambda session: cases.queue(session, first=10, after=(1, 1)),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_hot_read_walks_through_no_table(
    database: Database,
    statements: Callable[[], AbstractContextManager[list[str]]],
    read: Callable[[Session], object],
) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL plans by its statistics, which an empty database has not")
    with database.reading() as session, statements() as seen:
        read(session)
        plan = session.connection().connection.cursor()
        plan.execute(f"EXPLAIN QUERY PLAN {seen[0]}", ["[1]"] * seen[0].count("?"))

    steps = [step[3] for step in plan.fetchall()]

    assert steps
    assert [step for step in steps if step.startswith("SCAN") and "json_each" not in step] == []
