"""RAT-08: a marked-up review has no author that counts as one. Other properties of a review are other rules'."""

from seo.findings import Evidence, Outcome, Severity
from seo.ratings import nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject

LONGEST = 100


def check(subject: Subject) -> Outcome:
    """Every Review needs an author: a Person or Organization with a name of fewer than 100 characters.

    A bare string is read by most and weighs less. Evidence: what stands there.
    """
    found = reviews(subject.structured)
    if not found:
        return nothing_to_judge(subject)
    missing = [_shown(review) for review, _ in found if not 0 < len(review.text("author")) < LONGEST]
    if missing:
        return unless_unread(subject, missing)
    bare = [_shown(review) for review, _ in found if not review.items("author")]
    return unless_unread(subject, bare, severity=Severity.WARNING)


def _shown(review: Item) -> Evidence:
    place = review.evidence
    excerpt = f"{review.syntax}: Review.author={review.text('author')[:80]!r}"
    return Evidence(excerpt, offset=place.offset, css_path=place.css_path)


RULE = Rule(
    code="RAT-08",
    id="invalid-review-author",
    severity=Severity.ERROR,
    title_pass="Every marked-up review names its author",
    title_fail="A marked-up review does not name its author properly",
    why="A review needs an author with a valid name, as a Person or Organization, or it is not shown.",
    example='{"@type": "Review", "author": "", "reviewRating": {…}}',
    remedy='Write "author": {"@type": "Person", "name": "Anne D."}.',
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
