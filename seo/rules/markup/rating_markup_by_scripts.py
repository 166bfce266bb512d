"""SD-10: rating markup differs between the HTML and the drawn page. Whether its values are right is the business of
rating/.
"""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.ratings import Marked, aggregates, first
from seo.rules.rule import Rule
from seo.sighted import without_rendering
from seo.structured_data import read
from seo.subject import Subject

_VALUES = ("ratingValue", "ratingCount", "reviewCount")


def check(subject: Subject) -> Outcome:
    """Each AggregateRating of the drawn page must be in the HTML with the same values. Evidence: each that is not."""
    if reason := without_rendering(subject):
        return reason
    drawn = aggregates(read(subject.rendered.light.page)) if subject.rendered else ()
    written = {_claim(marked) for marked in aggregates(subject.structured)}
    if not drawn and not written:
        return NOT_APPLICABLE
    return failed_if([_shown(marked) for marked in drawn if _claim(marked) not in written])


def _claim(marked: Marked) -> tuple[str, ...]:
    return (marked.name, *(str(first(marked.rating, name)) for name in _VALUES))


def _shown(marked: Marked) -> Evidence:
    """The claim without its byte: the drawn page has none."""
    shown = marked.shown(*_VALUES)
    return Evidence(f"drawn: {shown.excerpt}", css_path=shown.css_path)


RULE = Rule(
    code="SD-10",
    id="rating-markup-by-scripts",
    severity=Severity.WARNING,
    title_pass="The rating markup is in the HTML and stays as it is",
    title_fail="Scripts write or change the rating markup",
    why=(
        "Markup that only scripts write is read later and less reliably, above all on shopping pages; "
        "changed values contradict."
    ),
    example='<script>addJsonLd({"@type": "Product", "aggregateRating": rating})</script>',
    remedy="Write the markup into the HTML on the server, and let no script change it.",
    source="https://developers.google.com/search/docs/appearance/structured-data/product-snippet",
    check=check,
)
