"""HTTP-08: the page is served as another type than HTML. Its character set is conflicting-charset."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.subject import Subject

_HTML = ("text/html", "application/xhtml+xml")


def check(subject: Subject) -> Outcome:
    """Content-Type must be that of HTML. Evidence: the header."""
    page = subject.page
    if page.status is None:
        return not_evaluated(Reason.SAVED_FILE)
    sent = page.header("content-type")
    evidence = Evidence(sent, header=page.header_line("content-type"), url=page.url)
    return passed(evidence) if sent.partition(";")[0].strip().lower() in _HTML else failed(evidence)


RULE = Rule(
    code="HTTP-08",
    id="foreign-content-type",
    severity=Severity.WARNING,
    title_pass="The page is served as HTML",
    title_fail="The page is not served as HTML",
    why="Markup is read only in what is served as HTML; anything else is indexed as plain text, or not at all.",
    example="Content-Type: text/plain",
    remedy="Send Content-Type: text/html; charset=utf-8.",
    source="https://developers.google.com/search/docs/crawling-indexing/indexable-file-types",
    check=check,
)
