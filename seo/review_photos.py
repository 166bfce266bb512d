"""Pictures inside what looks like reviews. Which review a text belongs to is sightings.py's.

A review's box is known by its markup (`itemprop="review"`) or by its class or id, in English, French and what apps use;
stars, avatars and icons are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from seo.findings import Evidence
from seo.page import Page

_BOXES = '[itemprop~="review"], [class*="review" i], [id*="review" i], [class*="avis-" i], [id="avis"]'
_TELLTALE = re.compile(rb"""itemprop=["']?review|(?:class|id)\s*=\s*["'][^"'>]{0,300}(?:review|avis)""", re.IGNORECASE)
_ORNAMENT = re.compile(r"avatar|icon|logo|star|etoile|étoile|badge|flag|sprite|pixel|spinner|loader", re.IGNORECASE)
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
        return Evidence(written[:200], offset=places.tag_offset("img", written), css_path=places.css_path(self.node))


def photos(page: Page) -> tuple[Photo, ...]:
    """The pictures that customers may have added, in document order, at most 200."""
    if not _TELLTALE.search(page.raw):
        return ()
    return tuple(_photos(page))


def _photos(page: Page) -> Iterator[Photo]:
    seen: set[int] = set()
    for box in page.tree.css(_BOXES):
        # a class on the page itself makes no review of everything in it
        for node in box.css("img") if box.tag not in ("html", "body", "main") else ():
            if node.mem_id not in seen and len(seen) < _MOST:
                seen.add(node.mem_id)
                if photo := _photo(page, node):
                    yield photo


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
