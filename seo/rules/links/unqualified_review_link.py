"""LNK-01: a link inside a review leads away without saying that a customer wrote it. Dangerous addresses are another
rule's.
"""

from selectolax.lexbor import LexborNode

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.page import host_of
from seo.review_links import drawn_bodies, links_in, shown
from seo.rules.rule import Rule
from seo.sighted import without_reviews
from seo.subject import Subject

_QUALIFIED = frozenset({"ugc", "nofollow", "sponsored"})


def check(subject: Subject) -> Outcome:
    """Links to other hosts inside a drawn review need rel ugc, nofollow or sponsored. Evidence: each that has none."""
    if reason := without_reviews(subject):
        return reason
    bodies = drawn_bodies(subject)
    if not bodies:
        return NOT_APPLICABLE
    return failed_if([shown(link, subject) for link in links_in(bodies) if _is_bare(link, subject)])


def _is_bare(link: LexborNode, subject: Subject) -> bool:
    url = subject.page.resolve(link.attributes.get("href") or "")
    leads_away = url.startswith(("http:", "https:")) and host_of(url) != host_of(subject.page.url)
    # Google takes spaces and commas alike
    said = (link.attributes.get("rel") or "").lower().replace(",", " ").split()
    return leads_away and _QUALIFIED.isdisjoint(said)


RULE = Rule(
    code="LNK-01",
    id="unqualified-review-link",
    severity=Severity.WARNING,
    title_pass="Links inside reviews say that a customer wrote them",
    title_fail="A link inside a review does not say that a customer wrote it",
    why="A bare link to elsewhere recommends what a stranger typed, and draws spam.",
    example='<p>Cheaper at <a href="https://elsewhere.example">this shop</a></p>',
    remedy='Give links inside reviews rel="ugc" or rel="nofollow".',
    source="https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links",
    check=check,
)
