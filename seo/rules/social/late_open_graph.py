"""OG-12: the Open Graph tags begin after what some networks read. Missing ones are missing-open-graph."""

import re

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject

READ_BYTES = 32 * 1024
_TAG = re.compile(rb"""<meta\s[^>]{0,500}?(?:property|name)\s*=\s*["']?og:""", re.IGNORECASE)


def check(subject: Subject) -> Outcome:
    """The first og: tag must begin within 32 KiB. Evidence: the tag and its byte."""
    tag = next((tag for tag in subject.social if tag.name.startswith("og:")), None)
    if tag is None:
        return NOT_APPLICABLE
    if _TAG.search(subject.page.raw, 0, READ_BYTES):
        return passed()
    offset = tag.evidence.offset
    return passed(tag.evidence) if offset is not None and offset <= READ_BYTES else failed(tag.evidence)


RULE = Rule(
    code="OG-12",
    id="late-open-graph",
    severity=Severity.WARNING,
    title_pass="The Open Graph tags come early",
    title_fail="The Open Graph tags come late",
    why="Messengers read only the first 32 KiB of a page; tags after them are not seen, and the link stays bare.",
    example='60 KB of inlined styles before <meta property="og:title" …>',
    remedy="Put the tags before inlined styles and scripts.",
    source="https://api.slack.com/robots",
    check=check,
)
