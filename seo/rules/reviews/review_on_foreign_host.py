"""REV-16: reviews are met only in a document of another host. What that frame allows is review-only-in-iframe."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.page import host_of
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_reviews
from seo.sightings import ReviewClass
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Reviews met in a frame must come from the shop's own host. Evidence: review and host."""
    if reason := without_reviews(subject):
        return reason
    framed = of_class(subject, ReviewClass.IFRAME)
    met = [*framed, *of_class(subject, ReviewClass.RAW, ReviewClass.PAGE_N)]
    if not met:
        return NOT_APPLICABLE
    own = host_of(subject.page.url)
    foreign = [told(sighting) for sighting in framed if host_of(sighting.evidence.url) not in ("", own)]
    return failed(*foreign) if foreign else passed()


RULE = Rule(
    code="REV-16",
    id="review-on-foreign-host",
    severity=Severity.INFO,
    title_pass="Reviews are served by the shop's own host",
    title_fail="Reviews are met only on another host",
    why="A text on a vendor's address earns its place in the index for the vendor.",
    example='<iframe src="https://reviews.vendor.example/42"></iframe>',
    remedy="Serve the reviews from the shop's own address, for instance with the review fragment.",
    source="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag",
    check=check,
)
