"""The text of a page as readers meet it, and apart from it the text that is in the source but never drawn.

Without a browser "drawn" means: in the HTML5 tree, outside what browsers never draw. Matching texts is matching.py's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from seo.page import Page

NEVER_DRAWN = frozenset(
    {"head", "script", "style", "template", "noscript", "iframe", "noembed", "noframes", "datalist"}
)
# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "video",
})
# fmt: on
_LONG_ATTRIBUTE = 20
# what JSON and scripts write for characters
_JSON_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_JSON_BLANKS = re.compile(r"\\[nrtbf]")
_TAGS = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Piece:
    """One text node's text; `begins_block` when something blockish lies between it and the piece before."""

    text: str
    node: LexborNode
    begins_block: bool


@dataclass(frozen=True, slots=True)
class InertText:
    """Text in the source that is not drawn: its container (`template`, `script` ...), where, and the text decoded."""

    container: str
    path: str
    text: str


def drawn_pieces(root: LexborNode) -> Iterator[Piece]:
    """Text nodes under `root` in document order, without those in elements that are never drawn."""
    node: LexborNode | None = root
    begins_block = True
    while node is not None:
        if node.is_text_node:
            text = node.text_content or ""
            if text:
                yield Piece(text, node, begins_block)
                begins_block = False
        elif node.tag in _BLOCKS:
            begins_block = True
        if node.first_child is not None and node.tag not in NEVER_DRAWN:
            node = node.first_child
            continue
        while node is not None and node.next is None:
            if node.mem_id == root.mem_id:
                return
            node = node.parent
            begins_block |= node is not None and node.tag in _BLOCKS
        if node is None or node.mem_id == root.mem_id:
            return
        node = node.next


def inert_texts(page: Page) -> Iterator[InertText]:
    """What the source holds undrawn: templates, noscript, scripts, comments, long attribute values."""
    tree = page.tree
    for fragment in tree.template_fragments():
        holder = fragment.parent
        path = page.places.css_path(holder) if holder is not None else "template"
        yield InertText("template", path, fragment.text(separator=" ") or "")
    for node in tree.css("script"):
        source = node.text() or ""
        if len(source) > _LONG_ATTRIBUTE:
            yield InertText("script", page.places.css_path(node), from_script(source))
    if tree.root is not None:
        yield from _comments_and_attributes(tree.root, page)


def _comments_and_attributes(root: LexborNode, page: Page) -> Iterator[InertText]:
    for node in root.traverse(include_text=True, skip_empty=False):
        if node.is_comment_node:
            # page.py keeps what stands in noscript as a comment
            is_noscript = node.parent is not None and node.parent.tag == "noscript"
            text = _TAGS.sub(" ", node.comment_content or "")
            yield InertText("noscript" if is_noscript else "comment", page.places.css_path(node), text)
        elif node.is_element_node and node.tag not in ("script", "link", "meta"):
            long = [(name, value) for name, value in node.attributes.items() if value and _may_be_text(name, value)]
            path = page.places.css_path(node) if long else ""
            for name, value in long:
                yield InertText(f"attribute {name}", path, _TAGS.sub(" ", from_script(value)))


def _may_be_text(name: str, value: str) -> bool:
    return len(value) > _LONG_ATTRIBUTE and " " in value and name not in ("class", "style", "d")


def from_script(source: str) -> str:
    """A script's strings as a reader would see them: escapes undone, tags taken out."""
    text = _JSON_UNICODE.sub(_character, source).replace('\\"', '"').replace("\\/", "/")
    return _TAGS.sub(" ", _JSON_BLANKS.sub(" ", text))


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    # halves of a pair stand for an emoji, which matching leaves out anyway
    return " " if "\ud800" <= character <= "\udfff" else character
