"""A page as it was fetched or saved: status, headers, bytes, text, HTML5 tree. What rules think of it lives in
rules/.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.fetching import Fetched, Hop
from seo.elements import Elements
from seo.places import BOMS, Places

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w:.-]+)""", re.IGNORECASE)
# https://encoding.spec.whatwg.org/#names-and-labels: browsers read these labels as windows-1252
_LATIN = frozenset({"iso8859-1", "ascii", "cp1252", "latin-1"})
_META_SEARCHED_BYTES = 4096
_NOSCRIPT = re.compile(r"<noscript[^<>]{0,200}>", re.IGNORECASE)
_NOSCRIPT_END = re.compile(r"</noscript", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """One HTML document. `status` is None for a saved file; `url` is the final one, empty when unknown.

    `seconds` are those until the answer began and until it ended; None when nothing was fetched.
    """

    url: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    hops: tuple[Hop, ...]
    raw: bytes
    encoding: str
    text: str
    is_cut: bool = False
    seconds: tuple[float, float] | None = None

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The HTML5 tree of the source as a browser with scripts builds it. Read only."""
        return LexborHTMLParser(self.source)

    @cached_property
    def elements(self) -> Elements:
        """What rules ask for most often, found once."""
        return Elements(self.tree)

    @property
    def metas(self) -> list[LexborNode]:
        """Its `<meta>` elements, in head and body."""
        return self.elements.named("meta")

    @property
    def links(self) -> list[LexborNode]:
        """Its `<link>` elements, in head and body."""
        return self.elements.named("link")

    def mentions(self, *words: str) -> bool:
        """Whether one of these words, in lower case, stands anywhere in the source: a quick look before a slow one."""
        return any(word.encode(self.encoding, "ignore") in self.places.lowered for word in words)

    @cached_property
    def source(self) -> str:
        """The text with what stands in `<noscript>` as a comment: with scripts on it is no markup, and ends no head."""
        return _without_noscript_markup(self.text)

    @cached_property
    def base_url(self) -> str:
        """What relative addresses stand on: `<base href>` when there is one, else the page's own address."""
        bases = (base.attributes.get("href") for base in self.elements.named("base"))
        return self._joined(self.url, next((href for href in bases if href), ""))

    @cached_property
    def places(self) -> Places:
        """Where in the source and in the tree a thing stands."""
        return Places(self.raw, self.text, self.encoding, self.elements.named)

    @cached_property
    def undecodable(self) -> int | None:
        """The first byte that the page's encoding cannot read; None when there is none."""
        try:
            self.raw.decode(self.encoding)
        except UnicodeDecodeError as error:
            return error.start
        return None

    def header(self, name: str) -> str:
        """The first value of a response header, in any case; empty when absent."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def header_line(self, name: str) -> str:
        """The first such header as it was sent; empty when absent."""
        return next((f"{key}: {value}" for key, value in self.headers if key.lower() == name), "")

    def resolve(self, reference: str) -> str:
        """The absolute address that a reference in this page means; as it stands when it means none."""
        return self._joined(self.base_url, reference.strip())

    @staticmethod
    def _joined(base: str, reference: str) -> str:
        try:
            return urljoin(base, reference)
        except ValueError:
            return reference


def from_fetched(fetched: Fetched) -> Page:
    """The page that an answer carries, whatever its status."""
    # a body that was cut may end inside a character, which says nothing about its encoding
    judged = fetched.body[:-4] if fetched.is_cut else fetched.body
    encoding = _encoding(judged, content_type=fetched.header("content-type"))
    text = _text(fetched.body, encoding)
    seconds = (fetched.first_byte_seconds, fetched.seconds)
    sent = (fetched.url, fetched.status, fetched.headers, fetched.hops)
    return Page(*sent, fetched.body, encoding, text, fetched.is_cut, seconds)


def saved(raw: bytes, *, url: str = "", is_cut: bool = False) -> Page:
    """A page from a file: no status, no headers, and an address only when the caller knows it."""
    # a body that was cut may end inside a character, which says nothing about its encoding
    encoding = _encoding(raw[:-4] if is_cut else raw, content_type="")
    return Page(url, None, (), (), raw, encoding, _text(raw, encoding), is_cut)


def host_of(url: str) -> str:
    """The host and port of an address, lower case; empty when it has none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _encoding(raw: bytes, *, content_type: str) -> str:
    """BOM, then header, then meta, as browsers look for it; else UTF-8 when it fits, else windows-1252."""
    for mark, name in BOMS:
        if raw.startswith(mark):
            return name
    in_header = _HEADER_CHARSET.search(content_type)
    in_meta = _META_CHARSET.search(raw[:_META_SEARCHED_BYTES])
    for label in (in_header[1] if in_header else "", in_meta[1].decode("ascii", "replace") if in_meta else ""):
        if known := _known(label):
            return known
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _known(label: str) -> str:
    try:
        codec = codecs.lookup(label.strip().lower())
    except (LookupError, ValueError):
        return ""
    # a declared UTF-16 in bytes that were readable as ASCII is a mistake that browsers read as UTF-8
    if codec.name.startswith("utf-16"):
        return "utf-8"
    return "cp1252" if codec.name in _LATIN else codec.name


def _without_noscript_markup(text: str) -> str:
    parts: list[str] = []
    done = 0
    while opening := _NOSCRIPT.search(text, done):
        end = _NOSCRIPT_END.search(text, opening.end())
        if end is None:
            break
        inside = text[opening.end() : end.start()].replace("--", "- -")
        parts += [text[done : opening.end()], f"<!-- {inside} -->"]
        done = end.start()
    return "".join([*parts, text[done:]])


def _text(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding, "replace")
        return text.lstrip("\ufeff") if text.startswith("\ufeff") else text
    except (UnicodeError, LookupError):
        return raw.decode("utf-8", "replace")
