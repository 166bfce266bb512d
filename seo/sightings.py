"""Where each published review is met: its class, which is the best way in which a reader without clicks meets it.
Whether it can be indexed from there is indexability.py's.

Without a browser what is only in the source is `inert` and what is nowhere `absent`, with rendering not evaluated.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from seo import occurrences, wanted
from seo.documents import Document
from seo.findings import Evidence
from seo.occurrences import Occurrence
from seo.rendered import RenderedPage
from seo.rendering.job import Trigger
from seo.truth import PublishedReview, Truth
from seo.wanted import Wanted


class ReviewClass(StrEnum):
    """How a reader meets a review, best first; ambiguous when the text does not tell whose it is."""

    RAW = "raw"
    RENDERED = "rendered"
    OPEN_SHADOW = "open-shadow"
    IFRAME = "iframe"
    HIDDEN = "hidden"
    PAGE_N = "page-n"
    TRUNCATED = "truncated"
    AFTER = "after-interaction"
    CLOSED_SHADOW = "closed-shadow"
    INERT = "inert"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One published review, its class, the share of its text that was found, and where.

    - `is_in_html`: the HTML as sent draws it. `trigger` brought it, for a review that appears after something was done.
    - `is_removed`: it is in the HTML as sent, and nowhere in what a browser makes of it.
    - `begins`: what was found is its beginning, as when it was cut short.
    """

    review: PublishedReview
    kind: ReviewClass
    share: float
    evidence: Evidence
    is_in_html: bool = False
    trigger: Trigger | None = None
    is_removed: bool = False
    begins: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """The documents in which reviews are looked for. Without a rendering its part is None."""

    page: Document
    frames: Sequence[Document] = ()
    later: Sequence[Document] = ()
    rendered: RenderedPage | None = None


@dataclass(slots=True)
class _Findings:
    """What was found of one review that is not a proven whole text."""

    part: Occurrence | None = None
    doubt: Occurrence | None = None

    def note(self, found: Occurrence) -> None:
        if found.is_whole:
            self.doubt = self.doubt or found
        elif found.is_proven and (self.part is None or found.share > self.part.share):
            self.part = found
        elif not found.is_proven:
            self.doubt = self.doubt or found


@dataclass(frozen=True, slots=True)
class _Tier:
    kind: ReviewClass
    documents: tuple[Document, ...] = ()
    trigger: Trigger | None = None
    shows_parts: bool = False


def sight(truth: Truth, places: Places) -> tuple[Sighting, ...]:
    """The class of every published review that has words, in the order of the truth; stars alone cannot be indexed."""
    tiers = tuple(_tiers(places))
    return tuple(_sighting(review, sought, places, tiers) for review, sought in wanted.published(truth))


def _tiers(places: Places) -> Iterator[_Tier]:
    """Where to look, best class first."""
    rendered = places.rendered
    if rendered is None:
        yield _Tier(ReviewClass.RAW, (places.page,), shows_parts=True)
        yield _Tier(ReviewClass.IFRAME, tuple(places.frames), shows_parts=True)
        yield _Tier(ReviewClass.PAGE_N, tuple(places.later), shows_parts=True)
        return
    yield _Tier(ReviewClass.RENDERED, (rendered.light,), shows_parts=True)
    yield _Tier(ReviewClass.OPEN_SHADOW, rendered.opened, shows_parts=True)
    yield _Tier(ReviewClass.IFRAME, tuple(each.document for each in rendered.frames), shows_parts=True)
    yield _Tier(ReviewClass.HIDDEN, rendered.whole)
    yield _Tier(ReviewClass.PAGE_N, tuple(places.later), shows_parts=True)


def _sighting(review: PublishedReview, sought: Wanted, places: Places, tiers: Sequence[_Tier]) -> Sighting:
    findings = _Findings()
    if found := _first_whole(sought, tiers, findings):
        tier, occurrence = found
        raw = _raw(sought, places)
        if raw and tier.kind in (ReviewClass.RENDERED, ReviewClass.RAW):
            # where the text stands in the bytes sent says more than where it was drawn
            return _seen(review, ReviewClass.RAW, raw, is_in_html=True)
        return _seen(review, tier.kind, occurrence, is_in_html=raw is not None)
    return _not_shown(review, sought, places, findings)


def _not_shown(review: PublishedReview, sought: Wanted, places: Places, findings: _Findings) -> Sighting:
    """A review that no untouched view shows in whole."""
    raw = _raw(sought, places) if places.rendered else None
    if raw:
        return _seen(review, ReviewClass.RAW, raw, is_in_html=True, is_removed=True)
    if findings.part:
        in_html = occurrences.drawn(sought, places.page)
        part = in_html if in_html and in_html.is_proven and in_html.share >= findings.part.share else findings.part
        return _seen(review, ReviewClass.TRUNCATED, part)
    if found := _first_whole(sought, tuple(_hidden_tiers(places)), findings):
        tier, occurrence = found
        return _seen(review, tier.kind, occurrence, trigger=tier.trigger)
    inert = occurrences.inert(sought, places.page)
    doubt = findings.doubt or (inert if inert and not inert.is_proven else None)
    if doubt:
        return _seen(review, ReviewClass.AMBIGUOUS, doubt)
    if inert:
        return _seen(review, ReviewClass.INERT, inert)
    return Sighting(review, ReviewClass.ABSENT, 0.0, Evidence(review.text[:60], review_id=review.id))


def _hidden_tiers(places: Places) -> Iterator[_Tier]:
    if places.rendered:
        for step in places.rendered.after:
            yield _Tier(ReviewClass.AFTER, step.documents, step.trigger)
        yield _Tier(ReviewClass.CLOSED_SHADOW, places.rendered.closed)


def _first_whole(sought: Wanted, tiers: Sequence[_Tier], findings: _Findings) -> tuple[_Tier, Occurrence] | None:
    for tier in tiers:
        for document in tier.documents:
            found = occurrences.drawn(sought, document)
            if found and found.is_whole and found.is_proven:
                return tier, found
            if found and (tier.shows_parts or found.is_whole):
                findings.note(found)
    return None


def _raw(sought: Wanted, places: Places) -> Occurrence | None:
    """The whole text, drawn by the HTML as sent."""
    found = occurrences.drawn(sought, places.page)
    return found if found and found.is_whole and found.is_proven else None


def _seen(
    review: PublishedReview,
    kind: ReviewClass,
    found: Occurrence,
    *,
    is_in_html: bool = False,
    trigger: Trigger | None = None,
    is_removed: bool = False,
) -> Sighting:
    return Sighting(review, kind, found.share, found.evidence, is_in_html, trigger, is_removed, found.begins)
