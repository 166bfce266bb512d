"""Links inside the reviews that a page draws. What a link may be is the rules' business."""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from seo.findings import Evidence
from seo.matching import index_of_node, tokens
from seo.sighted import node_of, of_class
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject

# how far up from its first words a review's text may reach: paragraphs inside one body
_STEPS_UP = 4


def drawn_bodies(subject: Subject) -> list[LexborNode]:
    """The smallest element of the page that holds each drawn review's text."""
    drawn = of_class(subject, ReviewClass.RAW, ReviewClass.TRUNCATED)
    return [body for sighting in drawn if (body := _body_of(sighting, subject)) is not None]


def links_in(bodies: Iterable[LexborNode]) -> list[LexborNode]:
    """Every link with an address in these elements, once."""
    return list({link.mem_id: link for body in bodies for link in body.css("a[href]")}.values())


def shown(link: LexborNode, subject: Subject) -> Evidence:
    """A link at its place."""
    href = link.attributes.get("href") or ""
    return Evidence(href, subject.page.places.offset_of(link, href), subject.page.places.css_path(link))


def _body_of(sighting: Sighting, subject: Subject) -> LexborNode | None:
    node = node_of(sighting, subject)
    words = tokens(sighting.review.text)
    for _ in range(_STEPS_UP):
        if node is None or index_of_node(node).find(words).share >= sighting.share:
            return node
        node = node.parent
    return node
