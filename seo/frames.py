"""Frames of a page, each a document of its own. Fetching them is gathering.py's, drawing them rendered.py's."""

from dataclasses import dataclass

from seo import directives
from seo.documents import Document
from seo.robots import Line


@dataclass(frozen=True)
class Frame:
    """An `<iframe>` of the page: its address (empty for srcdoc), its element, and its document when it could be had.

    `blocked_by` is the robots.txt line that keeps Googlebot from it.
    """

    src: str
    css_path: str
    document: Document | None
    blocked_by: Line | None = None
    failure: str = ""

    @property
    def gives_itself(self) -> bool:
        """Whether its text counts as the page's: `noindex, indexifembedded`, and free to be crawled."""
        if self.document is None or self.blocked_by:
            return False
        held = directives.for_googlebot(self.document.page)
        return "noindex" in held and "indexifembedded" in held

    @property
    def keeps_itself(self) -> bool:
        """Whether its text surely counts for nothing: it may not be crawled, or says noindex and no more."""
        if self.document is None:
            return False
        held = directives.for_googlebot(self.document.page)
        return self.blocked_by is not None or ("noindex" in held and "indexifembedded" not in held)

    @property
    def is_guarded(self) -> bool:
        """Whether it says where it may be framed, so that only a browser tells whether it is."""
        headers = self.document.page.headers if self.document else ()
        return any(
            name.lower() == "x-frame-options"
            or (name.lower() == "content-security-policy" and "frame-ancestors" in value.lower())
            for name, value in headers
        )

    @property
    def said(self) -> str:
        """What is known of it, for evidence: why it could not be had, robots.txt's line, its own directives."""
        words = [self.failure] if self.failure else []
        if self.blocked_by:
            words.append(f"robots.txt:{self.blocked_by.number} {self.blocked_by.source}")
        if self.document:
            words.append(", ".join(directives.for_googlebot(self.document.page)) or "no directive")
        return "; ".join(words)
