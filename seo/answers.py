"""What an address that a page names has answered: status, type, size, and who may read it. Asking is fetcher.py's."""

from dataclasses import dataclass
from functools import cached_property

from core.fetching import Fetched
from seo import image_header
from seo.image_header import ImageHeader
from seo.page import Page, from_fetched
from seo.robots import Line


@dataclass(frozen=True)
class Answer:
    """One address, asked once. `fetched` is None when there was no answer, and `failure` says why.

    `blocked_by` is the robots.txt line that keeps Googlebot from it.
    """

    url: str
    fetched: Fetched | None
    failure: str = ""
    blocked_by: Line | None = None

    @property
    def status(self) -> int | None:
        """The final status; None without an answer."""
        return self.fetched.status if self.fetched else None

    @property
    def content_type(self) -> str:
        """The media type as sent, without parameters, in lower case."""
        sent = self.fetched.header("content-type") if self.fetched else ""
        return sent.partition(";")[0].strip().lower()

    @property
    def byte_count(self) -> int | None:
        """The body's size; None when it was cut and no header tells."""
        if self.fetched is None:
            return None
        told = self.fetched.header("content-length")
        return len(self.fetched.body) if not self.fetched.is_cut else int(told) if told.isdecimal() else None

    @property
    def said(self) -> str:
        """Status or failure, for an excerpt."""
        return str(self.status) if self.fetched else self.failure

    @cached_property
    def page(self) -> Page | None:
        """The answer read as a page."""
        return from_fetched(self.fetched) if self.fetched else None

    @cached_property
    def image(self) -> ImageHeader | None:
        """What the picture's first bytes say; None when they are no picture's."""
        return image_header.read(self.fetched.body) if self.fetched else None
