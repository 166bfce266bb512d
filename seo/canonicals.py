"""The canonical addresses that a page declares, in head, body and headers. What they should be is the rules'
business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from seo.elements import is_in_head
from seo.findings import Evidence
from seo.page import Page

_LINK_HEADER = re.compile(r"<([^>]*)>\s*;([^,<]*)")
_IS_CANONICAL = re.compile(r"""rel\s*=\s*"?[^";]*\bcanonical\b""", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Canonical:
    """One declared canonical: resolved, as written, and its element, or the header line that it stands in."""

    page: Page
    url: str
    written: str
    node: LexborNode | None = None
    header: str = ""

    @cached_property
    def counts(self) -> bool:
        """Whether Google would look at it: in a header, or in the head."""
        return self.node is None or (bool(self.written) and is_in_head(self.node))

    @cached_property
    def evidence(self) -> Evidence:
        """The declaration at its place."""
        if self.node is None:
            return Evidence(self.written, header=self.header)
        places = self.page.places
        path = places.css_path(self.node)
        return Evidence(self.written, offset=places.offset_of(self.node, self.written), css_path=path)


def canonicals(page: Page) -> tuple[Canonical, ...]:
    """All declared canonicals, headers first. A link element outside the head is listed and does not count."""
    return (*_in_headers(page), *_in_tree(page))


def _in_headers(page: Page) -> Iterator[Canonical]:
    for name, value in page.headers:
        for target, parameters in _LINK_HEADER.findall(value) if name.lower() == "link" else ():
            if _IS_CANONICAL.search(parameters):
                yield Canonical(page, page.resolve(target), target, header=f"{name}: {value}")


def _in_tree(page: Page) -> Iterator[Canonical]:
    for node in page.links:
        attributes = node.attributes
        if "canonical" in (attributes.get("rel") or "").lower().split():
            written = (attributes.get("href") or "").strip()
            yield Canonical(page, page.resolve(written), written, node)
