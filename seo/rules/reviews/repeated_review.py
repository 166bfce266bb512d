"""REV-15: a review's text is drawn several times on the page. Whether it is drawn at all is review-not-in-html."""

from seo import matching
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.sighted import of_class, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.signatures import occurrences
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every drawn review stands there once; short texts, which anybody may have written too, are left out.

    Evidence: each place after the first.
    """
    if reason := without_reviews(subject):
        return reason
    drawn = of_class(subject, ReviewClass.RAW)
    if not drawn:
        return NOT_APPLICABLE
    again = [shown for sighting in drawn for shown in _copies(sighting, subject)]
    return failed(*again) if again else passed()


def _copies(sighting: Sighting, subject: Subject) -> list[Evidence]:
    words = matching.tokens(sighting.review.text)
    if matching.is_short(words):
        return []
    index = subject.document.index
    whole = [at for at in occurrences(index, words) if index.words[at : at + len(words)] == words]
    nodes = [index.node(at) for at in whole[1:]]
    places = subject.page.places
    excerpt = f"{sighting.review.author}: {sighting.review.text[:60]}"
    return [Evidence(excerpt, css_path=places.css_path(node), review_id=sighting.review.id) for node in nodes if node]


RULE = Rule(
    code="REV-15",
    id="repeated-review",
    severity=Severity.INFO,
    title_pass="Every review stands on the page once",
    title_fail="Reviews stand on the page more than once",
    why="Copies for phone and desktop double the page, and markup in both announces each review twice.",
    example='<div class="mobile-only">…</div><div class="desktop-only">…</div> with the same reviews',
    remedy="Keep one copy and let CSS lay it out for each screen.",
    source="https://developers.google.com/search/docs/crawling-indexing/mobile/mobile-sites-mobile-first-indexing",
    check=check,
)
