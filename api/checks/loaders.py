"""The batches and shared reads of checks, for context.load and context.read_once. Statements are the room's."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from publishing import coverage, page_checks
from publishing.queries import page_checks as queries
from publishing.tables import PageCheck, ProductCoverage
from seo.reporters import Report


def checks_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, PageCheck]:
    """Checks. One statement."""
    return queries.by_ids(session, ids)


def coverage_of_products(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[ProductCoverage]]:
    """What the newest checks found, by product. One statement."""
    return coverage.of_products(session, ids)


def report_of(session: Session, check_id: int) -> Report | None:
    """A whole report. One statement."""
    return page_checks.report_of(session, check_id)
