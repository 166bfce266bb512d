"""RAT-03: a rating lies outside its own scale. Values that cannot be read are other rules'."""

from seo.findings import Outcome, Severity
from seo.ratings import Marked, aggregates, nothing_to_judge, review_ratings, scaled, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Each ratingValue must lie in [worstRating, bestRating], 1 to 5 when unstated. Evidence: the three.

    Source: https://schema.org/Rating (read 2026-11-20).
    """
    ratings = [*aggregates(subject.structured), *review_ratings(subject.structured)]
    if not ratings:
        return nothing_to_judge(subject)
    outside = [marked for marked in ratings if _is_outside(marked)]
    return unless_unread(subject, [marked.shown("ratingValue", "worstRating", "bestRating") for marked in outside])


def _is_outside(marked: Marked) -> bool:
    read = scaled(marked.rating)
    return read is not None and not read[1] <= read[0] <= read[2]


RULE = Rule(
    code="RAT-03",
    id="rating-out-of-range",
    severity=Severity.ERROR,
    title_pass="Every rating lies within its scale",
    title_fail="A rating lies outside its scale",
    why="A value beyond the scale, or a 0 where the scale begins at 1, is an error and costs the stars.",
    example='{"ratingValue": 8.6, "reviewCount": 40}',
    remedy="State bestRating and worstRating where the scale is not 1 to 5, and leave out ratings of nobody.",
    source="https://schema.org/Rating",
    check=check,
)
