"""How many published reviews search engines can take from the shop's pages: by page, by rule, over time, and when it
falls. Checking is page_checks'.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from core import clock
from core.paging import Key, Page
from publishing.queries import coverage as queries
from publishing.queries.coverage import RuleRow, Sums
from publishing.tables import CoverageDay, PageCheck, PageFault, ProductCoverage
from seo.findings import Severity
from seo.reporters import Report

ALL_PPM = 1_000_000
_PPM_A_POINT = 10_000


def has_fallen(before: PageCheck | None, found: Mapping[str, Any], *, by_points: int) -> bool:
    """Whether the surely indexable share is lower by so many percentage points than at the check before.

    A page that was drawn and one that was not are not compared: without a browser less is sure.
    """
    if before is None or not before.reviews or not found["reviews"] or before.is_rendered != found["is_rendered"]:
        return False
    now, was = found["yes"] * ALL_PPM // found["reviews"], before.yes * ALL_PPM // before.reviews
    return bool(was - now >= by_points * _PPM_A_POINT)


def record(session: Session, check: PageCheck, report: Report) -> None:
    """Make this check the newest of its page."""
    place = {"product_id": check.product_id, "storefront_id": check.storefront_id}
    share = check.share_ppm
    newest = ProductCoverage(
        **place,
        check_id=check.id,
        share=ALL_PPM if share is None else share,
        reviews=check.reviews,
        yes=check.yes,
        no=check.no,
        depends=check.depends,
        classes=Counter(judgement.sighting.kind.value for judgement in report.judgements),
        checked_at=check.finished_at or clock.now(),
    )
    severities = {finding.code: finding.severity.value for finding in report.faults_found}
    faults = [PageFault(**place, code=code, severity=severity) for code, severity in severities.items()]
    queries.replace(session, newest, faults)


def of_shop(session: Session) -> Sums:
    """All pages together, by their newest checks. One statement."""
    return queries.sums(session)


def of_products(session: Session, product_ids: Sequence[int]) -> Mapping[int, list[ProductCoverage]]:
    """The newest checks of products' pages, the worst first. One statement."""
    found: dict[int, list[ProductCoverage]] = {}
    for row in queries.of_products(session, product_ids):
        found.setdefault(row.product_id, []).append(row)
    return found


def worst_first(
    session: Session, *, first: int, after: Key | None = None, code: str | None = None
) -> Page[tuple[ProductCoverage, str]]:
    """Pages with the product's name, the worst first; only where the rule `code` is broken. One statement."""
    rows = queries.worst_first(session, code=code, after=after, limit=first + 1)
    return Page.cut(rows, first=first, key=lambda row: (row[0].share, row[0].product_id, row[0].storefront_id))


def broken_rules(session: Session) -> list[RuleRow]:
    """Every rule that a page breaks now, the most severe and then the most frequent first. One statement."""
    return sorted(queries.rules(session), key=lambda row: (-Severity(row.severity).rank, -row.pages, row.code))


def days(session: Session, *, last: int) -> Sequence[CoverageDay]:
    """The last so many days that were kept, in order. One statement."""
    return queries.days(session, since=clock.now().date() - timedelta(days=last - 1))


def history(session: Session, product_id: int, *, last: int) -> list[PageCheck]:
    """The newest so many finished checks of a product, the oldest first. One statement."""
    return list(reversed(queries.history(session, product_id, limit=last)))


def keep_day(session: Session) -> date | None:
    """Write down what the shop's pages add up to today; None when none was ever checked."""
    now = queries.sums(session)
    if not now.pages:
        return None
    today = clock.now().date()
    sums = {"pages": now.pages, "reviews": now.reviews, "yes": now.yes, "no": now.no, "depends": now.depends}
    queries.keep_day(session, CoverageDay(day=today, **sums))
    return today
