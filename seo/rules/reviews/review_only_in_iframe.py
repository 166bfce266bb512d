"""REV-04: reviews stand only inside a framed document. Frames that give themselves to the page are fine."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.frames import Frame
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """A review met only in a frame counts for the page when the frame says `noindex, indexifembedded` and may be
    crawled.

    Evidence: the review, then the frame's address and what its own directives and robots.txt say.
    """
    if reason := without_reviews(subject):
        return reason
    framed = of_class(subject, ReviewClass.IFRAME)
    lost = [
        sighting for sighting in framed if (frame := _frame_of(sighting, subject)) is None or not frame.gives_itself
    ]
    unread = [frame for frame in subject.frames if frame.document is None]
    if not lost and unread and of_class(subject, ReviewClass.ABSENT):
        return not_evaluated(Reason.FRAMES_NOT_FETCHED, *(_shown(frame) for frame in unread))
    frames = dict.fromkeys(frame for sighting in lost if (frame := _frame_of(sighting, subject)))
    return failed_if([*(_shown(frame) for frame in frames), *map(told, lost)])


def _frame_of(sighting: Sighting, subject: Subject) -> Frame | None:
    return subject.frame_at(sighting.evidence.url)


def _shown(frame: Frame) -> Evidence:
    return Evidence(f"iframe: {frame.said}", css_path=frame.css_path, url=frame.src)


RULE = Rule(
    code="REV-04",
    id="review-only-in-iframe",
    severity=Severity.ERROR,
    title_pass="No review depends on an iframe",
    title_fail="Reviews stand only inside an iframe",
    why="A framed document is a page of its own: its text counts for the product page by chance, or not at all.",
    example='<iframe src="https://reviews.example/widget?product=42"></iframe>',
    remedy="Put the reviews into the page itself, or let the framed document say `noindex, indexifembedded`.",
    source="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag",
    check=check,
)
