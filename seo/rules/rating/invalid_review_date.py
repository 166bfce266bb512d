"""RAT-09: a marked-up review has no date, none that can be read, or one that is yet to come."""

from dataclasses import replace
from datetime import timedelta

from seo import dates
from seo.findings import Evidence, Outcome, Severity
from seo.ratings import nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject

# a zone east of ours is in tomorrow already
_AHEAD = timedelta(hours=26)
_EARLIEST_YEAR = 1995


def check(subject: Subject) -> Outcome:
    """Every Review needs a datePublished in ISO 8601, not ahead, and not before shops were online. Evidence: what is
    there.
    """
    found = reviews(subject.structured)
    if not found:
        return nothing_to_judge(subject)
    return unless_unread(subject, [_shown(review) for review, _ in found if not _is_dated(review, subject)])


def _is_dated(review: Item, subject: Subject) -> bool:
    at = dates.from_iso(review.text("datePublished"))
    return at is not None and at.year >= _EARLIEST_YEAR and at <= subject.checked_at + _AHEAD


def _shown(review: Item) -> Evidence:
    return replace(
        review.evidence, excerpt=f"{review.syntax}: Review.datePublished={review.text('datePublished')[:40]!r}"
    )


RULE = Rule(
    code="RAT-09",
    id="invalid-review-date",
    severity=Severity.WARNING,
    title_pass="Every marked-up review has its date",
    title_fail="A marked-up review has no date that can be read",
    why="Without its date a review cannot be shown with one, and nobody can tell whether it is of this year.",
    example='"datePublished": "sexta 18 setembro 2020"',
    remedy="Write datePublished as in 2026-03-03.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
