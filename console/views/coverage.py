"""How many reviews search engines can take from the shop's pages: all together, over time, by rule, by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import drawing
from console.drawing import Point
from console.visit import Visit
from core.paging import Key, Page, decode_cursor, encode_cursor
from publishing import coverage, page_checks
from publishing.queries.coverage import RuleRow, Sums
from publishing.tables import PageCheck, ProductCoverage
from seo.rules import BY_CODE
from seo.wording import rule_text

_ROWS = 20
_DAYS = 90
_ALERTS = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """The page: all pages' sums, the trend, what has fallen, the broken rules, and a page of pages."""

    sums: Sums
    trend: Sequence[Point]
    fallen: Sequence[PageCheck]
    rules: Sequence[RuleRow]
    page: Page[tuple[ProductCoverage, str]]


async def show(visit: Visit) -> Response:
    """The worst pages first; `rule` keeps to those that break it, `after` leads on."""
    asked = visit.request.query_params
    rule, after = asked.get("rule"), asked.get("after")
    key = decode_cursor(after, (int, int, int)) if after else None
    if (after and key is None) or (rule and rule not in BY_CODE):
        raise HTTPException(400)
    shown = await visit.read(_shown, key, rule or None)
    following = encode_cursor(shown.page.keys[-1]) if shown.page.has_next else None
    return visit.page(
        "coverage.html", shown=shown, rule=rule, after=after, next=following, title_of=lambda code: _title(code, visit)
    )


def _shown(session: Session, after: Key | None, rule: str | None) -> Shown:
    days = coverage.days(session, last=_DAYS)
    return Shown(
        sums=coverage.of_shop(session),
        trend=drawing.line([(day.day, day.share_ppm) for day in days]),
        fallen=page_checks.page(session, first=_ALERTS, only_fallen=True).items,
        rules=coverage.broken_rules(session),
        page=coverage.worst_first(session, first=_ROWS, after=after, code=rule),
    )


def _title(code: str, visit: Visit) -> str:
    return rule_text(code, locale=visit.locale).title_fail
