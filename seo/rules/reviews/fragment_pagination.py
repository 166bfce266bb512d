"""REV-10: further reviews are reached by a button or a fragment, which no crawler follows. Pages behind real links are
review-only-on-later-page.
"""

from seo.dead_controls import dead_controls
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Controls that lead to more reviews must be `<a href>` with an address. Evidence: each that is not."""
    dead = dead_controls(subject.page, subject.review_boxes)
    places = subject.page.places
    if dead:
        return failed(*(Evidence(control.words, control.offset, places.css_path(control.node)) for control in dead))
    return passed() if subject.linked_pages else NOT_APPLICABLE


RULE = Rule(
    code="REV-10",
    id="fragment-pagination",
    severity=Severity.ERROR,
    title_pass="Further pages of reviews are real links",
    title_fail="Further reviews are reached by a button or fragment alone",
    why="Crawlers follow `<a href>` to another address; they press no button and open no `#page-2`.",
    example='<a href="#reviews-page-2">Next reviews</a> <button onclick="more()">More reviews</button>',
    remedy=(
        "Give every page of reviews an address such as ?page=2, and link to it with `<a href>`; the script may "
        "take over from there."
    ),
    source="https://developers.google.com/search/docs/crawling-indexing/links-crawlable",
    check=check,
)
