"""RAT-05: what is rated has no name. A rating of nothing is orphan-rating."""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity
from seo.ratings import aggregates, nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every item with a rating or review needs a name. Evidence: each that has none."""
    data = subject.structured
    rated = [marked.rated for marked in aggregates(data)] + [item for _, item in reviews(data)]
    # reviews and ratings of one item are one place
    items = {id(item): item for item in rated if item is not None}
    if not items:
        return nothing_to_judge(subject)
    return unless_unread(subject, [_shown(item) for item in items.values() if not item.text("name")])


def _shown(item: Item) -> Evidence:
    return replace(item.evidence, excerpt=f"{item.syntax}: {'/'.join(item.types) or '?'}.name=''")


RULE = Rule(
    code="RAT-05",
    id="nameless-rated-item",
    severity=Severity.ERROR,
    title_pass="Everything rated has a name",
    title_fail="Something rated has no name",
    why="A rating without the name of what it rates is an error and is not shown.",
    example='{"@type": "Product", "aggregateRating": {…}}',
    remedy="Add the product's name to the item that holds the rating.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
