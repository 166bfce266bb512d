"""REV-11: only a part of a review is in the page: cut short, or an older version of it. Reviews that are nowhere are
absent-review.
"""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No review may stand in the page in part. Evidence: the share found, and the place.

    Without a browser a script may still bring the rest, so nothing is claimed.
    """
    if reason := without_reviews(subject):
        return reason
    cut = [_shown(sighting) for sighting in of_class(subject, ReviewClass.TRUNCATED)]
    if cut and subject.rendered is None:
        return not_evaluated(subject.unrendered, *cut)
    return failed(*cut) if cut else passed()


def _shown(sighting: Sighting) -> Evidence:
    """Cut short when its beginning is there, else a former version of it."""
    how = "cut short" if sighting.begins else "another version"
    return replace(told(sighting), excerpt=f"{how}: {told(sighting).excerpt}")


RULE = Rule(
    code="REV-11",
    id="truncated-review",
    severity=Severity.WARNING,
    title_pass="Every review shown is shown in full",
    title_fail="Reviews are cut short",
    why='Only what is in the page is indexed: the words behind "read more" are lost when a script has to fetch them.',
    example="<p>The lid is a little loose, but the glaze is… <button>read more</button></p>",
    remedy="Write the whole text into the page and shorten it by CSS (line-clamp, max-height).",
    source="https://developers.google.com/search/docs/crawling-indexing/javascript/lazy-loading",
    check=check,
)
