"""Microdata as the HTML standard reads it: items, their properties in tree order, values by element, itemref.

Source: https://html.spec.whatwg.org/multipage/microdata.html (read 2026-11-20). One difference, as Google and
schema.org have it: a `content` attribute gives the value of any element. What items mean is structured_data.py's.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from selectolax.lexbor import LexborNode

from seo import dates
from seo.page import Page

_BY_SRC = frozenset({"audio", "embed", "iframe", "img", "source", "track", "video"})
_BY_HREF = frozenset({"a", "area", "link"})
# items within items beyond this are nobody's markup
DEEPEST = 40
# a review page has some thousands; what is beyond is an attack on whoever reads it
_MOST_PROPERTIES = 100_000
# items that refer to each other crosswise could otherwise be read 2^40 times
_MOST_ITEMS = 20_000
# properties within properties give the same text again and again
_MOST_TEXT = 20_000_000


class MicrodataFault(StrEnum):
    """What an author can get wrong so that readers lose something."""

    STRAY_PROPERTY = "itemprop outside any itemscope"
    DANGLING_REFERENCE = "itemref to no id"
    LOOP = "item within itself"
    RELATIVE_TYPE = "itemtype not absolute"
    MISSING_VALUE = "no attribute that gives the value"


@dataclass(frozen=True, slots=True)
class Found:
    """A fault at its element, with the words that show it."""

    fault: MicrodataFault
    node: LexborNode
    written: str


@dataclass(slots=True)
class MicrodataItem:
    """One item: its types as written, its id resolved, and name, value and element of every property in tree order."""

    node: LexborNode
    types: tuple[str, ...]
    id: str = ""
    properties: list[tuple[str, "MicrodataValue", LexborNode]] = field(default_factory=list)


MicrodataValue: TypeAlias = str | MicrodataItem


@dataclass(slots=True)
class Microdata:
    """A page's top-level items in tree order.

    - `strays` are items that are a property of nobody: none by the standard, though some readers take them for items.
    - `is_whole` is False when there was more, or deeper, than is read.
    """

    items: list[MicrodataItem] = field(default_factory=list)
    strays: list[MicrodataItem] = field(default_factory=list)
    faults: list[Found] = field(default_factory=list)
    is_whole: bool = True


def read(page: Page) -> Microdata:
    """All microdata of the HTML5 tree; templates and noscript are no part of it."""
    return _Reader(page).read()


class _Reader:
    """One reading of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found = Microdata()
        marked = [pair for pair in page.elements.marked if "itemscope" in pair[1] or "itemprop" in pair[1]]
        self.found.is_whole = len(marked) <= _MOST_PROPERTIES
        self.marked = [node for node, _ in marked[:_MOST_PROPERTIES]]
        self.attributes = {node.mem_id: told for node, told in marked[:_MOST_PROPERTIES]}
        self.scopes = {key for key, told in self.attributes.items() if "itemscope" in told}
        # by the id of an element: the items that refer to it
        self.referrers: dict[str, list[int]] = defaultdict(list)
        self.first_with_id: dict[str, int] = {}
        self.owners: dict[int, tuple[tuple[int, ...], int]] = {}
        self.built = 0
        self.text_read = 0

    def read(self) -> Microdata:
        self._follow_references()
        by_owner: dict[int, list[LexborNode]] = defaultdict(list)
        stray: list[LexborNode] = []
        for node in self.marked:
            names = (self.attributes[node.mem_id].get("itemprop") or "").split()
            if not names:
                continue
            owners = self._owners(node)
            for owner in owners:
                by_owner[owner].append(node)
            if not owners:
                stray.append(node)
        self._fill(by_owner, stray)
        return self.found

    def _follow_references(self) -> None:
        refers = [node for node in self.marked if node.mem_id in self.scopes and self._told(node).get("itemref")]
        if not refers:
            return
        for node in self.page.tree.css("[id]"):
            self.first_with_id.setdefault(node.id or "", node.mem_id)
        for node in refers:
            for name in dict.fromkeys((self._told(node)["itemref"] or "").split()):
                if name in self.first_with_id:
                    self.referrers[name].append(node.mem_id)
                else:
                    self._fault(MicrodataFault.DANGLING_REFERENCE, node, name)

    def _told(self, node: LexborNode) -> dict[str, str | None]:
        return self.attributes[node.mem_id]

    def _owners(self, node: LexborNode) -> list[int]:
        """The items that this property belongs to: the scope around it, and those that refer to it or to what is
        between.
        """
        passed = []
        current: LexborNode | None = node
        known: tuple[tuple[int, ...], int] = ((), 0)
        while current is not None:
            key = current.mem_id
            if key in self.owners and current is not node:
                known = self.owners[key]
                break
            if key in self.scopes and current is not node:
                known = ((), key)
                break
            passed.append(current)
            current = current.parent
        for step in reversed(passed):
            references, scope = known
            if self.referrers and step.is_element_node and step.id and self.first_with_id.get(step.id) == step.mem_id:
                references = (*references, *self.referrers.get(step.id, ()))
            known = (references, scope)
            # what a scope is owned by says nothing of what is within it
            if step.mem_id not in self.scopes:
                self.owners[step.mem_id] = known
        references, scope = known
        return list(dict.fromkeys((*((scope,) if scope else ()), *references)))

    def _fill(self, by_owner: dict[int, list[LexborNode]], stray: list[LexborNode]) -> None:
        for node in stray:
            self._fault(MicrodataFault.STRAY_PROPERTY, node, self._told(node).get("itemprop") or "")
        lost = {node.mem_id for node in stray}
        for node in self.marked:
            if node.mem_id not in self.scopes:
                continue
            is_property = bool((self._told(node).get("itemprop") or "").split())
            if not is_property:
                self.found.items.append(self._item(node, by_owner, ()))
            elif node.mem_id in lost:
                self.found.strays.append(self._item(node, by_owner, ()))

    def _item(self, node: LexborNode, by_owner: dict[int, list[LexborNode]], path: tuple[int, ...]) -> MicrodataItem:
        told = self._told(node)
        types = tuple((told.get("itemtype") or "").split())
        if not path or node.mem_id not in path:
            for name in types:
                if ":" not in name:
                    self._fault(MicrodataFault.RELATIVE_TYPE, node, name)
        item = MicrodataItem(node, types, self.page.resolve(told.get("itemid") or "") if told.get("itemid") else "")
        self.built += 1
        if len(path) >= DEEPEST or self.built > _MOST_ITEMS:
            self.found.is_whole = False
            return item
        here = (*path, node.mem_id)
        for held in by_owner.get(node.mem_id, ()):
            if held.mem_id in here:
                self._fault(MicrodataFault.LOOP, held, self._told(held).get("itemprop") or "")
                continue
            value = self._item(held, by_owner, here) if held.mem_id in self.scopes else self._value(held)
            for name in dict.fromkeys((self._told(held).get("itemprop") or "").split()):
                item.properties.append((name, value, held))
        return item

    def _value(self, node: LexborNode) -> str:
        told = self._told(node)
        content = told.get("content")
        tag = node.tag or ""
        if content is not None or tag == "meta":
            return content or ""
        for tags, attribute in ((_BY_SRC, "src"), (_BY_HREF, "href"), (("object",), "data")):
            if tag in tags:
                if not told.get(attribute):
                    self._fault(MicrodataFault.MISSING_VALUE, node, f"<{tag}> {attribute}")
                return self.page.resolve(told[attribute] or "") if told.get(attribute) else ""
        if tag in ("data", "meter"):
            if told.get("value") is None:
                self._fault(MicrodataFault.MISSING_VALUE, node, f"<{tag}> value")
            return told.get("value") or ""
        text = self._text(node)
        if tag == "time":
            if told.get("datetime") is None and dates.from_iso(text) is None:
                self._fault(MicrodataFault.MISSING_VALUE, node, f"<time> datetime: {text.strip()[:40]!r}")
            return told["datetime"] or "" if told.get("datetime") is not None else text
        return text

    def _text(self, node: LexborNode) -> str:
        if self.text_read > _MOST_TEXT:
            self.found.is_whole = False
            return ""
        text = node.text() or ""
        self.text_read += len(text)
        return text

    def _fault(self, fault: MicrodataFault, node: LexborNode, written: str) -> None:
        self.found.faults.append(Found(fault, node, written))


def walk(items: list[MicrodataItem]) -> Iterator[MicrodataItem]:
    """These items and all within them, each before what it holds."""
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        yield item
        inner = [value for _, value, _ in item.properties if isinstance(value, MicrodataItem)]
        waiting.extend(reversed(inner))
