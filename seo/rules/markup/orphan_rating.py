"""SD-12: a rating or review stands alone and says not what it is about. What it is about is judged by other rules."""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity
from seo.ratings import aggregates, nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every AggregateRating and Review must be inside its item, name it, or be named by it. Evidence: each that is
    alone.
    """
    data = subject.structured
    ratings = [(marked.rating, marked.rated) for marked in aggregates(data)]
    found = [*ratings, *reviews(data)]
    if not found:
        return nothing_to_judge(subject)
    named = {inner.id for item, _ in data.everywhere() for inner in _references(item)}
    alone = [item for item, rated in found if rated is None and item.id not in named - {""}]
    return unless_unread(subject, [_shown(item) for item in alone])


def _references(item: Item) -> list[Item]:
    """The values that only point at another item by its @id."""
    return [value for name in item.properties for value in item.items(name) if value.id and not value.types]


def _shown(item: Item) -> Evidence:
    return replace(item.evidence, excerpt=f"{item.syntax}: {'/'.join(item.types)}")


RULE = Rule(
    code="SD-12",
    id="orphan-rating",
    severity=Severity.WARNING,
    title_pass="Every rating and review says what it is about",
    title_fail="A rating or review stands alone",
    why="A rating of nothing is shown nowhere: readers need the item around it, or itemReviewed in it.",
    example='{"@context": "https://schema.org", "@type": "AggregateRating", "ratingValue": 4.7, "reviewCount": 3}',
    remedy="Nest it as aggregateRating or review of the product, or add itemReviewed.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
