"""Where a thing stands in a page: bytes of the body as it was sent, CSS paths in its tree. What it means is page.py's.

lexbor keeps no offsets, so the source is searched for what the tree gives; an offset that is not certain is None, never
a guess.
"""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from html import escape, unescape

from selectolax.lexbor import LexborNode

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LONGEST_TAG = 4000
_DEEPEST_PATH = 8
# possessive and bounded: source that never closes a quote costs no more than source that does
_TAG_REST = rb"""(?=[\s/])(?:[^>"']++|"[^"]{0,4000}+"|'[^']{0,4000}+')*+>"""
_ATTRIBUTE_VALUE = re.compile(r"""=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""")


class Places:
    """Finds places in one page. What it has measured it remembers, so that many questions cost one pass together."""

    def __init__(self, raw: bytes, text: str, encoding: str, named: Callable[[str], list[LexborNode]]) -> None:
        self.raw = raw
        self.text = text
        self.encoding = encoding
        self._named = named

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
        if tag not in self._values:
            self._values[tag] = self._values_of(tag)
        return self._values[tag].get(value.strip().lower())

    def start_of(self, node: LexborNode) -> int | None:
        """Where this element's start tag begins, in the bytes sent.

        Certain only when the source has as many such tags as the tree has elements, and the tag there looks the same.
        """
        tag = node.tag or ""
        if tag not in self._starts:
            begins = [begin for begin, _ in self._tags_named(tag, rb"(?=[\s/>])")]
            elements = [element.mem_id for element in self._named(tag)]
            self._starts[tag] = dict(zip(elements, begins, strict=True)) if len(elements) == len(begins) else {}
        offset = self._starts[tag].get(node.mem_id)
        if offset is None:
            return None
        # up to the first bracket: what stands in a value after one may only make the comparison kinder
        written = self.raw[offset : offset + _LONGEST_TAG].decode(self.encoding, "replace").partition(">")[0]
        there = " ".join(unescape(written).split())
        told = [value for value in node.attributes.values() if value and ">" not in value]
        return offset if all(" ".join(value.split()) in there for value in told) else None

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

    @cached_property
    def lowered(self) -> bytes:
        """The bytes with ASCII letters in lower case: what does not depend on case is searched for here."""
        return self.raw.lower()

    def _tags_named(self, tag: str, rest: bytes) -> Iterator[tuple[int, int]]:
        """Where each such start tag begins and ends, in the bytes sent."""
        pattern = b"<" + re.escape(tag.encode()) + rest
        if not self.encoding.startswith("utf-16"):
            yield from (found.span() for found in re.finditer(pattern, self.lowered))
            return
        # two bytes a character: positions of the text are counted back into bytes
        for found in re.finditer(pattern.decode(), self.text, re.IGNORECASE):
            begin, end = self.byte_at(found.start()), self.byte_at(found.end())
            if begin is not None and end is not None:
                yield begin, end

    def _values_of(self, tag: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for begin, end in self._tags_named(tag, _TAG_REST):
            written = self.raw[begin:end].decode(self.encoding, "replace")
            for double, single, bare in _ATTRIBUTE_VALUE.findall(written):
                found.setdefault(unescape(double or single or bare).strip().lower(), begin)
        return found

    @cached_property
    def _values(self) -> dict[str, dict[str, int]]:
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
