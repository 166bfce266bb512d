"""Buttons and fragments that offer more reviews and lead crawlers nowhere. Links that do lead somewhere are
pagination.py's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from seo.page import Page
from seo.pagination import NEXT_WORDS

# what a control for more reviews says when it names them itself
_MORE_REVIEWS = re.compile(
    r"(show|load|see|view|read)?\s*(more|all|next)\s+(\d+\s+)?(customer\s+|product\s+)?reviews\b.{0,20}"
    r"|(voir|afficher|charger|lire)\s+(plus\s+d.avis|tous\s+les\s+avis|les\s+avis\s+suivants).{0,20}|plus\s+d.avis"
    r"|(加载|載入|查看|显示|顯示)?更多(评论|評論|评价|評價)",
    re.IGNORECASE,
)
# a word of each of these
_NOUNS = ("review", "avis", "评", "評")
_STEP = re.compile(r"page|p=|\d")
_LONGEST = 60
_MOST = 20


@dataclass(frozen=True, slots=True)
class DeadControl:
    """Something that offers more reviews and is no link to them: its words, its element, where it begins."""

    words: str
    node: LexborNode
    offset: int | None


def dead_controls(page: Page, boxes: Sequence[LexborNode]) -> tuple[DeadControl, ...]:
    """Links without an address of their own, and buttons, that offer more reviews; at most twenty.

    Looked for where something looks like reviews at all. What only says "next" or a number counts inside that alone:
    galleries have such controls too.
    """
    found = [*_named(page.elements.controls if boxes else ())]
    inside = {node.mem_id for box in boxes for node in box.css("a, button")}
    found += _steps(node for node in page.elements.controls if node.mem_id in inside) if boxes else ()
    once = {node.mem_id: (node, words) for node, words in found}
    return tuple(DeadControl(words, node, page.places.start_of(node)) for node, words in list(once.values())[:_MOST])


def _named(controls: Iterable[LexborNode]) -> Iterator[tuple[LexborNode, str]]:
    for node in controls:
        words = _words(node)
        named = len(words) < _LONGEST and any(noun in words.lower() for noun in _NOUNS)
        if named and _MORE_REVIEWS.fullmatch(words):
            yield node, words


def _steps(controls: Iterable[LexborNode]) -> Iterator[tuple[LexborNode, str]]:
    for node in controls:
        words, href = _words(node), node.attributes.get("href") or ""
        leads = (href.startswith("#") and _STEP.search(href)) or node.attributes.get("onclick") is not None
        if leads and words and len(words) < _LONGEST and NEXT_WORDS.fullmatch(words):
            yield node, words


def _words(node: LexborNode) -> str:
    return " ".join((node.text() or node.attributes.get("aria-label") or "").split())
