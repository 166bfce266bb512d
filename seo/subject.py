"""All that the rules may look at, gathered before the first rule runs. Fetching it is gathering.py's."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from core import clock
from seo import alternates, canonicals, directives, review_photos, sightings, social_tags, structured_data
from seo.alternates import Alternate
from seo.answers import Answer
from seo.canonicals import Canonical
from seo.directives import Directive
from seo.feeds import Feed
from seo.fetcher import origin_of
from seo.findings import Reason
from seo.page import Page
from seo.review_photos import Photo
from seo.robots import Line, RobotsFile, RobotsUnreachable
from seo.sightings import Document, Leak, Sighting
from seo.surroundings import Surroundings
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
    - `around` is what the page names besides; None when nothing was asked (a saved file).
    - `feed` is the shop's review feed as far as it is about this page, when the caller has one.
    """

    document: Document
    robots: RobotsFile | RobotsUnreachable | None = None
    frames: tuple[Frame, ...] = ()
    later_pages: tuple[Document, ...] = ()
    unvisited: tuple[str, ...] = ()
    truth: Truth | None = None
    around: Surroundings | None = None
    feed: Feed | None = None
    checked_at: datetime = field(default_factory=clock.now)

    @property
    def page(self) -> Page:
        """The checked page."""
        return self.document.page

    def answer(self, url: str) -> Answer | None:
        """What a named address answered; None when it was not asked."""
        return self.around.answers.get(url) if self.around else None

    def robots_of(self, url: str) -> RobotsFile | RobotsUnreachable | None:
        """The robots.txt that rules an address; None when it was not asked for."""
        return self.around.robots.get(origin_of(url)) if self.around else None

    def unasked(self) -> Reason:
        """Why there is no answer of a named address."""
        return Reason.SAVED_FILE if self.around is None else Reason.LINK_NOT_FETCHED

    @cached_property
    def canonicals(self) -> tuple[Canonical, ...]:
        """Its declared canonical addresses."""
        return canonicals.canonicals(self.page)

    @cached_property
    def told_directives(self) -> tuple[Directive, ...]:
        """Its robots directives."""
        return directives.directives(self.page)

    @cached_property
    def alternates(self) -> tuple[Alternate, ...]:
        """Its declared language versions."""
        return alternates.alternates(self.page)

    @cached_property
    def photos(self) -> tuple[Photo, ...]:
        """The pictures inside its reviews."""
        return review_photos.photos(self.page)

    @cached_property
    def structured(self) -> structured_data.StructuredData:
        """Its schema.org items."""
        return structured_data.read(self.page)

    @cached_property
    def social(self) -> tuple[social_tags.SocialTag, ...]:
        """Its Open Graph and Twitter tags."""
        return social_tags.social_tags(self.page)

    @cached_property
    def googlebot(self) -> dict[str, Directive]:
        """The robots directives that hold for Googlebot."""
        return directives.held(self.told_directives)

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
