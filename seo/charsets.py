"""What a page says of its character set, in its byte order mark, its header and its markup. How it is decoded is
page.py's.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from seo.findings import Evidence
from seo.page import Page
from seo.places import BOMS

_IN_TYPE = re.compile(r"""charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration: the label as written, the encoding that browsers take it for (empty: none they know)."""

    label: str
    encoding: str
    evidence: Evidence


def declared(page: Page) -> tuple[Declared, ...]:
    """All declarations, strongest first: BOM, header, then meta elements."""
    return (*_in_bom(page), *_in_header(page), *_in_meta(page))


def _in_bom(page: Page) -> Iterator[Declared]:
    for mark, name in BOMS:
        if page.raw.startswith(mark):
            yield Declared(name, _encoding(name), Evidence(f"BOM: {name}", offset=0))
            return


def _in_header(page: Page) -> Iterator[Declared]:
    found = _IN_TYPE.search(page.header("content-type"))
    if found:
        evidence = Evidence(f"header: {found[1]}", header=page.header_line("content-type"))
        yield Declared(found[1], _encoding(found[1]), evidence)


def _in_meta(page: Page) -> Iterator[Declared]:
    for node in page.metas:
        attributes = node.attributes
        label = (attributes.get("charset") or "").strip()
        if not label and (attributes.get("http-equiv") or "").strip().lower() == "content-type":
            found = _IN_TYPE.search(attributes.get("content") or "")
            label = found[1] if found else ""
        if label:
            written = attributes.get("charset") or attributes.get("content") or ""
            places = page.places
            offset = places.offset_of(node, written)
            yield Declared(
                label, _encoding(label), Evidence(f"meta: {label}", offset=offset, css_path=places.css_path(node))
            )


def _encoding(label: str) -> str:
    """One name for all labels of an encoding; those of Latin-1 and ASCII are windows-1252 to browsers."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    if name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        return "utf-8" if name == "utf-8-sig" else "utf-16"
    return "cp1252" if name in ("iso8859-1", "ascii") else name
