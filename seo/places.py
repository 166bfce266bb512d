"""Where a thing stands in a page: bytes of the body as it was sent, CSS paths in its tree. What it means is page.py's.

lexbor keeps no offsets, so the source is searched for what the tree gives; an offset that is not certain is None, never
a guess.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from html import escape, unescape

from selectolax.lexbor import LexborNode

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LONGEST_TAG = 4000
_DEEPEST_PATH = 8
# possessive and bounded: source that never closes a quote costs no more than source that does
_TAG_REST = r"""(?=[\s/])(?:[^>"']++|"[^"]{0,4000}+"|'[^']{0,4000}+')*+>"""
_ATTRIBUTE_VALUE = re.compile(r"""=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""")


class Places:
    """Finds places in one page. What it has measured it remembers, so that many questions cost one pass together."""

    def __init__(self, raw: bytes, text: str, encoding: str) -> None:
        self.raw = raw
        self.text = text
        self.encoding = encoding

    def position(self, needle: str, *, after: int = 0) -> int | None:
        """Where in `text` this piece of source begins, at or after a position; None when it is written otherwise there.

        It is also looked for with entities and with CRLF, as the source may hold what the tree gives.
        """
        for form in self._written(needle):
            position = self.text.find(form, after)
            if position >= 0:
                return position
        return None

    def offset(self, needle: str) -> int | None:
        """Where in the bytes sent this piece of source begins."""
        return self.byte_at(self.position(needle))

    def tag_offset(self, tag: str, value: str) -> int | None:
        """Where the first start tag `tag` that has this attribute value begins, in the bytes sent."""
        return self.byte_at(self._start_tags(tag).get(value.strip().lower()))

    def start_of(self, node: LexborNode) -> int | None:
        """Where this element's start tag begins, in the bytes sent.

        Certain only when the source has as many such tags as the tree has elements, and the tag there looks the same.
        """
        tag = node.tag or ""
        if tag not in self._starts:
            root = node
            while root.parent is not None:
                root = root.parent
            begins = [found.start() for found in re.finditer(rf"<{re.escape(tag)}(?=[\s/>])", self.text, re.IGNORECASE)]
            elements = [element.mem_id for element in root.css(tag)]
            pairs = zip(elements, begins, strict=True) if len(elements) == len(begins) else ()
            self._starts[tag] = dict(pairs)
        position = self._starts[tag].get(node.mem_id)
        if position is None:
            return None
        written = unescape(self.text[position : position + _LONGEST_TAG])
        same = all(name in written.lower() and (value or "") in written for name, value in node.attributes.items())
        return self.byte_at(position) if same else None

    def offset_of(self, node: LexborNode, value: str) -> int | None:
        """Where this element's start tag begins; where that is not certain, the first such tag with this value."""
        exact = self.start_of(node)
        return self.tag_offset(node.tag or "", value) if exact is None else exact

    def byte_at(self, position: int | None) -> int | None:
        """The byte in the body at which this position of `text` stands; None after a byte that could not be decoded."""
        if position is None or 0 <= self._first_replaced < position:
            return None
        if self.text.isascii() and not self.encoding.startswith("utf-16"):
            return self._measured[0][1] + position
        known_position, known_byte = self._measured[-1]
        if position < known_position:
            known_position, known_byte = self._measured[0]
        byte = known_byte + len(self.text[known_position:position].encode(self.encoding, "replace"))
        self._measured.append((position, byte))
        return byte

    def css_path(self, node: LexborNode) -> str:
        """A CSS selector that leads to the element, from its nearest id or from the root, at most eight steps."""
        steps: list[str] = []
        current: LexborNode | None = node if node.is_element_node else node.parent
        while current is not None and current.is_element_node and len(steps) < _DEEPEST_PATH:
            if current.id and re.fullmatch(r"[A-Za-z][\w-]*", current.id):
                steps.append(f"{current.tag}#{current.id}")
                break
            steps.append(self._step(current))
            current = current.parent
        return " > ".join(reversed(steps))

    def _step(self, node: LexborNode) -> str:
        if node.tag in ("html", "head", "body") or node.parent is None:
            return node.tag or "*"
        siblings = self._siblings.setdefault(node.parent.mem_id, {})
        if node.mem_id not in siblings:
            siblings.update(_positions(node.parent))
        return f"{node.tag}:nth-of-type({siblings.get(node.mem_id, 1)})"

    @cached_property
    def _siblings(self) -> dict[int, dict[int, int]]:
        # by parent, then by child: thousands of siblings are counted once, not once each
        return {}

    @cached_property
    def _starts(self) -> dict[str, dict[int, int]]:
        return {}

    @cached_property
    def _measured(self) -> list[tuple[int, int]]:
        # (position, byte) pairs already known, so that many offsets in order cost one pass together
        bom = next((len(mark) for mark, _ in BOMS if self.raw.startswith(mark)), 0)
        return [(0, bom)]

    @cached_property
    def _first_replaced(self) -> int:
        return self.text.find("\ufffd")

    def _start_tags(self, tag: str) -> dict[str, int]:
        if tag not in self._tags:
            self._tags[tag] = _values_of_tags(self.text, tag)
        return self._tags[tag]

    @cached_property
    def _tags(self) -> dict[str, dict[str, int]]:
        return {}

    def _written(self, value: str) -> Iterator[str]:
        if not value:
            return
        yield value
        if "\n" in value and "\r" in self.text:
            yield value.replace("\n", "\r\n")
        if len(value) < _LONGEST_TAG:
            yield escape(value, quote=False)
            yield escape(value)


def _positions(parent: LexborNode) -> Iterator[tuple[int, int]]:
    counted: Counter[str | None] = Counter()
    child = parent.first_child
    while child is not None:
        counted[child.tag] += 1
        yield child.mem_id, counted[child.tag]
        child = child.next


def _values_of_tags(text: str, tag: str) -> dict[str, int]:
    """The attribute values of every such start tag in the source, each with where its first tag begins."""
    found: dict[str, int] = {}
    for start in re.finditer(rf"<{re.escape(tag)}{_TAG_REST}", text, re.IGNORECASE):
        for double, single, bare in _ATTRIBUTE_VALUE.findall(start.group()):
            found.setdefault(unescape(double or single or bare).strip().lower(), start.start())
    return found
