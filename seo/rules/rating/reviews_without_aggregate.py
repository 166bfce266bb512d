"""RAT-11: several reviews are marked up and no aggregate of them. Several aggregates are conflicting-aggregates."""

from collections import Counter

from seo.findings import Evidence, Outcome, Severity
from seo.ratings import aggregates, nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """A thing with two or more marked-up Reviews needs an AggregateRating too. Evidence: the thing and their number."""
    data = subject.structured
    counted = Counter((rated.text("name"), rated.types) for _, rated in reviews(data) if rated)
    several = [key for key, count in counted.items() if count >= 2]
    if not several:
        return nothing_to_judge(subject)
    rated = {(marked.rated.text("name"), marked.rated.types) for marked in aggregates(data) if marked.rated}
    bare = [key for key in several if key not in rated]
    return unless_unread(subject, [Evidence(f"{'/'.join(key[1])} {key[0]!r}: {counted[key]} Review") for key in bare])


RULE = Rule(
    code="RAT-11",
    id="reviews-without-aggregate",
    severity=Severity.WARNING,
    title_pass="Marked-up reviews come with their aggregate",
    title_fail="Several reviews are marked up without an aggregate",
    why="When a page marks up several reviews, it should also mark up their aggregate rating.",
    example='{"@type": "Product", "review": [{…}, {…}]}',
    remedy="Add aggregateRating to the item that holds the reviews.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
