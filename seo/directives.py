"""Robots directives of a page: meta elements and X-Robots-Tag, and what they come to for one crawler.

Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag. Directives add up, the most
restrictive wins, meta elements count in the body too. robots.txt is robots.py's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seo.findings import Evidence
from seo.page import Page

EVERYBODY = "robots"
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_PLAIN = frozenset(
    {"all", "noindex", "nofollow", "none", "nosnippet", "indexifembedded", "notranslate", "noimageindex"}
    | {"index", "follow", "noarchive", "nocache", "noodp", "nositelinkssearchbox"}
)
_NAMED = re.compile(r"\s*([\w*-]+)\s*:\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive as it stands in the page or its headers. `agent` is `robots` for all, else a crawler's name."""

    name: str
    value: str
    agent: str
    evidence: Evidence


def directives(page: Page) -> tuple[Directive, ...]:
    """Every directive, headers first, each with where it was read."""
    return (*_in_headers(page), *_in_meta(page))


def for_googlebot(page: Page) -> dict[str, Directive]:
    """What holds for Googlebot, by name: those for all and its own together; `none` counts as noindex and nofollow."""
    held: dict[str, Directive] = {}
    for directive in directives(page):
        if directive.agent in (EVERYBODY, "googlebot"):
            names = ("noindex", "nofollow") if directive.name == "none" else (directive.name,)
            for name in names:
                held.setdefault(name, directive)
    return held


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
            yield _directive(said, agent=agent, evidence=Evidence(said.strip(), header=f"{name}: {value}"))


def _in_meta(page: Page) -> Iterator[Directive]:
    for node in page.tree.css("meta[name][content]"):
        agent = (node.attributes.get("name") or "").strip().lower()
        content = node.attributes.get("content") or ""
        if agent != EVERYBODY and not agent.startswith("googlebot"):
            continue
        evidence = Evidence(
            content, offset=page.places.tag_offset("meta", content), css_path=page.places.css_path(node)
        )
        for part in _parts(content):
            yield _directive(part, agent=agent, evidence=evidence)


def _directive(part: str, *, agent: str, evidence: Evidence) -> Directive:
    name, _, value = part.strip().partition(":")
    return Directive(name.strip().lower(), value.strip(), agent, evidence)


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
