"""All that the rules may look at, gathered before the first rule runs. Fetching it is gathering.py's."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from selectolax.lexbor import LexborNode

from core import clock
from seo import (
    alternates,
    canonicals,
    directives,
    leaks,
    matching,
    occurrences,
    pagination,
    review_photos,
    sightings,
    social_tags,
    structured_data,
    wanted,
)
from seo.alternates import Alternate
from seo.answers import Answer
from seo.canonicals import Canonical
from seo.directives import Directive
from seo.documents import Document
from seo.drawn_text import from_script
from seo.feeds import Feed
from seo.fetcher import origin_of
from seo.findings import Reason
from seo.frames import Frame
from seo.leaks import Leak
from seo.matching import TextIndex
from seo.page import Page
from seo.rendered import RenderedPage
from seo.rendering.job import Exchange
from seo.review_photos import Photo
from seo.robots import RobotsFile, RobotsUnreachable
from seo.sightings import Places, ReviewClass, Sighting
from seo.surroundings import Surroundings
from seo.truth import Truth
from seo.wanted import Wanted

# what the page's scripts ask for; documents are looked at as pages
_FOR_SCRIPTS = frozenset({"script", "xhr", "fetch"})


@dataclass(frozen=True)
class Subject:
    """One page with its surroundings.

    - `robots` is None when it was not asked for (a saved file). `truth` is None when the caller has none.
    - `unvisited` are later pages of reviews that are linked but were not read; `later_robots` the robots.txt of those
      that were, by address.
    - `around` is what the page names besides; None when nothing was asked (a saved file).
    - `feed` is the shop's review feed as far as it is about this page, when the caller has one.
    - `rendered` is what a browser made of the page; None when there is nothing, then `unrendered` says why, and
      `render_failure` what a browser that failed has said.
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
    rendered: RenderedPage | None = None
    unrendered: Reason = Reason.NOT_RENDERED
    render_failure: str = ""
    later_robots: dict[str, RobotsFile | RobotsUnreachable] = field(default_factory=dict)

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
        return review_photos.photos(self.page, self.review_boxes)

    @cached_property
    def linked_pages(self) -> tuple[str, ...]:
        """The further pages of reviews that it links, visited or not."""
        # where nothing looks like reviews and none are known, no page can be a further page of them
        has_reviews = bool(self.review_boxes) or self.truth is not None
        return pagination.later_pages(self.page) if self.page.url and has_reviews else ()

    @cached_property
    def review_boxes(self) -> tuple[LexborNode, ...]:
        """The outermost elements that look like reviews."""
        return review_photos.boxes(self.page)

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
        return sightings.sight(self.truth, self._places(self.rendered))

    @cached_property
    def googlebot_sightings(self) -> tuple[Sighting, ...]:
        """The classes without what robots.txt keeps Googlebot from loading; empty when that is nothing."""
        if self.truth is None or self.rendered is None or self.rendered.as_googlebot is None:
            return ()
        return sightings.sight(self.truth, self._places(self.rendered.as_googlebot))

    @cached_property
    def leaks(self) -> tuple[Leak, ...]:
        """The texts that should be gone and are not; empty without truth."""
        if self.truth is None:
            return ()
        framed = [frame.document for frame in self.frames if frame.document]
        return leaks.leaks(self.truth, [self.document, *framed, *self._drawn(), *self.later_pages])

    def frame_at(self, address: str) -> Frame | None:
        """The frame whose document was read there, as drawn when the page was rendered."""
        drawn = [each.frame for each in self.rendered.frames] if self.rendered else []
        for frame in (*drawn, *self.frames):
            if frame.document and frame.document.address == address:
                return frame
        return None

    def drawn_document(self, sighting: Sighting) -> Document | None:
        """The view of the drawn page in which a review in a shadow root, or a hidden one, was met."""
        if self.rendered is None:
            return None
        views = {
            ReviewClass.OPEN_SHADOW: self.rendered.opened,
            ReviewClass.CLOSED_SHADOW: self.rendered.closed,
            ReviewClass.HIDDEN: self.rendered.whole,
        }.get(sighting.kind, ())
        return next((document for document in views if document.address == sighting.evidence.url), None)

    def carriers(self, review_id: str) -> tuple[Exchange, ...]:
        """The answers to the page's scripts that carried this review's text."""
        sought = self._wanted.get(review_id)
        if sought is None:
            return ()
        return tuple(exchange for exchange, index in self._answers if occurrences.holds(sought, index))

    @cached_property
    def _answers(self) -> tuple[tuple[Exchange, TextIndex], ...]:
        exchanges = self.rendered.exchanges if self.rendered else ()
        return tuple(
            (exchange, matching.index_of_text(from_script(exchange.body)))
            for exchange in exchanges
            if exchange.kind in _FOR_SCRIPTS and exchange.body
        )

    @cached_property
    def _wanted(self) -> dict[str, Wanted]:
        return {review.id: sought for review, sought in wanted.published(self.truth)} if self.truth else {}

    def _places(self, rendered: RenderedPage | None) -> Places:
        framed = [frame.document for frame in self.frames if frame.document]
        return Places(self.document, framed, self.later_pages, rendered)

    def _drawn(self) -> list[Document]:
        """All that the browser showed of the page, hidden text too."""
        if self.rendered is None:
            return []
        drawn = self.rendered
        after = [document for view in drawn.after for document in view.documents]
        framed = [each.document for each in drawn.frames]
        return [drawn.light, *drawn.opened, *drawn.closed, *drawn.whole, *framed, *after]
