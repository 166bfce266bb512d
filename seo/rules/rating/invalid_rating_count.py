"""RAT-04: an aggregate does not say how many rated, or says none. Counts wrapped in words are
rating-value-with-text.
"""

import re

from seo.findings import Outcome, Severity
from seo.ratings import Form, Marked, aggregates, first, form_of, nothing_to_judge, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject

_COUNTS = ("ratingCount", "reviewCount")
_INTEGER = re.compile(r"\+?0*[1-9]\d{0,11}(\.0+)?")


def check(subject: Subject) -> Outcome:
    """A ratingCount or reviewCount must be there, and each that is there an integer of at least 1."""
    found = aggregates(subject.structured)
    if not found:
        return nothing_to_judge(subject)
    return unless_unread(subject, [marked.shown(*_COUNTS) for marked in found if _is_wrong(marked)])


def _is_wrong(marked: Marked) -> bool:
    written = [first(marked.rating, name).strip() for name in _COUNTS if marked.rating.values(name)]
    # a number wrapped in words is told by another rule
    bare = [text for text in written if form_of(text) not in (Form.COMMA, Form.WORDS)]
    return not written or any(_INTEGER.fullmatch(text) is None for text in bare)


RULE = Rule(
    code="RAT-04",
    id="invalid-rating-count",
    severity=Severity.ERROR,
    title_pass="Every aggregate says how many rated",
    title_fail="An aggregate does not say how many rated, or says none",
    why="An aggregate needs ratingCount or reviewCount, a whole number of at least 1; one of 0 is an error.",
    example='"aggregateRating": {"ratingValue": 0, "reviewCount": 0}',
    remedy="Write the number of published ratings; leave the whole aggregate out while there are none.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
