"""CAN-05: the canonical stands in the body, often because something else has ended the head. None at all is
missing-canonical.
"""

import re

from seo.canonicals import Canonical
from seo.elements import is_in_head
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject

_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)


def check(subject: Subject) -> Outcome:
    """Every canonical element must be in the head of the HTML5 tree. Evidence: each that is not, and what ended the
    head.
    """
    written = [(canonical, canonical.node) for canonical in subject.canonicals if canonical.node is not None]
    if not written:
        return NOT_APPLICABLE
    lost = [canonical for canonical, node in written if not is_in_head(node)]
    if not lost:
        return passed()
    culprit = _culprit(subject, lost[0])
    return failed(*(canonical.evidence for canonical in lost), *([culprit] if culprit else []))


def _culprit(subject: Subject, lost: Canonical) -> Evidence | None:
    """The element that the parser could not leave in the head; None when the author meant the body."""
    page = subject.page
    body = page.tree.body
    first = next(iter(body.iter()), None) if body is not None else None
    written = _BODY.search(page.text)
    offset = lost.evidence.offset
    is_meant = written is not None and offset is not None and (page.places.byte_at(written.start()) or 0) < offset
    if first is None or is_meant or first.mem_id == (lost.node.mem_id if lost.node is not None else 0):
        return None
    told = next((value for value in first.attributes.values() if value), "")
    place = page.places.tag_offset(first.tag or "", told) if told else None
    return Evidence(f"<{first.tag}> ends the head", offset=place, css_path=page.places.css_path(first))


RULE = Rule(
    code="CAN-05",
    id="canonical-outside-head",
    severity=Severity.ERROR,
    title_pass="The canonical stands in the head",
    title_fail="The canonical stands outside the head",
    why=(
        "An element that may not stand in the head ends it; what follows counts as body, and a canonical there is "
        "ignored."
    ),
    example='<head> … <img src="pixel.gif"> … <link rel="canonical" href="…"></head>',
    remedy="Move pictures, iframes and divs out of the head, or put the canonical before them.",
    source="https://developers.google.com/search/docs/crawling-indexing/valid-page-metadata",
    check=check,
)
