"""SD-11: of several marked-up products, another than the page's own has the rating. Several ratings of one are
conflicting-aggregates.
"""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, ambiguous, failed, passed
from seo.matching import tokens
from seo.ratings import PRODUCTS, aggregates
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """With several products in the markup, the page's own must have the rating when any has. Evidence: who has it.

    The page's own is the one that the truth, the heading or the title names.
    """
    products = [item for item, _ in subject.structured.everywhere() if item.is_a(*PRODUCTS) and item.text("name")]
    rated = [marked.rated for marked in aggregates(subject.structured) if marked.rated and marked.rated.is_a(*PRODUCTS)]
    names = {tokens(item.text("name")) for item in products}
    if not rated or len(names) < 2:
        return passed() if rated else NOT_APPLICABLE
    rated_names = {tokens(item.text("name")) for item in rated}
    main = _main(names, subject)
    if not main:
        return ambiguous(Reason.SEVERAL_PRODUCTS, *map(_shown, rated))
    return passed(*map(_shown, rated)) if main & rated_names else failed(*map(_shown, rated))


def _main(names: set[tuple[str, ...]], subject: Subject) -> set[tuple[str, ...]]:
    """The names that the page goes by; of several that fit, the longest."""
    if subject.truth and (told := tokens(subject.truth.product_name)) in names:
        return {told}
    for node in [*subject.page.elements.named("h1"), *subject.page.elements.named("title")]:
        words = tokens(node.text())
        fitting = [name for name in names if _is_in(name, words)]
        if fitting:
            longest = max(map(len, fitting))
            return {name for name in fitting if len(name) == longest}
    return set()


def _is_in(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))


def _shown(item: Item) -> Evidence:
    return replace(
        item.evidence, excerpt=f"{item.syntax}: {'/'.join(item.types)} {item.text('name')[:60]!r}: aggregateRating"
    )


RULE = Rule(
    code="SD-11",
    id="rating-on-related-product",
    severity=Severity.ERROR,
    title_pass="The page's own product has the rating",
    title_fail="The rating belongs to another product than the page's own",
    why="A rating is about one thing: stars on a related product's card are not this product's, and mislead.",
    example='the page\'s Product without a rating, a "you may also like" card with 4.9',
    remedy="Mark up the page's own product with its rating, and related products with name and link alone.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
