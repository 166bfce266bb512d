"""OG-03: social tags stand in the body, often because something else has ended the head. See also
canonical-outside-head.
"""

from seo.elements import is_in_head
from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject

_MOST = 10


def check(subject: Subject) -> Outcome:
    """Every og: and twitter: tag must be in the head of the HTML5 tree. Evidence: each that is not."""
    tags = [tag for tag in subject.social if tag.name.startswith(("og:", "twitter:", "product:"))]
    if not tags:
        return NOT_APPLICABLE
    return failed_if([tag.evidence for tag in tags if not is_in_head(tag.node)][:_MOST])


RULE = Rule(
    code="OG-03",
    id="social-tag-outside-head",
    severity=Severity.WARNING,
    title_pass="Social tags stand in the head",
    title_fail="Social tags stand outside the head",
    why="An element that may not stand in the head ends it; readers that look only there miss what follows.",
    example='<head> … <img src="pixel.gif"> … <meta property="og:title" …></head>',
    remedy="Move pictures, iframes and divs out of the head, or put the tags before them.",
    source="https://developers.google.com/search/docs/crawling-indexing/valid-page-metadata",
    check=check,
)
