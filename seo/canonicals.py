"""The canonical addresses that a page declares, in head, body and headers. What they should be is the rules'
business.
"""

import re
from dataclasses import dataclass

from seo.findings import Evidence
from seo.page import Page

_LINK_HEADER = re.compile(r"<([^>]*)>\s*;([^,<]*)")
_IS_CANONICAL = re.compile(r"""rel\s*=\s*"?[^";]*\bcanonical\b""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Canonical:
    """One declared canonical, resolved, and whether Google would look at it (head or header)."""

    url: str
    counts: bool
    evidence: Evidence


def canonicals(page: Page) -> tuple[Canonical, ...]:
    """All declared canonicals, headers first. A link element outside the head is listed and does not count."""
    found = []
    for name, value in page.headers:
        if name.lower() == "link":
            for target, parameters in _LINK_HEADER.findall(value):
                if _IS_CANONICAL.search(parameters):
                    evidence = Evidence(target, header=f"{name}: {value}")
                    found.append(Canonical(page.resolve(target), counts=True, evidence=evidence))
    for node in page.tree.css('link[rel~="canonical" i]'):
        written = (node.attributes.get("href") or "").strip()
        path = page.places.css_path(node)
        evidence = Evidence(written, offset=page.places.tag_offset("link", written), css_path=path)
        counts = bool(written) and path.startswith("html > head")
        found.append(Canonical(page.resolve(written), counts=counts, evidence=evidence))
    return tuple(found)
