"""The elements of a page that many rules ask for, found in two walks of its tree. What they mean is the askers'.

Each walk of a tree costs about as much as a quarter of parsing it, whatever it looks for.
"""

from collections import defaultdict
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TAGS = ("meta", "link", "script", "base", "title", "h1", "iframe")
_CONTROLS = 'a:not([href]), a[href^="#"], a[href^="javascript:" i], a[href=""], button, [role="button"]'
# microdata, RDFa, what must not be quoted, and what looks like reviews
_MARKED = (
    "[itemscope], [itemprop], [typeof], [data-nosnippet]"
    ', [class*="review" i], [id*="review" i], [class*="avis-" i], [id="avis"]'
)

Told = dict[str, str | None]


class Elements:
    """The elements of one tree, in its order."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree

    def named(self, tag: str) -> list[LexborNode]:
        """The elements with this tag."""
        return self._by_tag.get(tag, []) if tag in _TAGS else self._tree.css(tag)

    @cached_property
    def controls(self) -> list[LexborNode]:
        """Buttons, and links without an address of their own."""
        return _once(self._tree.css(_CONTROLS))

    @cached_property
    def marked(self) -> list[tuple[LexborNode, Told]]:
        """Every element with one of the attributes that are found together, and all of its attributes."""
        return [(node, node.attributes) for node in _once(self._tree.css(_MARKED))]

    @cached_property
    def _by_tag(self) -> dict[str, list[LexborNode]]:
        found: dict[str, list[LexborNode]] = defaultdict(list)
        for node in self._tree.css(", ".join(_TAGS)):
            found[node.tag or ""].append(node)
        return dict(found)


def is_in_head(node: LexborNode) -> bool:
    """Whether the element stands in the head, as an HTML5 parser has it."""
    above = node.parent
    while above is not None and above.tag not in ("head", "body"):
        above = above.parent
    return above is not None and above.tag == "head"


def _once(nodes: list[LexborNode]) -> list[LexborNode]:
    # an element that fits several selectors is found several times
    return list({node.mem_id: node for node in nodes}.values())
