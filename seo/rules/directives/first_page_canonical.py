"""CAN-06: a further page of reviews names another page as its canonical. Reviews found only there are
review-only-on-later-page.
"""

from dataclasses import replace

from seo.canonicals import canonicals
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.page import Page
from seo.pagination import without_page
from seo.rules.rule import Rule
from seo.sitemaps import comparable
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every further page, and this one when it is one, must be its own canonical. Evidence: the canonical that is
    not.
    """
    further = [document.page for document in subject.later_pages]
    if without_page(subject.page.url):
        further.insert(0, subject.page)
    if not further:
        return not_evaluated(Reason.PAGES_NOT_VISITED) if subject.linked_pages else NOT_APPLICABLE
    return failed_if([shown for page in further if (shown := _fault(page, subject))])


def _fault(page: Page, subject: Subject) -> Evidence | None:
    for canonical in canonicals(page):
        if canonical.counts and comparable(canonical.url) != comparable(page.url):
            is_here = page is subject.page
            return replace(canonical.evidence, excerpt=f"{page.url} → {canonical.url}", url="" if is_here else page.url)
    return None


RULE = Rule(
    code="CAN-06",
    id="first-page-canonical",
    severity=Severity.ERROR,
    title_pass="Further pages of reviews are their own canonicals",
    title_fail="A further page of reviews names another page as its canonical",
    why="A page that gives its place to page 1 is dropped, and with it every review that stands only there.",
    example='/teapot?page=2: <link rel="canonical" href="https://shop.example/teapot">',
    remedy="Let each page of reviews name its own address, parameter included, as canonical.",
    source="https://developers.google.com/search/docs/specialty/ecommerce/pagination-and-incremental-page-loading",
    check=check,
)
