"""Robots directives of a page: meta elements and X-Robots-Tag, and what they come to for one crawler.

Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag. Directives add up, the most
restrictive wins, meta elements count in the body too. robots.txt is robots.py's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from seo.findings import Evidence
from seo.page import Page

EVERYBODY = "robots"
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_PLAIN = frozenset(
    {"all", "noindex", "nofollow", "none", "nosnippet", "indexifembedded", "notranslate", "noimageindex"}
    | {"index", "follow", "noarchive", "nocache", "noodp", "nositelinkssearchbox"}
)
_NAMED = re.compile(r"\s*([\w*-]+)\s*:\s*(.*)", re.DOTALL)


@dataclass(frozen=True, eq=False)
class Directive:
    """One directive as it stands in the page or its headers. `agent` is `robots` for all, else a crawler's name.

    `written` is the whole content that it stands in, in a header only its own words.
    """

    page: Page
    name: str
    value: str
    agent: str
    written: str
    node: LexborNode | None = None
    header: str = ""

    @cached_property
    def evidence(self) -> Evidence:
        """The directive at its place."""
        if self.node is None:
            return Evidence(self.written, header=self.header)
        places = self.page.places
        path = places.css_path(self.node)
        return Evidence(self.written, offset=places.offset_of(self.node, self.written), css_path=path)


def directives(page: Page) -> tuple[Directive, ...]:
    """Every directive, headers first, each with where it was read."""
    return (*_in_headers(page), *_in_meta(page))


def for_googlebot(page: Page) -> dict[str, Directive]:
    """What holds for Googlebot on this page, by name."""
    return held(directives(page))


def held(told: Iterable[Directive]) -> dict[str, Directive]:
    """What holds for Googlebot, by name: those for all and its own together; `none` counts as noindex and nofollow."""
    found: dict[str, Directive] = {}
    for directive in told:
        if directive.agent in (EVERYBODY, "googlebot"):
            names = ("noindex", "nofollow") if directive.name == "none" else (directive.name,)
            for name in names:
                found.setdefault(name, directive)
    return found


def _in_headers(page: Page) -> Iterator[Directive]:
    for name, value in page.headers:
        if name.lower() != "x-robots-tag":
            continue
        agent = EVERYBODY
        for part in _parts(value):
            named = _NAMED.fullmatch(part)
            is_prefixed = named is not None and named[1].lower() not in _VALUED
            if named and is_prefixed:
                # "googlebot: noindex": the prefix holds for the rest of its line
                agent = named[1].lower()
            said = named[2] if named and is_prefixed else part
            yield _directive(page, said, agent, said.strip(), header=f"{name}: {value}")


def _in_meta(page: Page) -> Iterator[Directive]:
    for node in page.metas:
        attributes = node.attributes
        agent = (attributes.get("name") or "").strip().lower()
        if agent != EVERYBODY and not agent.startswith("googlebot"):
            continue
        content = attributes.get("content") or ""
        for part in _parts(content):
            yield _directive(page, part, agent, content, node=node)


def _directive(
    page: Page, part: str, agent: str, written: str, *, node: LexborNode | None = None, header: str = ""
) -> Directive:
    name, _, value = part.strip().partition(":")
    return Directive(page, name.strip().lower(), value.strip(), agent, written, node, header)


def _parts(content: str) -> list[str]:
    """Split at commas, but not inside the date of unavailable_after, which holds commas and colons of its own."""
    parts: list[str] = []
    for piece in content.split(","):
        in_date = bool(parts) and "unavailable_after" in parts[-1].lower()
        if in_date and not _begins_directive(piece):
            parts[-1] += f",{piece}"
        elif piece.strip():
            parts.append(piece)
    return parts


def _begins_directive(piece: str) -> bool:
    name = piece.strip().lower().partition(":")[0].strip()
    return name in _PLAIN or name in _VALUED
