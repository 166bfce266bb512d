"""MAP-02: the page's lastmod is older than its newest review, or is always the present. Whether the page is listed is
page-missing-from-sitemap.
"""

from datetime import timedelta

from seo import dates
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.sitemaps import Entry, SitemapFile
from seo.subject import Subject

# a sitemap may be made once a day
_SLACK = timedelta(days=1)
_JUST_NOW = timedelta(minutes=10)


def check(subject: Subject) -> Outcome:
    """Lastmod must not lie before the newest published review, nor be the moment of asking for every page.

    Evidence: the lastmod, and the newest review.
    """
    maps = subject.around.sitemaps if subject.around else None
    if maps is None:
        return not_evaluated(subject.unasked())
    told = [(file, entry) for file, entry in maps.entries if entry.lastmod]
    if not told:
        return NOT_APPLICABLE
    file, entry = told[0]
    if _is_always_now(file, subject):
        return failed(_shown(file, entry, "now"))
    published = [r.published_at for r in subject.truth.reviews if r.published_at] if subject.truth else []
    at = dates.from_iso(entry.lastmod)
    if not published or at is None:
        return not_evaluated(Reason.NO_TRUTH if subject.truth is None else Reason.NO_DATES)
    newest = max(published)
    is_older = at + _SLACK < newest
    return (
        failed(_shown(file, entry, f"newest review {newest.date()}")) if is_older else passed(_shown(file, entry, ""))
    )


def _is_always_now(file: SitemapFile, subject: Subject) -> bool:
    """Every date of the file within minutes of this check: made up when asked."""
    if file.lastmods is None or file.dated_count < 2:
        return False
    return all(abs(subject.checked_at - at) < _JUST_NOW for at in file.lastmods)


def _shown(file: SitemapFile, entry: Entry, beside: str) -> Evidence:
    excerpt = f"lastmod {entry.lastmod}" + (f"; {beside}" if beside else "")
    return Evidence(excerpt, offset=entry.offset, url=file.url)


RULE = Rule(
    code="MAP-02",
    id="untrue-lastmod",
    severity=Severity.WARNING,
    title_pass="lastmod tells when the page last changed",
    title_fail="lastmod does not tell when the page last changed",
    why="A new review is a change of the page; a date that never moves, or always does, is no longer believed.",
    example="lastmod 2025-01-01, newest review 2026-03-08",
    remedy="Set lastmod to the last change of text, reviews or price, and to nothing else.",
    source="https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap",
    check=check,
)
