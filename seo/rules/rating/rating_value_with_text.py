"""RAT-02: a rating's number is written with a decimal comma or with words around it. No number is
invalid-rating-value.
"""

from seo.findings import Outcome, Severity
from seo.ratings import Form, Marked, aggregates, first, form_of, nothing_to_judge, review_ratings, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject

_VALUES = ("ratingValue", "bestRating", "worstRating")
_COUNTS = ("ratingCount", "reviewCount")
_UNREADABLE = (Form.COMMA, Form.WORDS)


def check(subject: Subject) -> Outcome:
    """Values and counts must be bare: `4.4`, not `4,4`; `3592`, not `(3592 Reviews)`. Evidence: what is written."""
    ratings = [*aggregates(subject.structured), *review_ratings(subject.structured)]
    if not ratings:
        return nothing_to_judge(subject)
    wrong = [(marked, name) for marked in ratings for name in (*_VALUES, *_COUNTS) if _is_wrong(marked, name)]
    return unless_unread(subject, [marked.shown(name) for marked, name in wrong])


def _is_wrong(marked: Marked, name: str) -> bool:
    return form_of(first(marked.rating, name)) in _UNREADABLE


RULE = Rule(
    code="RAT-02",
    id="rating-value-with-text",
    severity=Severity.ERROR,
    title_pass="Rating values and counts are bare numbers",
    title_fail="A rating value or count is written with a comma or words",
    why="Machines read 4,4 as no number, or as 44, and cannot read a count inside a sentence.",
    example='<span itemprop="ratingValue">4,4</span> <span itemprop="reviewCount">(3592 avis)</span>',
    remedy='Give machines the bare number: <data itemprop="ratingValue" value="4.4">4,4</data>.',
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
