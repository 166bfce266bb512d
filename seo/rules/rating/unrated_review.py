"""RAT-10: a marked-up review has no rating. A rating whose value cannot be read is invalid-rating-value."""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity
from seo.ratings import first, nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every Review needs reviewRating.ratingValue. With author and date it may be shown all the same, and weighs less.

    Evidence: each that has none.
    """
    found = reviews(subject.structured)
    if not found:
        return nothing_to_judge(subject)
    bare = [review for review, _ in found if not _is_rated(review)]
    worse = [review for review in bare if not (review.text("author") and review.text("datePublished"))]
    severity = None if worse else Severity.WARNING
    return unless_unread(subject, [_shown(review) for review in worse or bare], severity=severity)


def _is_rated(review: Item) -> bool:
    # some write the number itself where the rating should be
    return any(first(rating, "ratingValue") for rating in review.items("reviewRating")) or bool(
        review.text("reviewRating")
    )


def _shown(review: Item) -> Evidence:
    return replace(
        review.evidence, excerpt=f"{review.syntax}: Review of {review.text('author')[:40]!r}: reviewRating=''"
    )


RULE = Rule(
    code="RAT-10",
    id="unrated-review",
    severity=Severity.ERROR,
    title_pass="Every marked-up review has its rating",
    title_fail="A marked-up review has no rating",
    why="A review is shown with its stars; one without a rating needs author and date at least, or it is an error.",
    example='{"@type": "Review", "reviewBody": "Pours well."}',
    remedy='Add "reviewRating": {"@type": "Rating", "ratingValue": 5}.',
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
