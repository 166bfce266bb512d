"""Schema.org items of a page, from JSON-LD and microdata, as one plain shape. What they should say is the rules'
business.

The only importer of extruct, which reads the microdata. JSON-LD is split here, script by script: extruct gives up all
scripts of a page when one is broken, and takes only the exact type attribute. What stands in `<template>` or
`<noscript>` is no markup and is left out; the microdata is read from the HTML5 tree's own serialisation, so that both
readers see one tree.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from selectolax.lexbor import LexborHTMLParser

from seo import json_ld
from seo.findings import Evidence
from seo.page import Page

_log = logging.getLogger(__name__)
_DEEPEST = 40


class Syntax(StrEnum):
    """How the markup is written."""

    JSON_LD = "JSON-LD"
    MICRODATA = "microdata"


@dataclass(frozen=True, slots=True)
class Item:
    """One typed thing. `types` are schema.org names without their prefix, foreign ones whole; values keep their
    order.
    """

    types: tuple[str, ...]
    properties: Mapping[str, tuple["Value", ...]]
    syntax: Syntax
    evidence: Evidence
    id: str = ""

    def values(self, name: str) -> tuple["Value", ...]:
        """All values of a property; empty when it is absent."""
        return self.properties.get(name, ())

    def items(self, name: str) -> tuple["Item", ...]:
        """The values of a property that are items themselves."""
        return tuple(value for value in self.values(name) if isinstance(value, Item))

    def text(self, name: str) -> str:
        """The first value of a property as text; an item gives its name; empty when absent."""
        for value in self.values(name):
            return value.text("name") if isinstance(value, Item) else str(value).strip()
        return ""

    def is_a(self, *types: str) -> bool:
        """Whether one of its types is among these."""
        return not set(self.types).isdisjoint(types)


Value: TypeAlias = str | int | float | bool | Item


@dataclass(frozen=True, slots=True)
class StructuredData:
    """All top-level items, the JSON-LD scripts with what was wrong in each, and whether microdata could be read."""

    items: tuple[Item, ...]
    scripts: tuple[json_ld.Script, ...]
    is_microdata_read: bool = True
    by_id: Mapping[str, Item] = field(default_factory=dict)

    def everywhere(self) -> Iterator[tuple[Item, Item | None]]:
        """Every item, nested ones too, each with the item that holds it."""
        waiting: list[tuple[Item, Item | None]] = [(item, None) for item in reversed(self.items)]
        while waiting:
            item, holder = waiting.pop()
            yield item, holder
            inner = [value for values in item.properties.values() for value in values if isinstance(value, Item)]
            waiting.extend((value, item) for value in reversed(inner))


def read(page: Page) -> StructuredData:
    """The items of both syntaxes, JSON-LD first, each in document order."""
    scripts = json_ld.scripts(page)
    from_json = tuple(
        item for script in scripts for node in script.nodes if (item := _from_json(node, script.evidence))
    )
    from_microdata = _microdata(page)
    items = from_json + (from_microdata or ())
    by_id = {item.id: item for item in items if item.id}
    return StructuredData(items, scripts, from_microdata is not None, by_id)


def _from_json(node: Any, evidence: Evidence, depth: int = 0) -> Item | None:  # noqa: ANN401 - JSON, any shape
    if not isinstance(node, dict) or depth > _DEEPEST:
        return None
    properties = {
        key: tuple(_json_values(value, evidence, depth)) for key, value in node.items() if not key.startswith("@")
    }
    return Item(_types(node.get("@type")), properties, Syntax.JSON_LD, evidence, str(node.get("@id") or ""))


def _json_values(value: Any, evidence: Evidence, depth: int) -> Iterator[Value]:  # noqa: ANN401
    for entry in value if isinstance(value, list) else [value]:
        plain = entry["@value"] if isinstance(entry, dict) and "@value" in entry else entry
        if isinstance(plain, str | int | float):
            yield plain
        elif item := _from_json(plain, evidence, depth + 1):
            yield item


def _microdata(page: Page) -> tuple[Item, ...] | None:
    """The microdata items; None when the reader failed, which must not pass for a page without markup."""
    if "itemscope" not in page.text.lower():
        return ()
    from extruct.w3cmicrodata import MicrodataExtractor

    tree = LexborHTMLParser(page.source)
    tree.strip_tags(["template", "noscript", "script", "style"])
    try:
        found = MicrodataExtractor(strict=True).extract(tree.html or "", base_url=page.base_url)
    except Exception:  # noqa: BLE001 - whatever a hostile page makes its parsers raise, this page's microdata is unread
        _log.info("microdata of %s could not be read", page.url, exc_info=True)
        return None
    return tuple(_from_microdata(node, place) for node, place in zip(found, _places(page, found), strict=True))


def _places(page: Page, found: list[Any]) -> Iterator[Evidence]:
    """Where each item stands: both lists are in document order, and extruct's leaves out what it has nested."""
    nodes = iter(page.tree.css("[itemscope]"))
    for item in found:
        kind = " ".join([item["type"]] if isinstance(item.get("type"), str) else item.get("type", []))
        node = next((node for node in nodes if " ".join((node.attributes.get("itemtype") or "").split()) == kind), None)
        if node is None:
            yield Evidence(kind)
        else:
            yield Evidence(
                kind, offset=page.places.tag_offset(node.tag or "", kind), css_path=page.places.css_path(node)
            )


def _from_microdata(node: Any, evidence: Evidence, depth: int = 0) -> Item:  # noqa: ANN401
    properties: dict[str, tuple[Value, ...]] = {}
    for name, values in node.get("properties", {}).items() if depth < _DEEPEST else ():
        listed = values if isinstance(values, list) else [values]
        properties[name] = tuple(
            _from_microdata(value, evidence, depth + 1) if isinstance(value, dict) else str(value)
            for value in listed
            if value is not None
        )
    return Item(_types(node.get("type")), properties, Syntax.MICRODATA, evidence, str(node.get("id") or ""))


def _types(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    names = value if isinstance(value, list) else [value]
    return tuple(_short(name) for name in names if isinstance(name, str) and name.strip())


def _short(name: str) -> str:
    name = name.strip()
    for prefix in ("https://schema.org/", "http://schema.org/", "https://www.schema.org/", "schema:"):
        if name.startswith(prefix):
            return name.removeprefix(prefix).strip("/")
    return name
