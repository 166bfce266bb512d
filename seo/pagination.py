"""Links from a product page to further pages of its reviews, and controls that only look
like such links. Following them is gathering.py's.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from seo.page import Page, host_of

MOST_PAGES = 50
# in three languages: what such links say, and how their addresses are built
_PAGE_PARAMETER = re.compile(r"(^|[_-])(p|pg|page|pagenumber|offset|start|after|cursor)s?$", re.IGNORECASE)
_PAGE_PATH = re.compile(
    r"/(page|reviews?|avis|comments?|commentaires|evaluations?|评论|評論)([/-]\d+)?/?$", re.IGNORECASE
)
_NEXT_WORDS = re.compile(
    r"\s*(\d{1,3}|[›»→>]+|next|more reviews|all reviews|see all.*reviews.*|older|suivante?s?|page suivante"
    r"|tous les avis|voir (tous )?les avis|plus d.avis|下一[页頁]|更多(评论|評論)|查看全部.*)\s*[›»→>]*\s*",
    re.IGNORECASE,
)


# what a control for more reviews says when it names them itself
_MORE_REVIEWS = re.compile(
    r"(show|load|see|view|read)?\s*(more|all|next)\s+(\d+\s+)?(customer\s+|product\s+)?reviews\b.{0,20}"
    r"|(voir|afficher|charger|lire)\s+(plus\s+d.avis|tous\s+les\s+avis|les\s+avis\s+suivants).{0,20}|plus\s+d.avis"
    r"|(加载|載入|查看|显示|顯示)?更多(评论|評論|评价|評價)",
    re.IGNORECASE,
)
_REVIEWS = re.compile(r"review|avis|comment|评论|評論", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"([a-z]+[_-])?(p|pg|page|pagenumber)", re.IGNORECASE)
_TELLTALE = re.compile(r"review|avis|评论|評論|评价|評價", re.IGNORECASE)
_STEPS_UP = 6
_LONGEST_CONTROL = 60
_MOST_CONTROLS = 20


def later_pages(page: Page) -> tuple[str, ...]:
    """The addresses, in order and once each, that an `<a href>` of this page gives as further pages of reviews.

    Same host only, never a fragment of the page itself: a crawler reads no `#page-2`.
    """
    here = urldefrag(page.url).url
    found: dict[str, None] = {}
    for link in page.tree.css("a[href]"):
        reference = (link.attributes.get("href") or "").strip()
        url = urldefrag(page.resolve(reference)).url
        if not url.startswith(("http:", "https:")) or url == here or host_of(url) != host_of(here):
            continue
        words = link.text() or link.attributes.get("aria-label") or ""
        if _is_page(url, here) or (link.attributes.get("rel") or "").lower() == "next" or _is_next(words, url, here):
            found.setdefault(url)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class DeadControl:
    """Something that offers more reviews and is no link to them: its words, its element, where it begins."""

    words: str
    node: LexborNode
    offset: int | None


def dead_controls(page: Page) -> tuple[DeadControl, ...]:
    """Links without an address of their own, and buttons, that offer more reviews; at most twenty.

    - What only says "next" or a number counts inside what is named for reviews: galleries have such controls too.
    - A control that also leads to a real page of reviews is fine: the script may take over.
    """
    found = []
    for node in page.tree.css('a, button, [role="button"]') if _TELLTALE.search(page.text) else ():
        href = (node.attributes.get("href") or "").strip()
        if node.tag == "a" and href and not href.startswith(("#", "javascript:")):
            continue
        words = " ".join((node.text() or node.attributes.get("aria-label") or "").split())
        if len(words) < _LONGEST_CONTROL and (_MORE_REVIEWS.fullmatch(words) or _steps_reviews(words, node, href)):
            offset = page.places.tag_offset(node.tag or "", href) if href else page.places.offset(words)
            found.append(DeadControl(words, node, offset))
    return tuple(found[:_MOST_CONTROLS])


def _steps_reviews(words: str, node: LexborNode, href: str) -> bool:
    if not words or not _NEXT_WORDS.fullmatch(words):
        return False
    if href.startswith("#") and re.search(r"page|p=|\d", href):
        return _is_in_reviews(node)
    return node.attributes.get("onclick") is not None and _is_in_reviews(node)


def _is_in_reviews(node: LexborNode) -> bool:
    current: LexborNode | None = node
    for _ in range(_STEPS_UP):
        if current is None or current.tag in ("body", "html"):
            return False
        if _REVIEWS.search(f"{current.id or ''} {current.attributes.get('class') or ''}"):
            return True
        current = current.parent
    return False


def without_page(url: str) -> str:
    """The address of the first page, when this one names a later page by a parameter; empty when it does not."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return ""
    numbered = [(name, value) for name, value in pairs if _PAGE_NUMBER.fullmatch(name) and value.isdecimal()]
    if not any(int(value[:9]) > 1 for _, value in numbered):
        return ""
    rest = urlencode([pair for pair in pairs if pair not in numbered])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, rest, ""))


def _is_page(url: str, here: str) -> bool:
    there, base = _split(url), _split(here)
    if there is None or base is None:
        return False
    if there[0] == base[0]:
        added = {name for name, value in there[1] if (name, value) not in base[1]}
        return any(_PAGE_PARAMETER.search(name) for name in added)
    return there[0].startswith(base[0].rstrip("/")) and _PAGE_PATH.search(there[0]) is not None


def _is_next(words: str, url: str, here: str) -> bool:
    """A link that says "next" or a number, below the product's own address."""
    there, base = _split(url), _split(here)
    is_below = there is not None and base is not None and there[0].startswith(base[0].rstrip("/"))
    return is_below and _NEXT_WORDS.fullmatch(words) is not None


def _split(url: str) -> tuple[str, list[tuple[str, str]]] | None:
    try:
        parts = urlsplit(url)
        return parts.path, parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
