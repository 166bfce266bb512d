"""RAT-19: a rating has more decimals than anybody counts. Whether it is right is rating-differs-from-reviews."""

from seo.findings import Outcome, Severity
from seo.ratings import Marked, aggregates, first, nothing_to_judge, review_ratings, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject

_MOST_DECIMALS = 2


def check(subject: Subject) -> Outcome:
    """At most two decimals. Evidence: each value with more."""
    ratings = [*aggregates(subject.structured), *review_ratings(subject.structured)]
    if not ratings:
        return nothing_to_judge(subject)
    return unless_unread(subject, [marked.shown("ratingValue") for marked in ratings if _is_long(marked)])


def _is_long(marked: Marked) -> bool:
    decimals = first(marked.rating, "ratingValue").strip().partition(".")[2]
    return decimals.isdecimal() and len(decimals) > _MOST_DECIMALS


RULE = Rule(
    code="RAT-19",
    id="overlong-rating-value",
    severity=Severity.WARNING,
    title_pass="Ratings have at most two decimals",
    title_fail="A rating has more than two decimals",
    why="4.495636998254799 matches nothing that the page shows, and tells that nobody rounded it.",
    example='"ratingValue": 4.495636998254799',
    remedy="Round the mean to one decimal, the same in text and markup.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
