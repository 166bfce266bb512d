"""REV-06: reviews appear only when somebody scrolls or clicks. Buttons in place of page links are told by
fragment-pagination.
"""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_rendering, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No review may need an act of the reader. Evidence: the act (wait, scroll, or click with the control) and the
    review.
    """
    if reason := without_reviews(subject) or without_rendering(subject):
        return reason
    return failed_if([_shown(sighting) for sighting in of_class(subject, ReviewClass.AFTER)])


def _shown(sighting: Sighting) -> Evidence:
    trigger = sighting.trigger
    if trigger is None:
        return told(sighting)
    control = f" {trigger.label!r} ({trigger.path})" if trigger.how == "click" else ""
    return replace(told(sighting), excerpt=f"{trigger.how}{control}: {told(sighting).excerpt}")


RULE = Rule(
    code="REV-06",
    id="review-after-interaction",
    severity=Severity.ERROR,
    title_pass="No review waits for a click or for scrolling",
    title_fail="Reviews appear only after a click or scrolling",
    why="Crawlers press no button and scroll nowhere: what is loaded only then is never seen by them.",
    example='<button onclick="loadReviews()">Show the reviews</button>',
    remedy=(
        "Put the reviews into the page and fold them with CSS, or load them when they come into view "
        "(IntersectionObserver)."
    ),
    source="https://developers.google.com/search/docs/crawling-indexing/javascript/lazy-loading",
    check=check,
)
