"""RAT-07: a shop marks up ratings of itself on its own site. Ratings of its products are unaffected."""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Reason, Severity, not_evaluated
from seo.page import host_of
from seo.ratable_types import is_organization
from seo.ratings import aggregates, nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No Organization or LocalBusiness whose url is this host, or none, may have a rating or review. Evidence: each."""
    data = subject.structured
    rated = [marked.rated for marked in aggregates(data)] + [item for _, item in reviews(data)]
    items = {id(item): item for item in rated if item is not None}
    if not items:
        return nothing_to_judge(subject)
    shops = [item for item in items.values() if any(map(is_organization, item.types))]
    if shops and not subject.page.url:
        return not_evaluated(Reason.NO_ADDRESS, *map(_shown, shops))
    return unless_unread(subject, [_shown(item) for item in shops if _is_own(item, subject)])


def _is_own(item: Item, subject: Subject) -> bool:
    told = host_of(subject.page.resolve(item.text("url"))) if item.text("url") else ""
    own = host_of(subject.page.url)
    return not told or _site(told) == _site(own)


def _site(host: str) -> str:
    return host.removeprefix("www.")


def _shown(item: Item) -> Evidence:
    return replace(item.evidence, excerpt=f"{item.syntax}: {'/'.join(item.types)} {item.text('name')[:60]!r}")


RULE = Rule(
    code="RAT-07",
    id="self-serving-rating",
    severity=Severity.ERROR,
    title_pass="The shop marks up no ratings of itself",
    title_fail="The shop marks up ratings of itself",
    why="Reviews of a business on its own site are not shown as stars, even when another firm's widget brings them.",
    example='{"@type": "Organization", "name": "Our shop", "aggregateRating": {…}}',
    remedy="Show what customers say of the shop as text, and mark up ratings of products only.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet#self-serving",
    check=check,
)
