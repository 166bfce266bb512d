"""A browser's DOM snapshot as HTML: once of what is drawn in the document itself, and once more for each further way in
which a text can be met. Taking the snapshot is passes.py's.

The snapshot comes from the browser and not from scripts in the page, so a page cannot answer for it; it has open and
closed shadow roots, flattened, and where each text is laid out.
Source: https://chromedevtools.github.io/devtools-protocol/tot/DOMSnapshot/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from seo.rendering.visibility import Boxes

ROOT_ATTRIBUTE = "data-check-root"
HIDDEN_ATTRIBUTE = "data-check-hidden"
_ELEMENT, _TEXT = 1, 3
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_NEVER_TEXT = frozenset({"style", "template", "noscript", "noembed", "noframes", "iframe"})
_MOST_NODES = 400_000
# of one view; a page that draws more is read in part
_MOST_CHARACTERS = 10_000_000


@dataclass(frozen=True, slots=True)
class Views:
    """One document as HTML, each view holding the one before; empty where it would add no text.

    - `light`: drawn, outside shadow roots. `opened`: with open roots. `drawn`: with closed roots too.
    - `whole`: hidden text besides; its parent carries HIDDEN_ATTRIBUTE with the cause. A host carries ROOT_ATTRIBUTE.
    """

    light: str
    opened: str = ""
    drawn: str = ""
    whole: str = ""

    @property
    def all_drawn(self) -> str:
        """Everything drawn, in whatever root."""
        return self.drawn or self.opened or self.light


@dataclass(frozen=True, slots=True)
class FrameNode:
    """An `<iframe>` in a document of the snapshot: its src as written, and which document it holds (None: another
    process has it).
    """

    src: str
    document: int | None


class SnapshotDocument:
    """One document of `DOMSnapshot.captureSnapshot`, with its strings. `is_cut`: too large, told in part."""

    def __init__(self, document: dict[str, Any], strings: Sequence[str]) -> None:
        nodes = document["nodes"]
        self._strings = strings
        self._types: list[int] = nodes["nodeType"][:_MOST_NODES]
        self._parents: list[int] = nodes["parentIndex"]
        self._names: list[int] = nodes["nodeName"]
        self._values: list[int] = nodes["nodeValue"]
        self._attributes: list[list[int]] = nodes["attributes"]
        self._content = _rare(nodes.get("contentDocumentIndex"))
        self._own_roots = {index: self._text(value) for index, value in _rare(nodes.get("shadowRootType")).items()}
        self._boxes = Boxes(document["layout"], strings, self._parents)
        self.url = self._text(document["documentURL"])
        self.is_cut = len(nodes["nodeType"]) > _MOST_NODES
        self._children: list[list[int]] = [[] for _ in self._types]
        for index, parent in enumerate(self._parents[:_MOST_NODES]):
            if parent >= 0:
                self._children[parent].append(index)

    def views(self) -> Views:
        """The document's HTML in every view that differs."""
        texts = [index for index, kind in enumerate(self._types) if kind == _TEXT and self._is_readable(index)]
        hidden = {index: cause for index in texts if (cause := self._boxes.hidden_because(index))}
        roots = {index: root for index in texts if (root := self._root(index))}
        has_open = any(root == "open" and index not in hidden for index, root in roots.items())
        has_closed = any(root == "closed" and index not in hidden for index, root in roots.items())
        return Views(
            light=self._html(roots=(), hidden=hidden),
            opened=self._html(roots=("open",), hidden=hidden) if has_open else "",
            drawn=self._html(roots=("open", "closed"), hidden=hidden) if has_closed else "",
            whole=self._html(roots=("open", "closed"), hidden=hidden, tells_hidden=True) if hidden else "",
        )

    def frames(self) -> Iterator[FrameNode]:
        """Its `<iframe>` elements, in order."""
        for index, kind in enumerate(self._types):
            if kind == _ELEMENT and self._name(index) in ("iframe", "frame"):
                yield FrameNode(self._attribute(index, "src"), self._content.get(index))

    def _text(self, index: int) -> str:
        return self._strings[index] if index >= 0 else ""

    def _name(self, index: int) -> str:
        return self._text(self._names[index]).lower()

    def _pairs(self, index: int) -> Iterator[tuple[str, str]]:
        flat = self._attributes[index]
        for name, value in zip(flat[::2], flat[1::2], strict=False):
            yield self._text(name), self._text(value)

    def _attribute(self, index: int, name: str) -> str:
        return next((value for key, value in self._pairs(index) if key.lower() == name), "")

    def _is_readable(self, index: int) -> bool:
        parent = self._parents[index]
        is_inside = parent >= 0 and self._name(parent) in ("script", "title", *_NEVER_TEXT)
        return not is_inside and bool(self._text(self._values[index]).strip())

    def _root(self, index: int) -> str:
        """The worst kind of shadow root around a node: an open one within a closed one cannot be reached."""
        own = self._own_roots.get(index, "")
        if own != "open":
            return "" if own == "user-agent" else own
        current = self._parents[index]
        while current >= 0 and (kind := self._own_roots.get(current, "")):
            if kind == "closed":
                return "closed"
            current = self._parents[current]
        return "open"

    def _html(self, *, roots: tuple[str, ...], hidden: dict[int, str], tells_hidden: bool = False) -> str:
        parts: list[str] = ["<!doctype html>"]
        # iterative: pages nest deeper than Python does
        waiting: list[int | str] = [index for index, parent in enumerate(self._parents[:_MOST_NODES]) if parent < 0]
        written = 0
        while waiting:
            step = waiting.pop()
            written += len(parts[-1])
            if written > _MOST_CHARACTERS:
                self.is_cut = True
                break
            if isinstance(step, str):
                parts.append(step)
            elif self._types[step] == _TEXT:
                if self._root(step) in ("", *roots) and (tells_hidden or step not in hidden):
                    parts.append(self._written_text(step))
            elif self._types[step] == _ELEMENT:
                # what the browser makes up, such as ::marker, is no element of the page
                is_in_view = self._root(step) in ("", *roots) and not self._name(step).startswith(":")
                if is_in_view:
                    parts.append(self._tag(step, hidden if tells_hidden else {}))
                    if self._name(step) not in _VOID:
                        waiting.append(f"</{self._name(step)}>")
                waiting += self._inside(step)
            else:
                waiting += self._inside(step)
        return "".join(parts)

    def _inside(self, index: int) -> list[int]:
        name = self._name(index)
        is_kept = name not in _NEVER_TEXT and (name != "script" or "json" in self._attribute(index, "type"))
        return self._children[index][::-1] if is_kept else []

    def _written_text(self, index: int) -> str:
        text = self._text(self._values[index])
        parent = self._parents[index]
        return text if parent >= 0 and self._name(parent) == "script" else escape(text, quote=False)

    def _tag(self, index: int, hidden: dict[int, str]) -> str:
        pairs = [(key, value) for key, value in self._pairs(index) if _is_attribute_name(key)]
        root = next((kind for child in self._children[index] if (kind := self._own_roots.get(child))), "")
        if root and root != "user-agent" and root != self._own_roots.get(index):
            pairs.append((ROOT_ATTRIBUTE, root))
        cause = next((hidden[child] for child in self._children[index] if child in hidden), "")
        if cause:
            pairs.append((HIDDEN_ATTRIBUTE, cause))
        written = "".join(f' {key}="{escape(value)}"' for key, value in pairs)
        return f"<{self._name(index)}{written}>"


def documents(snapshot: dict[str, Any]) -> list[SnapshotDocument]:
    """The snapshot's documents, the page's own first."""
    return [SnapshotDocument(document, snapshot["strings"]) for document in snapshot["documents"]]


def _rare(data: dict[str, list[int]] | None) -> dict[int, int]:
    return dict(zip(data["index"], data["value"], strict=True)) if data else {}


def _is_attribute_name(name: str) -> bool:
    return bool(name) and not any(character.isspace() or character in "\"'<>/=" for character in name)
