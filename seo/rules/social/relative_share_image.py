"""OG-05: og:image is not an absolute web address. A missing one is missing-open-graph."""

import re

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject

_IMAGES = ("og:image", "og:image:url", "og:image:secure_url")
_ABSOLUTE = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def check(subject: Subject) -> Outcome:
    """Every og:image must begin with http:// or https:// and a host. Evidence: each that does not."""
    images = [tag for tag in subject.social if tag.name in _IMAGES and tag.content]
    if not images:
        return NOT_APPLICABLE
    return failed_if([tag.evidence for tag in images if _ABSOLUTE.fullmatch(tag.content) is None])


RULE = Rule(
    code="OG-05",
    id="relative-share-image",
    severity=Severity.ERROR,
    title_pass="Every og:image is an absolute address",
    title_fail="An og:image is not an absolute address",
    why="Networks do not resolve relative addresses: the share has no picture.",
    example='<meta property="og:image" content="//cdn.example/teapot.jpg">',
    remedy="Write the picture's whole address, with https:// and host.",
    source="https://ogp.me/#metadata",
    check=check,
)
