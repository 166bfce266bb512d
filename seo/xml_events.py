"""XML read piece by piece with byte offsets, for sitemaps and feeds of any length. What elements mean is theirs.

No DTD is read: a document that declares one is refused, so that no entity can grow or lead elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

_LONGEST_TEXT = 100_000
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Event:
    """An element that begins or ends. Names are local, with their namespace apart; `text` is there at its end.

    `path` are the names from the root to this element.
    """

    path: tuple[str, ...]
    namespace: str
    offset: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    is_end: bool = False

    @property
    def name(self) -> str:
        """The element's own name."""
        return self.path[-1]


class UnreadableXmlError(ValueError):
    """The document is no well-formed XML, or not one that is read here; `offset` is the byte where that shows."""

    def __init__(self, why: str, offset: int) -> None:
        super().__init__(why)
        self.offset = offset


def events(chunks: Iterable[bytes]) -> Iterator[Event]:
    """Every begin and end of an element, in order, in constant memory. Raises UnreadableXmlError."""
    reader = _Reader()
    for chunk in chunks:
        yield from reader.read(chunk, is_last=False)
    yield from reader.read(b"", is_last=True)


class _Reader:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.buffer_text = True
        self._path: list[str] = []
        self._opened: list[int] = []
        self._text: list[str] = []
        self._length = 0
        self._found: list[Event] = []

    def read(self, chunk: bytes, *, is_last: bool) -> list[Event]:
        self._found = []
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            why = f"line {error.lineno}: {expat.ErrorString(error.code)}"
            raise UnreadableXmlError(why, max(0, self._parser.ErrorByteIndex)) from error
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if len(self._path) >= _DEEPEST:
            raise UnreadableXmlError("nested too deep", self._parser.CurrentByteIndex)
        self._path.append(local)
        self._opened.append(self._parser.CurrentByteIndex)
        self._text, self._length = [], 0
        self._found.append(Event(tuple(self._path), namespace, self._opened[-1], attributes))

    def _end(self, name: str) -> None:
        namespace = name.rpartition(" ")[0]
        text = "".join(self._text).strip()
        self._found.append(Event(tuple(self._path), namespace, self._opened.pop(), text=text, is_end=True))
        self._path.pop()
        self._text, self._length = [], 0

    def _characters(self, text: str) -> None:
        # what is longer is cut: no sitemap or review holds so much in one element
        if self._length < _LONGEST_TEXT:
            self._text.append(text)
            self._length += len(text)

    def _doctype(self, *_: object) -> None:
        raise UnreadableXmlError("declares a DTD", self._parser.CurrentByteIndex)
