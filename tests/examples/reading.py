"""How these tests read a page: as a parser that runs no script."""

import json
from typing import Any

import httpx2
from selectolax.lexbor import LexborHTMLParser, LexborNode


def read(visit: httpx2.Client, path: str, *, status: int = 200) -> LexborHTMLParser:
    answer = visit.get(path)
    assert answer.status_code == status, answer.text
    return LexborHTMLParser(answer.text)


def text(page: LexborHTMLParser, selector: str) -> str:
    found = page.css_first(selector)
    assert found is not None, selector
    return " ".join(found.text().split())


def links(page: LexborHTMLParser, selector: str, attribute: str = "href") -> list[str]:
    return [node.attributes[attribute] or "" for node in page.css(selector)]


def json_ld(page: LexborHTMLParser) -> dict[str, Any]:
    [script] = page.css('script[type="application/ld+json"]')
    document: dict[str, Any] = json.loads(script.text())
    return document


def text_of(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())
