"""REV-05: reviews stand in a shadow root of a component. What scripts draw outside of one is review-only-by-scripts."""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity, failed_if
from seo.rendering.snapshot import ROOT_ATTRIBUTE
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_rendering, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No review may stand in a shadow root alone. Evidence: the root's mode and its host element.

    A closed root is an error, open ones alone a warning.
    """
    if reason := without_reviews(subject) or without_rendering(subject):
        return reason
    closed = of_class(subject, ReviewClass.CLOSED_SHADOW)
    found = [*closed, *of_class(subject, ReviewClass.OPEN_SHADOW)]
    evidence = [_shown(sighting, subject) for sighting in found]
    return failed_if(evidence, severity=Severity.ERROR if closed else None)


def _shown(sighting: Sighting, subject: Subject) -> Evidence:
    """The review, at its root's host."""
    document = subject.drawn_document(sighting)
    node = document.page.tree.css_first(sighting.evidence.css_path) if document and sighting.evidence.css_path else None
    while node is not None and ROOT_ATTRIBUTE not in node.attributes:
        node = node.parent
    if document is None or node is None:
        return told(sighting)
    return replace(told(sighting), css_path=document.page.places.css_path(node))


RULE = Rule(
    code="REV-05",
    id="review-in-shadow-root",
    severity=Severity.WARNING,
    title_pass="No review stands in a shadow root",
    title_fail="Reviews stand only in a shadow root",
    why=(
        "An open root is flattened when Google renders the page, and by few others; a closed one is read by "
        "chance, or not at all."
    ),
    example="element.attachShadow({mode: 'closed'}).innerHTML = reviews",
    remedy="Write the reviews as children of the element, and let a `<slot>` in the root show them.",
    source="https://developers.google.com/search/docs/crawling-indexing/javascript/javascript-seo-basics",
    check=check,
)
