"""The language versions that a page declares, in head and headers. What they should be is the rules' business."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from seo.findings import Evidence
from seo.page import Page

_LINK_HEADER = re.compile(r"<([^>]*)>\s*;([^,<]*)")
_HREFLANG = re.compile(r"""hreflang\s*=\s*"?([\w-]+)""", re.IGNORECASE)
_IS_ALTERNATE = re.compile(r"""rel\s*=\s*"?[^";]*\balternate\b""", re.IGNORECASE)


@dataclass(frozen=True)
class Alternate:
    """One `hreflang`: the code as written, the address resolved and as written, and where it stands."""

    page: Page
    lang: str
    url: str
    written: str
    node: LexborNode | None = None
    header: str = ""

    @cached_property
    def evidence(self) -> Evidence:
        """The declaration at its place."""
        excerpt = f"{self.lang}: {self.written}"
        if self.node is None:
            return Evidence(excerpt, header=self.header)
        places = self.page.places
        return Evidence(excerpt, offset=places.offset_of(self.node, self.written), css_path=places.css_path(self.node))


def alternates(page: Page) -> tuple[Alternate, ...]:
    """All of them, headers first, in order."""
    return (*_in_headers(page), *_in_head(page))


def _in_headers(page: Page) -> Iterator[Alternate]:
    for name, value in page.headers:
        for target, parameters in _LINK_HEADER.findall(value) if name.lower() == "link" else ():
            lang = _HREFLANG.search(parameters)
            if lang and _IS_ALTERNATE.search(parameters):
                yield Alternate(page, lang[1], page.resolve(target), target, header=f"{name}: {value}")


def _in_head(page: Page) -> Iterator[Alternate]:
    for node in page.links:
        attributes = node.attributes
        if "hreflang" in attributes and "alternate" in (attributes.get("rel") or "").lower().split():
            written = (attributes.get("href") or "").strip()
            yield Alternate(page, (attributes.get("hreflang") or "").strip(), page.resolve(written), written, node)
