"""IDX-06: the pictures of reviews may not be indexed. Pictures that may not be crawled are disallowed-review-photo."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """On a page whose reviews have pictures, no noimageindex may hold for Googlebot. Evidence: directive and
    pictures.
    """
    directive = subject.googlebot.get("noimageindex")
    if not subject.photos:
        return NOT_APPLICABLE
    return failed(directive.evidence, *(photo.evidence for photo in subject.photos[:5])) if directive else passed()


RULE = Rule(
    code="IDX-06",
    id="noimageindex",
    severity=Severity.WARNING,
    title_pass="The pictures of reviews may be indexed",
    title_fail="noimageindex keeps the pictures of reviews out of the index",
    why="Pictures by customers are found in image search only when the page that shows them allows it.",
    example='<meta name="robots" content="noimageindex">',
    remedy="Remove noimageindex from product pages.",
    source="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag",
    check=check,
)
