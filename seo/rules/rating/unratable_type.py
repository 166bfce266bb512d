"""RAT-06: what is rated is of a type that earns no stars. Shops that rate themselves are self-serving-rating."""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity
from seo.ratable_types import is_ratable
from seo.ratings import aggregates, nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every rated item must be of one of Google's 17 types or a subtype. Evidence: each that is not."""
    data = subject.structured
    rated = [marked.rated for marked in aggregates(data)] + [item for _, item in reviews(data)]
    items = {id(item): item for item in rated if item is not None and item.types}
    if not items:
        return nothing_to_judge(subject)
    wrong = [item for item in items.values() if not any(map(is_ratable, item.types))]
    return unless_unread(subject, [_shown(item) for item in wrong])


def _shown(item: Item) -> Evidence:
    return replace(item.evidence, excerpt=f"{item.syntax}: {'/'.join(item.types)} {item.text('name')[:60]!r}")


RULE = Rule(
    code="RAT-06",
    id="unratable-type",
    severity=Severity.ERROR,
    title_pass="What is rated is of a type that can earn stars",
    title_fail="What is rated is of a type that earns no stars",
    why="Stars are shown for seventeen types only; a rated Service, WebSite, Brand or Thing has none.",
    example='{"@type": "Service", "aggregateRating": {…}}',
    remedy="Mark the product up as Product (for a car: both Product and Car), and take ratings off anything else.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
