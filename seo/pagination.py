"""Links from a product page to further pages of its reviews. Following them is gathering.py's."""

import re
from urllib.parse import parse_qsl, urldefrag, urlsplit

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
