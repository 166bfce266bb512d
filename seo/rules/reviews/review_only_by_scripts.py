"""REV-03: reviews are drawn by scripts and are not in the HTML. What Googlebot may not load for it is
disallowed-review-source.
"""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_rendering, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No review may be drawn by scripts alone. Evidence: each, with the address that carried its text when one did."""
    if reason := without_reviews(subject) or without_rendering(subject):
        return reason
    return failed_if([_shown(sighting, subject) for sighting in of_class(subject, ReviewClass.RENDERED)])


def _shown(sighting: Sighting, subject: Subject) -> Evidence:
    carriers = subject.carriers(sighting.review.id)
    if not carriers:
        return told(sighting)
    return replace(told(sighting), url=carriers[0].url)


RULE = Rule(
    code="REV-03",
    id="review-only-by-scripts",
    severity=Severity.WARNING,
    title_pass="No review needs scripts to be seen",
    title_fail="Reviews are seen only after scripts have run",
    why="Rendering comes after crawling, sometimes much later, and crawlers of AI services run no scripts at all.",
    example='<div id="reviews"></div><script src="/widget.js"></script>',
    remedy="Put the reviews into the HTML on the server; the script may take over from there.",
    source="https://developers.google.com/search/docs/crawling-indexing/javascript/javascript-seo-basics",
    check=check,
)
