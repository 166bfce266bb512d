"""Can a review be indexed from where it is met? Yes, no, or it depends, with the reason. Where it is met is
sightings.py's.

"Yes" needs every condition to be known: the page, the document that holds the text and all that draws it are free to
be crawled and indexed. What was not looked at is never a yes.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from seo import canonicals, directives, robots
from seo.findings import Evidence
from seo.page import Page
from seo.robots import RobotsFile, RobotsUnreachable
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject

# https://developers.google.com/search/docs/crawling-indexing/googlebot: the rest of a page is not read
READ_BYTES = 2_000_000


class Indexable(StrEnum):
    """Whether a search engine can take a review's text from this page."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


class IndexReason(StrEnum):
    """Why. The sentence is the catalogue's, keyed `index.<value>`."""

    IN_HTML = "in-html"
    DRAWN_BY_SCRIPTS = "drawn-by-scripts"
    IN_OPEN_SHADOW = "in-open-shadow"
    FRAME_GIVES_ITSELF = "frame-gives-itself"
    ON_LINKED_PAGE = "on-linked-page"
    PAGE_NOT_OK = "page-not-ok"
    PAGE_NOINDEX = "page-noindex"
    PAGE_DISALLOWED = "page-disallowed"
    BEYOND_READING = "beyond-reading"
    SOURCE_DISALLOWED = "source-disallowed"
    FRAME_KEEPS_ITSELF = "frame-keeps-itself"
    PART_ONLY = "part-only"
    NEEDS_CLICK = "needs-click"
    NEEDS_SCROLL = "needs-scroll"
    NEVER_DRAWN = "never-drawn"
    NOWHERE = "nowhere"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    CANONICAL_ELSEWHERE = "canonical-elsewhere"
    NOT_FETCHED = "not-fetched"
    REMOVED_BY_SCRIPTS = "removed-by-scripts"
    FRAME_PLAIN = "frame-plain"
    HIDDEN = "hidden"
    CLOSED_SHADOW = "closed-shadow"
    NEEDS_TIME = "needs-time"
    NOT_RENDERED = "not-rendered"
    NOT_ALL_READ = "not-all-read"
    TOO_SHORT = "too-short"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One review's answer; the evidence is what decided, in addition to the sighting's own."""

    sighting: Sighting
    indexable: Indexable
    reason: IndexReason
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    indexable: Indexable
    reason: IndexReason
    evidence: Evidence | None = None


def judged(subject: Subject) -> tuple[Judgement, ...]:
    """Every sighted review's answer, in the order of the truth."""
    of_page = _of_page(subject.page, subject.robots, subject.rendered.light.page if subject.rendered else None)
    seen_by_googlebot = {each.review.id: each.kind for each in subject.googlebot_sightings}
    answers = []
    for sighting in subject.sightings:
        answer = _answer(sighting, subject, of_page, seen_by_googlebot)
        answers.append(Judgement(sighting, answer.indexable, answer.reason, answer.evidence))
    return tuple(answers)


def _answer(
    sighting: Sighting, subject: Subject, of_page: _Answer | None, seen_by_googlebot: dict[str, ReviewClass]
) -> _Answer:
    own = _of_class(sighting, subject)
    # a linked page is crawled for itself, whatever holds for the checked one
    is_of_page = sighting.kind is not ReviewClass.PAGE_N and own.indexable is not Indexable.NO
    if is_of_page and of_page and (own.indexable is Indexable.YES or of_page.indexable is Indexable.NO):
        return of_page
    if own.indexable is not Indexable.NO and _is_lost_to_googlebot(sighting, seen_by_googlebot):
        return _Answer(Indexable.NO, IndexReason.SOURCE_DISALLOWED, _blocking(sighting, subject))
    return own


def _of_class(sighting: Sighting, subject: Subject) -> _Answer:
    if special := _SPECIAL.get(sighting.kind):
        return special(sighting, subject)
    return _PLAIN[sighting.kind]


def _raw(sighting: Sighting, subject: Subject) -> _Answer:
    if sighting.is_removed:
        return _Answer(Indexable.DEPENDS, IndexReason.REMOVED_BY_SCRIPTS)
    if (sighting.evidence.offset or 0) >= READ_BYTES:
        return _Answer(Indexable.NO, IndexReason.BEYOND_READING, sighting.evidence)
    return _Answer(Indexable.YES, IndexReason.IN_HTML)


def _framed(sighting: Sighting, subject: Subject) -> _Answer:
    frame = subject.frame_at(sighting.evidence.url)
    if frame is None:
        return _Answer(Indexable.DEPENDS, IndexReason.FRAME_PLAIN)
    evidence = Evidence(f"iframe: {frame.said}", css_path=frame.css_path, url=frame.src)
    if frame.gives_itself and subject.rendered is None and frame.is_guarded:
        return _Answer(Indexable.DEPENDS, IndexReason.NOT_RENDERED, evidence)
    if frame.gives_itself:
        return _Answer(Indexable.YES, IndexReason.FRAME_GIVES_ITSELF, evidence)
    if frame.keeps_itself:
        return _Answer(Indexable.NO, IndexReason.FRAME_KEEPS_ITSELF, evidence)
    return _Answer(Indexable.DEPENDS, IndexReason.FRAME_PLAIN, evidence)


def _on_later_page(sighting: Sighting, subject: Subject) -> _Answer:
    for document in subject.later_pages:
        if document.address == sighting.evidence.url:
            known = subject.later_robots.get(document.address)
            return _of_page(document.page, known, None) or _Answer(Indexable.YES, IndexReason.ON_LINKED_PAGE)
    return _Answer(Indexable.DEPENDS, IndexReason.NOT_FETCHED)


def _after(sighting: Sighting, subject: Subject) -> _Answer:
    how = sighting.trigger.how if sighting.trigger else ""
    if how == "wait":
        return _Answer(Indexable.DEPENDS, IndexReason.NEEDS_TIME)
    return _Answer(Indexable.NO, IndexReason.NEEDS_SCROLL if how == "scroll" else IndexReason.NEEDS_CLICK)


def _truncated(sighting: Sighting, subject: Subject) -> _Answer:
    if subject.rendered is None:
        # a script may bring the rest
        return _Answer(Indexable.DEPENDS, IndexReason.NOT_RENDERED)
    return _Answer(Indexable.NO, IndexReason.PART_ONLY)


def _inert(sighting: Sighting, subject: Subject) -> _Answer:
    if subject.rendered is None:
        return _Answer(Indexable.DEPENDS, IndexReason.NOT_RENDERED)
    return _Answer(Indexable.NO, IndexReason.NEVER_DRAWN)


def _absent(sighting: Sighting, subject: Subject) -> _Answer:
    if subject.rendered is None:
        return _Answer(Indexable.DEPENDS, IndexReason.NOT_RENDERED)
    if subject.rendered.is_cut or subject.page.is_cut or subject.unvisited:
        return _Answer(Indexable.DEPENDS, IndexReason.NOT_ALL_READ)
    return _Answer(Indexable.NO, IndexReason.NOWHERE)


_SPECIAL = {
    ReviewClass.RAW: _raw,
    ReviewClass.IFRAME: _framed,
    ReviewClass.PAGE_N: _on_later_page,
    ReviewClass.TRUNCATED: _truncated,
    ReviewClass.AFTER: _after,
    ReviewClass.INERT: _inert,
    ReviewClass.ABSENT: _absent,
}
_PLAIN = {
    ReviewClass.RENDERED: _Answer(Indexable.YES, IndexReason.DRAWN_BY_SCRIPTS),
    ReviewClass.OPEN_SHADOW: _Answer(Indexable.YES, IndexReason.IN_OPEN_SHADOW),
    ReviewClass.HIDDEN: _Answer(Indexable.DEPENDS, IndexReason.HIDDEN),
    ReviewClass.CLOSED_SHADOW: _Answer(Indexable.DEPENDS, IndexReason.CLOSED_SHADOW),
    ReviewClass.AMBIGUOUS: _Answer(Indexable.DEPENDS, IndexReason.TOO_SHORT),
}


def _of_page(page: Page, known: RobotsFile | RobotsUnreachable | None, rendered: Page | None) -> _Answer | None:
    """What the page itself says against all that is on it; None when it says nothing."""
    if page.status is None:
        return _Answer(Indexable.DEPENDS, IndexReason.NOT_FETCHED)
    if page.status != 200:
        return _Answer(Indexable.NO, IndexReason.PAGE_NOT_OK, Evidence(str(page.status), url=page.url))
    for each in (page, rendered):
        # a script can add a noindex, and cannot take one back
        if each and (directive := directives.for_googlebot(each).get("noindex")):
            return _Answer(Indexable.NO, IndexReason.PAGE_NOINDEX, directive.evidence)
    if isinstance(known, RobotsUnreachable):
        return _Answer(Indexable.DEPENDS, IndexReason.ROBOTS_UNREACHABLE, Evidence("", url=known.url))
    if known and not (decision := robots.for_googlebot(known, page.url)).is_allowed and decision.line:
        evidence = Evidence(decision.line.source, line=decision.line.number, url=known.url)
        return _Answer(Indexable.NO, IndexReason.PAGE_DISALLOWED, evidence)
    return _elsewhere(page)


def _elsewhere(page: Page) -> _Answer | None:
    for canonical in canonicals.canonicals(page):
        if canonical.counts and _same(canonical.url) != _same(page.url):
            return _Answer(Indexable.DEPENDS, IndexReason.CANONICAL_ELSEWHERE, canonical.evidence)
    return None


def _same(url: str) -> tuple[str, ...]:
    """An address as far as two of them mean the same page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return (url,)
    return parts.netloc.lower(), parts.path.rstrip("/"), parts.query


# classes that Googlebot's own rendering has to show too, when it may not load all that the page loads
_DRAWN = frozenset({
    ReviewClass.RAW, ReviewClass.RENDERED, ReviewClass.OPEN_SHADOW, ReviewClass.IFRAME, ReviewClass.HIDDEN,
    ReviewClass.CLOSED_SHADOW,
})  # fmt: skip


def _is_lost_to_googlebot(sighting: Sighting, seen_by_googlebot: dict[str, ReviewClass]) -> bool:
    if sighting.kind not in _DRAWN or sighting.is_removed or not seen_by_googlebot:
        return False
    return seen_by_googlebot.get(sighting.review.id) not in _DRAWN


def _blocking(sighting: Sighting, subject: Subject) -> Evidence | None:
    """The disallowed resource that carried the review, else the first that is disallowed."""
    blocked = subject.rendered.blocked if subject.rendered else ()
    carried = {exchange.url for exchange in subject.carriers(sighting.review.id)}
    best = next((each for each in blocked if each.url in carried), blocked[0] if blocked else None)
    if best is None:
        return None
    return Evidence(f"{best.url}: {best.line.source}", line=best.line.number, url=best.robots_url)
