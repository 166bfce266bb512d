"""REV-01: published reviews are missing from the page's HTML. Where else they are is told by the rules beside."""

from seo.findings import Outcome, Reason, Severity, ambiguous, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_reviews
from seo.sightings import ReviewClass
from seo.subject import Subject

# what a browser shows may still be missing from the HTML; a further page is a rule of its own
_ELSEWHERE = tuple(
    kind
    for kind in ReviewClass
    if kind not in (ReviewClass.RAW, ReviewClass.PAGE_N, ReviewClass.ABSENT, ReviewClass.AMBIGUOUS)
)


def check(subject: Subject) -> Outcome:
    """Every published review must be drawn by the HTML as served, here or on a page reached by `<a href>`.

    - A review on a later page is another rule's; while later pages were not read, an absent review is not judged.
    - A text too short to tell whose it is makes the answer ambiguous, never a pass.
    """
    if reason := without_reviews(subject):
        return reason
    missing = [sighting for sighting in of_class(subject, *_ELSEWHERE) if not sighting.is_in_html]
    absent = of_class(subject, ReviewClass.ABSENT)
    if absent and (subject.unvisited or subject.page.is_cut):
        if not missing:
            reason_code = Reason.PAGE_CUT if subject.page.is_cut else Reason.PAGES_NOT_VISITED
            return not_evaluated(reason_code, *map(told, absent))
    else:
        missing += absent
    if missing:
        return failed(*map(told, missing))
    doubtful = of_class(subject, ReviewClass.AMBIGUOUS)
    return ambiguous(Reason.TEXT_TOO_SHORT, *map(told, doubtful)) if doubtful else passed()


RULE = Rule(
    code="REV-01",
    id="review-not-in-html",
    severity=Severity.ERROR,
    title_pass="Every published review is in the HTML",
    title_fail="Published reviews are missing from the HTML",
    why="What is not in the HTML as served waits for rendering, which may come late or never; many crawlers run none.",
    example='<div id="reviews"></div><script src="/reviews-widget.js"></script>',
    remedy="Put the reviews into the page on the server, for instance with the review fragment.",
    source="https://developers.google.com/search/docs/appearance/structured-data/product-snippet",
    check=check,
)
