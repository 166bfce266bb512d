"""LNK-02: a link inside a review runs code, holds data or hides where it leads. Ordinary links are
unqualified-review-link.
"""

import re

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.page import host_of
from seo.review_links import drawn_bodies, links_in, shown
from seo.rules.rule import Rule
from seo.sighted import without_reviews
from seo.subject import Subject

_RUNS = re.compile(r"[\x00-\x20]*(?:j[\s]*a[\s]*v[\s]*a[\s]*script|vbscript|data)[\s]*:", re.IGNORECASE)
# shorteners and chat invitations: nobody can see where they lead
_HIDING = frozenset(
    [
        "bit.ly",
        "tinyurl.com",
        "t.co",
        "goo.gl",
        "is.gd",
        "cutt.ly",
        "ow.ly",
        "rebrand.ly",
        "shorturl.at",
        "rb.gy",
        "t.me",
        "wa.me",
        "lnkd.in",
        "buff.ly",
    ]
)


def check(subject: Subject) -> Outcome:
    """No javascript:, data: or vbscript: address and no shortened one in a drawn review. Evidence: each such link."""
    if reason := without_reviews(subject):
        return reason
    bodies = drawn_bodies(subject)
    if not bodies:
        return NOT_APPLICABLE
    return failed_if(
        [shown(link, subject) for link in links_in(bodies) if _is_dangerous(link.attributes.get("href") or "")]
    )


def _is_dangerous(href: str) -> bool:
    return _RUNS.match(href) is not None or host_of(href.strip()).removeprefix("www.") in _HIDING


RULE = Rule(
    code="LNK-02",
    id="dangerous-review-link",
    severity=Severity.WARNING,
    title_pass="No link inside a review is dangerous",
    title_fail="A link inside a review runs code or hides where it leads",
    why="A script in a link runs as the shop, and shortened addresses are how spam and fraud are posted.",
    example='<a href="javascript:alert(1)">see my photos</a>',
    remedy='Strip links from reviews, or keep only http and https ones with rel="ugc nofollow".',
    source="https://developers.google.com/search/docs/monitor-debug/prevent-abuse",
    check=check,
)
