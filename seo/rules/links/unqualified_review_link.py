"""LNK-01: a link inside a review leads away without saying that a customer wrote it. Dangerous addresses are another
rule's.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.matching import index_of_node, tokens
from seo.page import host_of
from seo.rules.rule import Rule
from seo.sighted import node_of, of_class, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject

_QUALIFIED = frozenset({"ugc", "nofollow", "sponsored"})
# how far up from its first words a review's text may reach: paragraphs inside one body
_STEPS_UP = 4


def check(subject: Subject) -> Outcome:
    """Links to other hosts inside a drawn review need rel ugc, nofollow or sponsored. Evidence: each that has none."""
    if reason := without_reviews(subject):
        return reason
    drawn = of_class(subject, ReviewClass.RAW, ReviewClass.TRUNCATED)
    if not drawn:
        return NOT_APPLICABLE
    bare = {link.mem_id: link for sighting in drawn for link in _bare_links(sighting, subject)}
    return failed_if([_shown(link, subject) for link in bare.values()])


def _bare_links(sighting: Sighting, subject: Subject) -> Iterator[LexborNode]:
    body = _body_of(sighting, subject)
    for link in body.css("a[href]") if body is not None else ():
        url = subject.page.resolve(link.attributes.get("href") or "")
        leads_away = url.startswith(("http:", "https:")) and host_of(url) != host_of(subject.page.url)
        # Google takes spaces and commas alike
        said = (link.attributes.get("rel") or "").lower().replace(",", " ").split()
        if leads_away and _QUALIFIED.isdisjoint(said):
            yield link


def _body_of(sighting: Sighting, subject: Subject) -> LexborNode | None:
    """The smallest element that holds the whole text that was found; None when it is not here."""
    node = node_of(sighting, subject)
    words = tokens(sighting.review.text)
    for _ in range(_STEPS_UP):
        if node is None or index_of_node(node).find(words).share >= sighting.share:
            return node
        node = node.parent
    return node


def _shown(link: LexborNode, subject: Subject) -> Evidence:
    href = link.attributes.get("href") or ""
    return Evidence(href, offset=subject.page.places.tag_offset("a", href), css_path=subject.page.places.css_path(link))


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
