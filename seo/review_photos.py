"""Pictures inside what looks like reviews. Which review a text belongs to is sightings.py's.

A review's box is known by its markup (`itemprop="review"`) or by its class or id, in English, French and what apps use;
stars, avatars and icons are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from seo.elements import Told
from seo.findings import Evidence
from seo.page import Page

_ORNAMENT = re.compile(r"avatar|icon|logo|star|rating|[ée]toile|badge|flag|sprite|pixel|spinner|loader", re.IGNORECASE)
_BACKGROUND = re.compile(r"""background(?:-image)?\s*:[^;]{0,100}url\(\s*["']?([^"')]{1,500})""", re.IGNORECASE)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-srcset")
_SMALLEST = 48
_MOST = 200


@dataclass(frozen=True, eq=False)
class Photo:
    """One `<img>` in a review. `url` is its src, resolved, else the address that a script would load; empty without
    one.
    """

    page: Page
    node: LexborNode
    url: str
    has_src: bool
    alt: str | None

    @cached_property
    def evidence(self) -> Evidence:
        """The picture at its place."""
        written = next((v for n, v in self.node.attributes.items() if v and n in ("src", *_LAZY)), "")
        places = self.page.places
        return Evidence(written[:200], offset=places.offset_of(self.node, written), css_path=places.css_path(self.node))


def photos(page: Page, boxes: Sequence[LexborNode]) -> tuple[Photo, ...]:
    """The pictures in these elements that customers may have added, in document order, at most 200."""
    nodes = {node.mem_id: node for box in boxes for node in box.css("img")}
    return tuple(photo for node in list(nodes.values())[:_MOST] if (photo := _photo(page, node)))


def backgrounds(page: Page, boxes: Sequence[LexborNode]) -> tuple[Evidence, ...]:
    """What these elements show as a background in their own style."""
    found = {node.mem_id: node for box in boxes for node in box.css('[style*="background"]')}
    return tuple(
        Evidence(written[1], css_path=page.places.css_path(node))
        for node in list(found.values())[:_MOST]
        if (written := _BACKGROUND.search(node.attributes.get("style") or ""))
        and not _ORNAMENT.search(f"{written[1]} {node.attributes.get('class') or ''}")
    )


def boxes(page: Page) -> tuple[LexborNode, ...]:
    """The outermost elements that look like reviews; a class on the page itself makes no review of everything in it."""
    found = {node.mem_id: node for node, told in page.elements.marked if _is_box(node, told)}
    return tuple(node for node in found.values() if not _is_within(node, found))


def _is_box(node: LexborNode, told: Told) -> bool:
    if node.tag in ("html", "body", "main"):
        return False
    named = f"{told.get('class') or ''} {told.get('id') or ''}".lower()
    return "review" in named or "avis-" in named or told.get("id") == "avis" or told.get("itemprop") == "review"


def _is_within(node: LexborNode, found: dict[int, LexborNode]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in found:
            return True
        above = above.parent
    return False


def _photo(page: Page, node: LexborNode) -> Photo | None:
    told = node.attributes
    src = (told.get("src") or "").strip()
    later = next((value for name in _LAZY if (value := (told.get(name) or "").strip())), "")
    named = " ".join(filter(None, (told.get("class"), told.get("alt"), told.get("id"), src.rpartition("/")[2], later)))
    is_small = any(_is_small(told.get(side) or "") for side in ("width", "height"))
    if is_small or _ORNAMENT.search(named) or ".svg" in src.lower() or src.startswith("data:image/svg"):
        return None
    has_src = bool(src) and not src.startswith("data:")
    written = src if has_src else later
    return Photo(page, node, page.resolve(written) if written else "", has_src, told.get("alt"))


def _is_small(written: str) -> bool:
    pixels = written.strip().removesuffix("px")
    return pixels.isdecimal() and int(pixels[:9]) <= _SMALLEST
