"""ROB-04: robots.txt forbids a resource without which reviews are not drawn. The page itself is page-disallowed."""

from seo.findings import Evidence, Outcome, Severity, failed_if
from seo.indexability import IndexReason, judged
from seo.rules.rule import Rule
from seo.sighted import of_class, without_rendering, without_reviews
from seo.sightings import ReviewClass
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """The page is drawn again without what Googlebot may not load: no review may be lost by that, nor stand in a frame
    that is forbidden. Evidence: the resource and the winning line, once for all reviews that it carries.
    """
    if reason := without_reviews(subject) or without_rendering(subject):
        return reason
    lost = [
        judgement.evidence
        for judgement in judged(subject)
        if judgement.reason is IndexReason.SOURCE_DISALLOWED and judgement.evidence
    ]
    return failed_if([*dict.fromkeys(lost), *dict.fromkeys(_frames(subject))])


def _frames(subject: Subject) -> list[Evidence]:
    framed = [subject.frame_at(sighting.evidence.url) for sighting in of_class(subject, ReviewClass.IFRAME)]
    return [
        Evidence(f"{frame.src}: {frame.blocked_by.source}", line=frame.blocked_by.number, url=frame.src)
        for frame in framed
        if frame and frame.blocked_by
    ]


RULE = Rule(
    code="ROB-04",
    id="disallowed-review-source",
    severity=Severity.ERROR,
    title_pass="Googlebot may load all that brings the reviews",
    title_fail="robots.txt keeps Googlebot from what brings the reviews",
    why="What robots.txt forbids is not loaded when the page is rendered, so the reviews that it brings are not there.",
    example="User-agent: *\nDisallow: /api/",
    remedy="Allow the script, the address of the data or the frame in the robots.txt of its host.",
    source="https://developers.google.com/search/docs/crawling-indexing/javascript/javascript-seo-basics",
    check=check,
)
