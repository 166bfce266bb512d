"""What a page says of its character set, in its byte order mark, its header and its markup. How it is decoded is
page.py's.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from seo.elements import is_in_head
from seo.findings import Evidence
from seo.page import Page
from seo.places import BOMS

_IN_TYPE = re.compile(r"""charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Declared:
    """One declaration: the label as written, the encoding that browsers take it for (empty: none they know), and the
    element or header line that it stands in; neither for a byte order mark.
    """

    page: Page
    label: str
    encoding: str
    written: str = ""
    node: LexborNode | None = None
    header: str = ""

    @cached_property
    def evidence(self) -> Evidence:
        """The declaration at its place."""
        if self.node is not None:
            places = self.page.places
            offset = places.offset_of(self.node, self.written)
            return Evidence(f"meta: {self.label}", offset=offset, css_path=places.css_path(self.node))
        if self.header:
            return Evidence(f"header: {self.label}", header=self.header)
        return Evidence(f"BOM: {self.label}", offset=0)


def declared(page: Page) -> tuple[Declared, ...]:
    """All declarations, strongest first: BOM, header, then meta elements."""
    return (*_in_bom(page), *_in_header(page), *_in_meta(page))


def _in_bom(page: Page) -> Iterator[Declared]:
    for mark, name in BOMS:
        if page.raw.startswith(mark):
            yield Declared(page, name, _encoding(name))
            return


def _in_header(page: Page) -> Iterator[Declared]:
    found = _IN_TYPE.search(page.header("content-type"))
    if found:
        yield Declared(page, found[1], _encoding(found[1]), header=page.header_line("content-type"))


def _in_meta(page: Page) -> Iterator[Declared]:
    # further down a meta element comes too late to be heard
    for node in filter(is_in_head, page.metas):
        attributes = node.attributes
        label = (attributes.get("charset") or "").strip()
        if not label and (attributes.get("http-equiv") or "").strip().lower() == "content-type":
            found = _IN_TYPE.search(attributes.get("content") or "")
            label = found[1] if found else ""
        if label:
            written = attributes.get("charset") or attributes.get("content") or ""
            yield Declared(page, label, _encoding(label), written, node)


def _encoding(label: str) -> str:
    """One name for all labels of an encoding; those of Latin-1 and ASCII are windows-1252 to browsers."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    if name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        return "utf-8" if name == "utf-8-sig" else "utf-16"
    return "cp1252" if name in ("iso8859-1", "ascii") else name
