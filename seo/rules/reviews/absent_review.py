"""REV-02: published reviews are neither in the HTML nor in what a browser draws. Those met elsewhere are told by the
rules beside.
"""

from seo.findings import Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_rendering, without_reviews
from seo.sightings import ReviewClass
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No published review may be absent from HTML, drawing, frames, further pages and what a click brings.

    Evidence: each that is. While a bound cut the drawing, or further pages were not read, none is called absent.
    """
    if reason := without_reviews(subject) or without_rendering(subject):
        return reason
    absent = [told(sighting) for sighting in of_class(subject, ReviewClass.ABSENT)]
    if absent and subject.rendered and subject.rendered.is_cut:
        return not_evaluated(Reason.RENDERING_CUT, *absent)
    if absent and (subject.unvisited or subject.page.is_cut):
        return not_evaluated(Reason.PAGE_CUT if subject.page.is_cut else Reason.PAGES_NOT_VISITED, *absent)
    return failed(*absent) if absent else passed()


RULE = Rule(
    code="REV-02",
    id="absent-review",
    severity=Severity.ERROR,
    title_pass="Every published review is met somewhere",
    title_fail="Published reviews are nowhere on the page",
    why=(
        "A review that neither the HTML nor the drawn page has cannot be read by anybody, and does nothing "
        "for the shop."
    ),
    example='<main id="reviews"></main>',
    remedy=(
        "Find out why the integration leaves them out (a limit, a filter, a cache, a failed request), then check again."
    ),
    source="https://developers.google.com/search/docs/appearance/structured-data/sd-policies",
    check=check,
)
