"""MAP-01: the page is in no sitemap, or is in one though it may not be indexed. Dates are untrue-lastmod."""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.sitemaps import Entry, SitemapFile, comparable
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """One that can be indexed must be listed, one that cannot must not. Evidence: the entry, or the sitemaps read."""
    maps = subject.around.sitemaps if subject.around else None
    if maps is None:
        return not_evaluated(subject.unasked())
    fault = _unfit(subject)
    if maps.entries:
        places = [_shown(file, entry, fault) for file, entry in maps.entries]
        return failed(*places) if fault else passed(*places)
    read = [Evidence(f"{file.failure or file.status}: {file.url_count} URLs", url=file.url) for file in maps.files]
    if fault:
        return NOT_APPLICABLE
    return failed(*read) if maps.is_complete else not_evaluated(Reason.SITEMAP_INCOMPLETE, *read)


def _unfit(subject: Subject) -> str:
    """Why a sitemap should not list the page; empty when it should."""
    if subject.page.status not in (None, 200):
        return str(subject.page.status)
    if "noindex" in subject.googlebot:
        return "noindex"
    counted = [canonical for canonical in subject.canonicals if canonical.counts]
    elsewhere = [c for c in counted if comparable(c.url) != comparable(subject.page.url)]
    return f"canonical {elsewhere[0].url}" if elsewhere else ""


def _shown(file: SitemapFile, entry: Entry, fault: str) -> Evidence:
    return Evidence(f"{entry.loc}: {fault}" if fault else entry.loc, offset=entry.offset, url=file.url)


RULE = Rule(
    code="MAP-01",
    id="page-missing-from-sitemap",
    severity=Severity.WARNING,
    title_pass="The sitemap lists the page",
    title_fail="The sitemap does not list the page, or lists one that cannot be indexed",
    why="Crawlers find new pages and changes by the sitemap; one that lists closed or doubled pages is trusted less.",
    example="/sitemap.xml without https://shop.example/teapot",
    remedy="List every page that answers 200, may be indexed and is its own canonical, and no other.",
    source="https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap",
    check=check,
)
