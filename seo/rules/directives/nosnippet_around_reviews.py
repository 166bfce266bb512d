"""IDX-04: data-nosnippet stands around reviews, on an element that does not take it, or on one that is never closed."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.sighted import node_of, of_class
from seo.sightings import ReviewClass
from seo.subject import Subject

_TAKEN = ("span", "div", "section")
_REVIEWS = frozenset({"review", "reviewBody", "aggregateRating"})
_MOST = 200


def check(subject: Subject) -> Outcome:
    """Only span, div and section take it; none of them may hold a review or stay open. Evidence: each such element."""
    elements = subject.page.elements.marked
    marked = [node for node, told in elements if "data-nosnippet" in told][:_MOST]
    if not marked:
        return NOT_APPLICABLE
    found = [node_of(sighting, subject) for sighting in of_class(subject, ReviewClass.RAW, ReviewClass.TRUNCATED)]
    found += [node for node, told in elements if not _REVIEWS.isdisjoint((told.get("itemprop") or "").split())]
    reviewed = _above(node for node in found if node is not None)
    left_open = {tag for tag in _TAKEN if _is_open(tag, subject.page.text)}
    return failed_if([shown for node in marked if (shown := _fault(node, reviewed, left_open, subject))])


def _above(nodes: Iterable[LexborNode]) -> set[int]:
    """These elements and all around them."""
    known: set[int] = set()
    for node in nodes:
        current: LexborNode | None = node
        while current is not None and current.mem_id not in known:
            known.add(current.mem_id)
            current = current.parent
    return known


def _fault(node: LexborNode, reviewed: set[int], left_open: set[str], subject: Subject) -> Evidence | None:
    told = ""
    if node.tag not in _TAKEN:
        told = f"<{node.tag} data-nosnippet>"
    elif node.mem_id in reviewed:
        told = f"<{node.tag} data-nosnippet> with reviews in it"
    elif node.tag in left_open:
        told = f"<{node.tag} data-nosnippet> never closed"
    places = subject.page.places
    return Evidence(told, offset=places.start_of(node), css_path=places.css_path(node)) if told else None


def _is_open(tag: str, text: str) -> bool:
    """Whether the first such element of the source begins and nothing closes it."""
    begins = re.search(rf"<{tag}\s[^>]{{0,500}}data-nosnippet", text, re.IGNORECASE)
    depth = 0
    for found in re.finditer(rf"<(/?){tag}[\s>]", text[begins.start() :] if begins else "", re.IGNORECASE):
        depth += -1 if found[1] else 1
        if depth == 0:
            return False
    return begins is not None


RULE = Rule(
    code="IDX-04",
    id="nosnippet-around-reviews",
    severity=Severity.WARNING,
    title_pass="data-nosnippet leaves the reviews alone",
    title_fail="data-nosnippet hides reviews, or stands where it does nothing",
    why=(
        "What it holds is quoted nowhere; left open it swallows the rest of the page, and on other elements it is "
        "ignored."
    ),
    example='<div id="reviews" data-nosnippet>',
    remedy=(
        "Put it on a span, div or section around what must not be quoted, close that element, and keep reviews outside."
    ),
    source="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#data-nosnippet-attr",
    check=check,
)
