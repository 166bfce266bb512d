"""Sitemaps of a shop: is this page in them, since when, and are the files in order? Fetching them is fetcher.py's.

Source: https://www.sitemaps.org/protocol.html and
https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from urllib.parse import quote, urlsplit, urlunsplit

from seo import dates
from seo.xml_events import UnreadableXmlError, events

MOST_URLS = 50_000
MOST_BYTES = 50 * 1024 * 1024
MOST_IMAGES = 1000
_IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
_MOST_FAULTS = 10
# twice what a file may hold: a small one can unpack to millions
_MOST_LISTED = 2 * MOST_URLS
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a sitemap: it and its lastmod as written, how many pictures, the byte of its `<url>`."""

    loc: str
    lastmod: str
    images: int
    offset: int


_EMPTY = Entry("", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a sitemap that is against its protocol: what, and the byte where it stands."""

    text: str
    offset: int


@dataclass
class SitemapFile:
    """One file. `children` are the sitemaps that an index lists; `lastmods` are the first and the last told."""

    url: str
    status: int = 200
    failure: str = ""
    byte_count: int = 0
    url_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    lastmods: tuple[datetime, datetime] | None = None
    dated_count: int = 0
    is_whole: bool = True

    def fault(self, text: str, offset: int) -> None:
        """Note a fault; beyond ten the rest says nothing new."""
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(Fault(text[:200], offset))


@dataclass(frozen=True, slots=True)
class Sitemaps:
    """All files read. `is_complete`: every file that is declared was read whole, so that what is absent is absent."""

    files: tuple[SitemapFile, ...]
    is_complete: bool

    @property
    def entries(self) -> tuple[tuple[SitemapFile, Entry], ...]:
        """Where the checked page stands."""
        return tuple((file, entry) for file in self.files for entry in file.entries)


def comparable(url: str) -> str:
    """An address in one spelling: host in lower case, escapes where a URL needs them, no fragment."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit(
        (parts.scheme.lower(), parts.netloc.lower(), path, quote(parts.query, safe="=&%+:/?,;@!$'()*~"), "")
    )


def read(body: bytes, *, url: str, wanted: str, is_cut: bool = False) -> SitemapFile:
    """Read one file, XML or a plain list of addresses, compressed or not; what is about `wanted` becomes an entry."""
    found = SitemapFile(url, is_whole=not is_cut)
    pages = comparable(wanted)
    try:
        chunks = _counted(_unpacked(body), found)
        first = next(chunks, b"")
        if first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            _read_xml(chain([first], chunks), found, pages)
        else:
            _read_lines(b"".join([first, *chunks]), found, pages)
    except UnreadableXmlError as error:
        # a file that was cut ends in the middle, which is not its fault
        if found.is_whole:
            found.fault(str(error), error.offset)
    except zlib.error as error:
        found.fault(f"gzip: {error}", 0)
    if found.byte_count > MOST_BYTES:
        found.fault(f"{found.byte_count} bytes", MOST_BYTES)
    if found.url_count > MOST_URLS:
        found.fault(f"{found.url_count} URLs", 0)
    return found


@dataclass(frozen=True, slots=True)
class Listing:
    """All that a file lists: sitemaps and pages. `failure` says why it was not read whole; empty when it was."""

    children: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    failure: str = ""


def listed(body: bytes, *, is_cut: bool = False) -> Listing:
    """Every address in a file, XML or a plain list, compressed or not; of a broken one those before the break."""
    found = SitemapFile("", is_whole=not is_cut)
    children: list[str] = []
    pages: list[str] = []
    failure = ""
    try:
        chunks = _counted(_unpacked(body), found)
        first = next(chunks, b"")
        if first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            for event in events(chain([first], chunks)):
                if event.is_end and event.name == "loc" and event.namespace != _IMAGES and len(event.path) > 1:
                    (children if event.path[-2] == "sitemap" else pages).append(event.text.strip())
                if len(pages) + len(children) > _MOST_LISTED:
                    return Listing(tuple(children), tuple(pages), f"> {_MOST_LISTED} URLs")
        else:
            lines = b"".join([first, *chunks]).decode("utf-8-sig", "replace").splitlines()
            pages += [line.strip() for line in lines if line.strip()]
    except (UnreadableXmlError, zlib.error) as error:
        failure = str(error)
    if not found.is_whole:
        failure = f"> {MOST_BYTES} bytes"
    return Listing(tuple(children), tuple(pages), failure)


def _unpacked(body: bytes) -> Iterator[bytes]:
    if body[:2] != b"\x1f\x8b":
        yield from (body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK))
        return
    stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
    waiting = body
    while waiting and not stream.eof:
        yield stream.decompress(waiting, _CHUNK)
        waiting = stream.unconsumed_tail


def _counted(chunks: Iterable[bytes], found: SitemapFile) -> Iterator[bytes]:
    for chunk in chunks:
        found.byte_count += len(chunk)
        yield chunk
        if found.byte_count > MOST_BYTES:
            found.is_whole = False
            return


def _read_lines(body: bytes, found: SitemapFile, wanted: str) -> None:
    offset = 0
    for line in body.splitlines(keepends=True):
        loc = line.decode("utf-8", "replace").strip()
        if loc:
            _count(found, Entry(loc, "", 0, offset), wanted)
        offset += len(line)


def _read_xml(chunks: Iterable[bytes], found: SitemapFile, wanted: str) -> None:
    entry = _EMPTY
    for event in events(chunks):
        if not event.is_end:
            if event.name in ("url", "sitemap"):
                entry = replace(_EMPTY, offset=event.offset)
        elif event.name == "loc" and event.namespace == _IMAGES:
            entry = replace(entry, images=entry.images + 1)
        elif event.name == "loc":
            entry = replace(entry, loc=event.text)
        elif event.name == "lastmod":
            entry = replace(entry, lastmod=event.text)
        elif event.name == "sitemap":
            found.children.append(entry.loc)
            _judge(found, entry)
        elif event.name == "url":
            _count(found, entry, wanted)
        elif len(event.path) == 1 and event.name not in ("urlset", "sitemapindex"):
            found.fault(f"<{event.name}>", event.offset)


def _count(found: SitemapFile, entry: Entry, wanted: str) -> None:
    found.url_count += 1
    _judge(found, entry)
    if comparable(entry.loc) == wanted:
        found.entries.append(entry)


def _judge(found: SitemapFile, entry: Entry) -> None:
    if not entry.loc.startswith(("http://", "https://")):
        found.fault(f"loc: {entry.loc[:80]!r}", entry.offset)
    if entry.images > MOST_IMAGES:
        found.fault(f"{entry.images} image:image", entry.offset)
    if not entry.lastmod:
        return
    at = dates.from_iso(entry.lastmod)
    if at is None:
        found.fault(f"lastmod: {entry.lastmod[:40]!r}", entry.offset)
        return
    found.dated_count += 1
    first, last = found.lastmods or (at, at)
    found.lastmods = (min(first, at), max(last, at))
