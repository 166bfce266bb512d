"""JSON-LD scripts of a page, one by one: parsed strictly, then forgivingly, with the first error of each.

One broken script hides no other. What the nodes mean is structured_data.py's.
"""

import json
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from seo.findings import Evidence
from seo.page import Page

MIME_TYPE = "application/ld+json"
_EXCERPT = 40
_FORGIVEN_CHARACTERS = 1_000_000
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$")
# a string, or a comment, or a comma before a closing bracket: strings are matched first so that they stay untouched
_FORGIVEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/|,(?=\s*[\]}])', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Script:
    """One script: its objects (a top-level array or @graph opened), its first error as `line:column text` or empty,
    its type attribute and its text as written.
    """

    nodes: tuple[dict[str, Any], ...]
    error: str
    evidence: Evidence
    kind: str = MIME_TYPE
    source: str = ""


def scripts(page: Page) -> tuple[Script, ...]:
    """The JSON-LD scripts in document order; those inside `<template>` or `<noscript>` are no markup."""
    found = []
    after = 0
    for node in page.elements.named("script"):
        declared = node.attributes.get("type") or ""
        if declared.partition(";")[0].strip().lower() != MIME_TYPE:
            continue
        source = node.text() or ""
        position = page.places.position(source, after=after) if source.strip() else None
        after = after if position is None else position + 1
        evidence = Evidence(_excerpt(source), offset=page.places.byte_at(position), css_path=page.places.css_path(node))
        found.append(replace(_parsed(source, evidence, position, page=page), kind=declared, source=source))
    return tuple(found)


def _parsed(source: str, evidence: Evidence, position: int | None, *, page: Page) -> Script:
    try:
        return Script(_nodes(json.loads(source, parse_constant=_refuse)), "", evidence)
    except (ValueError, RecursionError) as error:
        told, place = _told(error, source, evidence, page.places.byte_at(_there(error, source, position, page)))
    try:
        nodes = _nodes(json.loads(forgiven(source), strict=False)) if len(source) < _FORGIVEN_CHARACTERS else ()
    except (ValueError, RecursionError):
        nodes = ()
    return Script(nodes, told, place)


def _there(error: Exception, source: str, position: int | None, page: Page) -> int | None:
    """Where in the page's text the error stands; where the script begins when that cannot be told."""
    if not isinstance(error, json.JSONDecodeError) or position is None:
        return position
    return page.places.position(source[error.pos : error.pos + _EXCERPT], after=position) or position


def _told(error: Exception, source: str, evidence: Evidence, offset: int | None) -> tuple[str, Evidence]:
    if not isinstance(error, json.JSONDecodeError):
        return str(error) or type(error).__name__, evidence
    near = source[max(0, error.pos - _EXCERPT // 2) : error.pos + _EXCERPT // 2]
    place = Evidence(_excerpt(near), offset=offset, css_path=evidence.css_path)
    return f"{error.lineno}:{error.colno} {error.msg}", place


def forgiven(source: str) -> str:
    """The source without what authors leave in by mistake: wrappings, comments, trailing commas, a last semicolon."""
    bare = _WRAPPING.sub("", _WRAPPING.sub("", source)).strip().rstrip(";")
    return _FORGIVEN.sub(lambda match: match.group() if match.group().startswith('"') else "", bare)


def oddities(source: str) -> tuple[str, ...]:
    """Keys that an object has twice, and constants that JSON does not know, as far as the source can be read."""
    found: list[str] = []

    def pairs(entries: list[tuple[str, Any]]) -> dict[str, Any]:
        counted = Counter(key for key, _ in entries)
        found.extend(f"{key!r} twice" for key, times in counted.items() if times > 1)
        return dict(entries)

    with suppress(ValueError, RecursionError):
        json.loads(source, object_pairs_hook=pairs, parse_constant=found.append)
    return tuple(dict.fromkeys(found))


def _refuse(constant: str) -> Any:  # noqa: ANN401 - json's own hook
    raise ValueError(f"{constant} is no JSON")


def _nodes(document: Any) -> tuple[dict[str, Any], ...]:  # noqa: ANN401 - JSON, any shape
    listed = document if isinstance(document, list) else [document]
    opened: list[dict[str, Any]] = []
    for node in listed:
        if not isinstance(node, dict):
            continue
        graph = node.get("@graph")
        if isinstance(graph, list):
            context = {"@context": node["@context"]} if "@context" in node else {}
            opened.extend({**context, **entry} for entry in graph if isinstance(entry, dict))
        if not isinstance(graph, list) or "@type" in node:
            opened.append({key: value for key, value in node.items() if key != "@graph"})
    return tuple(opened)


def _excerpt(source: str) -> str:
    return " ".join(source.split())[:_EXCERPT]
