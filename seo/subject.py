"""All that the rules may look at, gathered before the first rule runs. Fetching it is gathering.py's."""

from dataclasses import dataclass
from functools import cached_property

from seo import directives, sightings, social_tags, structured_data
from seo.page import Page
from seo.robots import Line, RobotsFile, RobotsUnreachable
from seo.sightings import Document, Leak, Sighting
from seo.truth import Truth


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


@dataclass(frozen=True)
class Subject:
    """One page with its surroundings.

    - `robots` is None when it was not asked for (a saved file). `truth` is None when the caller has none.
    - `unvisited` are later pages of reviews that are linked but were not read.
    """

    document: Document
    robots: RobotsFile | RobotsUnreachable | None = None
    frames: tuple[Frame, ...] = ()
    later_pages: tuple[Document, ...] = ()
    unvisited: tuple[str, ...] = ()
    truth: Truth | None = None

    @property
    def page(self) -> Page:
        """The checked page."""
        return self.document.page

    @cached_property
    def structured(self) -> structured_data.StructuredData:
        """Its schema.org items."""
        return structured_data.read(self.page)

    @cached_property
    def social(self) -> tuple[social_tags.SocialTag, ...]:
        """Its Open Graph and Twitter tags."""
        return social_tags.social_tags(self.page)

    @cached_property
    def googlebot(self) -> dict[str, directives.Directive]:
        """The robots directives that hold for Googlebot."""
        return directives.for_googlebot(self.page)

    @cached_property
    def sightings(self) -> tuple[Sighting, ...]:
        """The class of every published review; empty without truth."""
        if self.truth is None:
            return ()
        framed = [frame.document for frame in self.frames if frame.document]
        return sightings.sight(self.truth, self.document, frames=framed, later=self.later_pages)

    @cached_property
    def leaks(self) -> tuple[Leak, ...]:
        """The texts that should be gone and are not; empty without truth."""
        if self.truth is None:
            return ()
        framed = [frame.document for frame in self.frames if frame.document]
        return sightings.leaks(self.truth, [self.document, *framed, *self.later_pages])
