"""RAT-01: a rating has no value, or one that is no number. Commas and words beside a number are
rating-value-with-text.
"""

from seo.findings import Outcome, Severity
from seo.ratings import Form, aggregates, first, form_of, nothing_to_judge, review_ratings, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Each ratingValue must be a number, a fraction or a percentage, in every AggregateRating and Rating of a
    Review.
    """
    ratings = [*aggregates(subject.structured), *review_ratings(subject.structured)]
    if not ratings:
        return nothing_to_judge(subject)
    wrong = [marked for marked in ratings if form_of(first(marked.rating, "ratingValue")) is Form.NOTHING]
    return unless_unread(subject, [marked.shown("ratingValue") for marked in wrong])


RULE = Rule(
    code="RAT-01",
    id="invalid-rating-value",
    severity=Severity.ERROR,
    title_pass="Every rating has a value",
    title_fail="A rating has no value that could be read",
    why="A rating without a readable value makes the whole item ineligible for stars.",
    example='"aggregateRating": {"@type": "AggregateRating", "ratingValue": "", "reviewCount": 12}',
    remedy="Write the mean as a number with a dot (4.6), or leave the rating out while there is none.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
