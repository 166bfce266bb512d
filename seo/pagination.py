"""Links from a product page to further pages of its reviews. Following them is gathering.py's; controls that only look
like such links are dead_controls.py's.
"""

import re
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from seo.page import Page, host_of

MOST_PAGES = 50
# in three languages: what such links say, and how their addresses are built
_PAGE_PARAMETER = re.compile(r"(^|[_-])(p|pg|page|pagenumber|offset|start|after|cursor)s?$", re.IGNORECASE)
_PAGE_PATH = re.compile(
    r"/(page|reviews?|avis|comments?|commentaires|evaluations?|评论|評論)([/-]\d+)?/?$", re.IGNORECASE
)
# what every address that _is_page takes has in it: most links are left out before anything looks at them closely
_IN_QUERY = r"[?&;](?:[^=&\"'\s>]*[_-])?(?:p|pg|page|pagenumber|offset|start|after|cursor)s?(?:[=&\"'\s>]|$)"
_IN_PATH = r"/(?:page|review|avis|comment|evaluation|评|評)"
_MAY_BE_PAGE = re.compile(f"{_IN_QUERY}|{_IN_PATH}")
_LINKS = 'a[href*="?"], a[rel~="next" i][href], ' + ", ".join(
    f'a[href*="/{word}" i]' for word in ("page", "review", "avis", "comment", "evaluation", "评", "評")
)
_PLAIN = re.compile(r"[\w.~-]+")
NEXT_WORDS = re.compile(
    r"\s*(\d{1,3}|[›»→>]+|next|more reviews|all reviews|see all.*reviews.*|older|suivante?s?|page suivante"
    r"|tous les avis|voir (tous )?les avis|plus d.avis|下一[页頁]|更多(评论|評論)|查看全部.*)\s*[›»→>]*\s*",
    re.IGNORECASE,
)


_PAGE_NUMBER = re.compile(r"([a-z]+[_-])?(p|pg|page|pagenumber)", re.IGNORECASE)


def later_pages(page: Page) -> tuple[str, ...]:
    """The addresses, in order and once each, that an `<a href>` of this page gives as further pages of reviews.

    Same host only, never a fragment of the page itself: a crawler reads no `#page-2`.
    """
    here = urldefrag(page.url).url
    host = host_of(here)
    found: dict[str, None] = {}
    for link in _candidates(page, here):
        told = link.attributes
        url = urldefrag(page.resolve((told.get("href") or "").strip())).url
        if not url.startswith(("http:", "https:")) or url == here or host_of(url) != host:
            continue
        words = link.text() or told.get("aria-label") or ""
        if _is_page(url, here) or (told.get("rel") or "").lower() == "next" or _is_next(words, url, here):
            found.setdefault(url)
    return tuple(found)


def _candidates(page: Page, here: str) -> list[LexborNode]:
    """The links that could be meant, in order: a page has hundreds, and few are worth a close look."""
    parts = _split(here)
    last = parts[0].rstrip("/").rpartition("/")[2] if parts else ""
    if not _PLAIN.fullmatch(last):
        return page.tree.css("a[href]")
    found = page.tree.css(f'{_LINKS}, a[href*="{last}"]')
    # a link that fits several ways is found several times
    once = {link.mem_id: link for link in found}.values()
    return [link for link in once if _may_be_page(link, last)]


def _may_be_page(link: LexborNode, last: str) -> bool:
    told = link.attributes
    reference = told.get("href") or ""
    return last in reference or told.get("rel") == "next" or _MAY_BE_PAGE.search(reference.lower()) is not None


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
    return is_below and NEXT_WORDS.fullmatch(words) is not None


def _split(url: str) -> tuple[str, list[tuple[str, str]]] | None:
    try:
        parts = urlsplit(url)
        return parts.path, parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
