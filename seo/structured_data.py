"""Schema.org items of a page, from JSON-LD and microdata, as one plain shape. What they should say is the rules'
business; reading each syntax is json_ld.py's and microdata.py's.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, TypeAlias

from selectolax.lexbor import LexborNode

from seo import json_ld, microdata
from seo.findings import Evidence
from seo.microdata import Microdata, MicrodataItem
from seo.page import Page

_DEEPEST = 40


class Syntax(StrEnum):
    """How the markup is written."""

    JSON_LD = "JSON-LD"
    MICRODATA = "microdata"


@dataclass(frozen=True, eq=False)
class Item:
    """One typed thing. `types` are schema.org names without their prefix, foreign ones whole; values keep their
    order. `nodes` are the elements of microdata's properties, the first of each name.
    """

    types: tuple[str, ...]
    properties: Mapping[str, tuple["Value", ...]]
    syntax: Syntax
    place: Callable[[], Evidence]
    id: str = ""
    nodes: Mapping[str, LexborNode] = field(default_factory=dict)

    @cached_property
    def evidence(self) -> Evidence:
        """Where it stands: its script, or its own element. Looked for only when somebody asks."""
        return self.place()

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


@dataclass(frozen=True, eq=False)
class StructuredData:
    """All top-level items, the JSON-LD scripts with what was wrong in each, and the microdata as it was read."""

    items: tuple[Item, ...]
    scripts: tuple[json_ld.Script, ...]
    microdata: Microdata = field(default_factory=Microdata)
    by_id: Mapping[str, Item] = field(default_factory=dict)

    @property
    def is_microdata_read(self) -> bool:
        """Whether all microdata was read; what is not there is not absent otherwise."""
        return self.microdata.is_whole

    def everywhere(self) -> tuple[tuple[Item, Item | None], ...]:
        """Every item, nested ones too, each with the item that holds it."""
        return self._everywhere

    @cached_property
    def _everywhere(self) -> tuple[tuple[Item, Item | None], ...]:
        return tuple(self._walked())

    def _walked(self) -> Iterator[tuple[Item, Item | None]]:
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
    read_microdata = microdata.read(page)
    # those that are nobody's property too: a review outside its product is a review all the same
    found = (*read_microdata.items, *read_microdata.strays)
    items = from_json + tuple(_from_microdata(item, page) for item in found)
    by_id = {item.id: item for item in items if item.id}
    return StructuredData(items, scripts, read_microdata, by_id)


def _from_json(node: Any, evidence: Evidence, depth: int = 0) -> Item | None:  # noqa: ANN401 - JSON, any shape
    if not isinstance(node, dict) or depth > _DEEPEST:
        return None
    properties = {
        key: tuple(_json_values(value, evidence, depth)) for key, value in node.items() if not key.startswith("@")
    }
    return Item(_types(node.get("@type")), properties, Syntax.JSON_LD, lambda: evidence, str(node.get("@id") or ""))


def _json_values(value: Any, evidence: Evidence, depth: int) -> Iterator[Value]:  # noqa: ANN401
    for entry in value if isinstance(value, list) else [value]:
        plain = entry["@value"] if isinstance(entry, dict) and "@value" in entry else entry
        if isinstance(plain, str | int | float):
            yield plain
        elif item := _from_json(plain, evidence, depth + 1):
            yield item


def _from_microdata(item: MicrodataItem, page: Page) -> Item:
    properties: dict[str, list[Value]] = {}
    nodes: dict[str, LexborNode] = {}
    for name, value, node in item.properties:
        nodes.setdefault(name, node)
        plain = " ".join(value.split()) if isinstance(value, str) else _from_microdata(value, page)
        properties.setdefault(name, []).append(plain)
    values = {name: tuple(several) for name, several in properties.items()}
    return Item(_types(list(item.types)), values, Syntax.MICRODATA, partial(_place, item, page), item.id, nodes)


def _place(item: MicrodataItem, page: Page) -> Evidence:
    kind = " ".join(item.types)
    return Evidence(kind, offset=page.places.start_of(item.node), css_path=page.places.css_path(item.node))


def _types(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    names = value if isinstance(value, list) else [value]
    return tuple(_short(name) for name in names if isinstance(name, str) and name.strip())


def _short(name: str) -> str:
    name = name.strip()
    for prefix in ("https://schema.org/", "http://schema.org/", "https://www.schema.org/", "schema:"):
        if name.startswith(prefix):
            return name.removeprefix(prefix).strip("/")
    return name
