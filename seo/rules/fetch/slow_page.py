"""HTTP-09: the page answers slowly. One fetch is a sample, so that this is never more than a note."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.subject import Subject

FIRST_BYTE_SECONDS = 0.8
WHOLE_SECONDS = 3.0


def check(subject: Subject) -> Outcome:
    """The answer must begin within 0.8 seconds and end within 3, redirects included. Evidence: both times."""
    page = subject.page
    if page.seconds is None:
        return not_evaluated(Reason.SAVED_FILE)
    begun, ended = page.seconds
    evidence = Evidence(f"{begun:.1f} s, {ended:.1f} s", url=page.url)
    return failed(evidence) if begun > FIRST_BYTE_SECONDS or ended > WHOLE_SECONDS else passed(evidence)


RULE = Rule(
    code="HTTP-09",
    id="slow-page",
    severity=Severity.INFO,
    title_pass="The page answers soon",
    title_fail="The page answers slowly",
    why="Crawlers ask less of slow hosts, and networks that make previews give up after a few seconds.",
    example="1.9 s until the first byte",
    remedy="Cache the finished page, and put reviews into it when it is made rather than when it is asked for.",
    source="https://developers.google.com/search/docs/crawling-indexing/large-site-managing-crawl-budget",
    check=check,
)
