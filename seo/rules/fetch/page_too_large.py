"""HTTP-06: the page is longer than what Google reads of it. What stands before and after the limit is other rules'."""

from seo.findings import Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject

READ_BYTES = 2 * 1024 * 1024


def check(subject: Subject) -> Outcome:
    """The decoded HTML must not exceed 2 MB. Evidence: its size, and the byte at which reading ends."""
    page = subject.page
    size = f"{'at least ' if page.is_cut else ''}{len(page.raw)} bytes"
    if len(page.raw) > READ_BYTES or page.is_cut:
        return failed(Evidence(size, offset=READ_BYTES))
    return passed(Evidence(size))


RULE = Rule(
    code="HTTP-06",
    id="page-too-large",
    severity=Severity.ERROR,
    title_pass="The page is short enough to be read whole",
    title_fail="The page is longer than what Google reads of it",
    why="Of the HTML the first 2 MB are read and the rest is cut off: reviews beyond are not there.",
    example='<script>window.__STATE__ = { … 2.4 MB of JSON … }</script> … <section id="reviews">',
    remedy="Take inlined data, styles and pictures out of the HTML, and put the reviews before what stays long.",
    source="https://developers.google.com/search/docs/crawling-indexing/googlebot",
    check=check,
)
