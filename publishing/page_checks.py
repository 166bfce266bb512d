"""Checks of product pages: asked for, taken by a worker, finished with what they found. Looking is inspection's.

What is asked for waits as a row. A worker takes it under a lease, looks at the page outside any transaction, and writes
what it found while its lease counts; one that was killed is followed by the next when its lease has run out.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from core import clock, ids, outbox
from core.paging import Page
from core.refusal import Refusal
from core.settings import settings
from publishing import coverage, truth
from publishing.events import CoverageEvent, PageCheckEvent
from publishing.queries import coverage as coverage_queries
from publishing.queries import page_checks as queries
from publishing.refusals import PublishingRefusal
from publishing.tables import CheckFailure, CheckState, PageCheck
from seo.crawl import kept
from seo.findings import Severity
from seo.indexability import Indexable
from seo.reporters import Report
from shop import products, storefronts
from shop.tables import Storefront

# what people and the night may have asked for and not got yet
MOST_OPEN = 2_000
# longer than any look at a page takes
LEASE = timedelta(minutes=15)
MOST_ATTEMPTS = 3
REPORTS_LAST = timedelta(days=90)
_AGAIN_AFTER = timedelta(days=7)
_NEWEST = (1 << 63) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDraft:
    """A page by its address, or a product by id with the storefront whose page is meant; else its first's."""

    url: str | None = None
    product_id: int | None = None
    storefront_id: int | None = None
    asked_by: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A check that a worker holds."""

    id: int
    lease: int
    url: str
    product_id: int
    storefront_id: int


def start(session: Session, draft: CheckDraft) -> int | Refusal:
    """Ask for a check; returns its id, or that of the same page's check that waits already.

    Refuses NO_PAGE (the address is no product page of a storefront), PRODUCT_NOT_FOUND, STOREFRONT_NOT_FOUND and
    TOO_MANY_WAITING.
    """
    found = _meant(session, draft)
    if isinstance(found, Refusal):
        return found
    waiting = queries.waiting(session, found.product_id, found.storefront_id)
    if waiting is not None:
        return waiting
    if queries.count_open(session) >= MOST_OPEN:
        return Refusal(PublishingRefusal.TOO_MANY_WAITING, (), {"maximum": MOST_OPEN})
    queries.add(session, found)
    _tell(session, found, CheckState.QUEUED)
    return found.id


def queue_due(session: Session, *, limit: int) -> int:
    """Ask for checks of the pages that changed since their newest check or were not checked for a week."""
    due = coverage_queries.due_pages(session, not_since=clock.now() - _AGAIN_AFTER, limit=limit)
    drafts = (CheckDraft(product_id=page.product_id, storefront_id=page.storefront_id) for page in due)
    return sum(isinstance(start(session, draft), int) for draft in drafts)


def due(session: Session) -> int | None:
    """The check that a worker may take now. One statement."""
    return queries.due(session, now=clock.now())


def take(session: Session, check_id: int) -> Taken | None:
    """Hold the check; None when another worker was quicker, or it has been tried too often and is given up."""
    lease, now = ids.new_id(), clock.now()
    if not queries.take(session, check_id, lease=lease, now=now, until=now + LEASE):
        return None
    session.expire_all()
    check = session.get_one(PageCheck, check_id)
    taken = Taken(check.id, lease, check.url, check.product_id, check.storefront_id)
    if check.attempts > MOST_ATTEMPTS:
        fail(session, taken, CheckFailure.CRASHED)
        return None
    _tell(session, check, CheckState.RUNNING)
    return taken


def finish(session: Session, taken: Taken, report: Report) -> bool:
    """Write what the check found; False, and nothing written, when another worker holds it by now."""
    check = session.get_one(PageCheck, taken.id)
    values = _found(report)
    before = queries.before(session, check)
    values["has_fallen"] = coverage.has_fallen(before, values, by_points=settings().coverage_fall_points)
    done = {"state": CheckState.DONE, "finished_at": clock.now(), **values}
    if not queries.settle(session, taken.id, lease=taken.lease, values=done):
        return False
    session.expire_all()
    check = session.get_one(PageCheck, taken.id)
    queries.keep_report(session, check.id, kept.line(kept.slim(report)).decode())
    coverage.record(session, check, report)
    _tell(session, check, CheckState.DONE)
    if check.has_fallen and before is not None:
        _alert(session, check, before)
    return True


def fail(session: Session, taken: Taken, why: CheckFailure) -> bool:
    """Write that there was no page to judge; what the check before found stays. False as with `finish`."""
    done = {"state": CheckState.FAILED, "finished_at": clock.now(), "failure": why}
    if not queries.settle(session, taken.id, lease=taken.lease, values=done):
        return False
    session.expire_all()
    _tell(session, session.get_one(PageCheck, taken.id), CheckState.FAILED)
    return True


def page(
    session: Session,
    *,
    first: int,
    after: tuple[int] | None = None,
    product_id: int | None = None,
    state: CheckState | None = None,
    only_fallen: bool = False,
) -> Page[PageCheck]:
    """Checks, newest first. One statement."""
    rows = queries.page(
        session,
        product_id=product_id,
        state=state,
        only_fallen=only_fallen,
        before=after[0] if after else _NEWEST,
        limit=first + 1,
    )
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def report_of(session: Session, check_id: int) -> Report | None:
    """The whole report; None before it is finished, when there was no page, and after three months. One statement."""
    line = queries.report(session, check_id)
    return None if line is None else kept.report(line.encode())


def forget_reports(session: Session, *, limit: int) -> int:
    """Drop whole reports of three months ago that newer ones have followed; their figures stay."""
    return queries.forget_reports(session, older_than=clock.now() - REPORTS_LAST, limit=limit)


def _meant(session: Session, draft: CheckDraft) -> PageCheck | Refusal:
    if draft.url is not None:
        found = truth.page_at(session, draft.url)
        if found is None:
            return Refusal(PublishingRefusal.NO_PAGE, ("url",))
        return _check(draft, found.product_id, found.version, found.storefront_id, draft.url)
    site = _storefront(session, draft.storefront_id)
    if site is None:
        return Refusal(PublishingRefusal.STOREFRONT_NOT_FOUND, ("storefrontId",))
    product = products.shown(session, draft.product_id or 0, storefront_id=site.id)
    if product is None or product.url is None:
        return Refusal(PublishingRefusal.PRODUCT_NOT_FOUND, ("productId",))
    return _check(draft, product.id, product.version, site.id, product.url)


def _storefront(session: Session, storefront_id: int | None) -> Storefront | None:
    if storefront_id is not None:
        return storefronts.get(session, storefront_id)
    return next(iter(storefronts.everyone(session)), None)


def _check(draft: CheckDraft, product_id: int, version: int, storefront_id: int, url: str) -> PageCheck:
    return PageCheck(
        id=ids.new_id(),
        url=url,
        product_id=product_id,
        storefront_id=storefront_id,
        product_version=version,
        state=CheckState.QUEUED,
        asked_by=draft.asked_by,
        asked_at=clock.now(),
    )


def _found(report: Report) -> dict[str, Any]:
    indexable = report.indexable()
    return {
        "errors": report.faults(Severity.ERROR),
        "warnings": report.faults(Severity.WARNING),
        "infos": report.faults(Severity.INFO),
        "reviews": len(report.judgements),
        "yes": indexable[Indexable.YES],
        "no": indexable[Indexable.NO],
        "depends": indexable[Indexable.DEPENDS],
        "is_rendered": report.unrendered is None,
    }


def _tell(session: Session, check: PageCheck, state: CheckState) -> None:
    payload = {"checkId": check.id, "productId": check.product_id, "state": state.value}
    outbox.record(session, PageCheckEvent.CHANGED, aggregate=("PageCheck", check.id), payload=payload)


def _alert(session: Session, check: PageCheck, before: PageCheck) -> None:
    payload = {
        "checkId": check.id,
        "formerCheckId": before.id,
        "productId": check.product_id,
        "storefrontId": check.storefront_id,
        "reviews": check.reviews,
        "indexable": check.yes,
        "formerReviews": before.reviews,
        "formerIndexable": before.yes,
    }
    aggregate = ("ProductCoverage", check.product_id)
    outbox.record(session, CoverageEvent.FELL, aggregate=aggregate, payload=payload)
