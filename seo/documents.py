"""A page as something to be read: the words drawn on it, and the texts that its source holds undrawn. Whose words they
are is occurrences.py's.
"""

from dataclasses import dataclass
from functools import cached_property

from seo import matching
from seo.drawn_text import NEVER_DRAWN, inert_texts
from seo.findings import Evidence
from seo.matching import TextIndex
from seo.page import Page

_LABELS = ("aria-label", "title", "alt")
_LABELLED = ", ".join(f"[{name}]" for name in _LABELS)


@dataclass(frozen=True)
class Document:
    """A page with the words drawn on it.

    - `chain` is the way from the checked page to it; empty for the page itself.
    - `is_rendered`: the page is what a browser made of it, so its bytes are nobody's and are not pointed at.
    """

    page: Page
    chain: tuple[str, ...] = ()
    is_rendered: bool = False

    @property
    def address(self) -> str:
        """Where it was read, empty for the checked page itself."""
        return self.chain[-1] if self.chain else ""

    @cached_property
    def index(self) -> TextIndex:
        """The words drawn, in order."""
        root = self.page.tree.root
        return matching.index_of_node(root) if root is not None else TextIndex(())

    @cached_property
    def visible_text(self) -> str:
        """All text that is drawn, and the labels that stand for pictures of text, in one string: for a quick look."""
        if self.page.tree.body is None:
            return ""
        body = self.page.tree.body.clone()
        body.strip_tags([*NEVER_DRAWN - {"head"}], recursive=True)
        labels = (node.attributes.get(name) or "" for node in body.css(_LABELLED) for name in _LABELS)
        return " ".join([body.text(separator=" "), *labels])

    @cached_property
    def squeezed_text(self) -> str:
        """The same as texts are compared, without any blank."""
        return "".join(matching.normalised(self.visible_text).split())

    @cached_property
    def inert(self) -> tuple[tuple[Evidence, TextIndex], ...]:
        """The texts that are in the source and not drawn, each with its container."""
        return tuple(
            (Evidence(text.container, css_path=text.path), matching.index_of_text(text.text))
            for text in inert_texts(self.page)
        )
