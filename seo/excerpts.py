"""Pieces of a page's source around what a rule has found, with the place marked. How they are shown is reporters/.

Where no byte is known but an element is, the piece is that element as the HTML5 tree has it, indented.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import SelectolaxError

from seo.findings import Evidence, Finding
from seo.page import Page

PLACES_A_RULE = 3
_AROUND = 160
_LONGEST_MARK = 200
_ELEMENT_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Source before, at and after a place that the rule `code` has shown. `line` counts from 1; 0 when not known."""

    code: str
    before: str
    marked: str
    after: str
    line: int = 0


def of(page: Page, findings: Iterable[Finding]) -> tuple[Excerpt, ...]:
    """At most three for each failed rule; evidence that stands in no source, such as a header, has none."""
    return tuple(each for finding in findings if finding.is_fault for each in _of_finding(page, finding))


def _of_finding(page: Page, finding: Finding) -> Iterator[Excerpt]:
    for evidence in finding.outcome.evidence[:PLACES_A_RULE]:
        # a place in another document is not in this source
        if evidence.url and evidence.url != page.url:
            continue
        found = _at_byte(page, finding.code, evidence) or _at_element(page, finding.code, evidence)
        if found:
            yield found


def _at_byte(page: Page, code: str, evidence: Evidence) -> Excerpt | None:
    at = evidence.offset
    if at is None or evidence.line is not None or at >= len(page.raw):
        return None
    text = page.raw[at : at + 4 * _LONGEST_MARK].decode(page.encoding, "replace")
    marked = text[: _mark_length(text, evidence.excerpt)]
    before = page.raw[max(0, at - 4 * _AROUND) : at].decode(page.encoding, "replace")[-_AROUND:]
    line = page.raw.count(b"\n", 0, at) + 1
    return Excerpt(code, before, marked, text[len(marked) : len(marked) + _AROUND], line)


def _mark_length(text: str, excerpt: str) -> int:
    """The excerpt when the source has it there, else the tag or the run of words that begins there."""
    if excerpt and text.startswith(excerpt):
        return min(len(excerpt), _LONGEST_MARK)
    end = text.find(">") + 1 if text.startswith("<") else text.find("<")
    return min(end if end > 0 else len(text), _LONGEST_MARK)


def _at_element(page: Page, code: str, evidence: Evidence) -> Excerpt | None:
    from bs4 import BeautifulSoup

    if not evidence.css_path:
        return None
    try:
        node = page.tree.css_first(evidence.css_path)
    except (SelectolaxError, ValueError):
        return None
    if node is None or not node.html:
        return None
    # cut before it is read: an element may be the whole page
    shown = BeautifulSoup(node.html[:_ELEMENT_CHARACTERS], "html.parser").prettify().strip()
    first, newline, rest = shown.partition("\n")
    return Excerpt(code, "", first[:_LONGEST_MARK], (newline + rest)[:_ELEMENT_CHARACTERS])
