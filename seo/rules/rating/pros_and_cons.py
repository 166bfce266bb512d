"""RAT-18: pros and cons are marked up on a page that sells, or on reviews by customers. Only editors' reviews may."""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Severity, failed
from seo.ratings import PRODUCTS, nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject

_NOTES = ("positiveNotes", "negativeNotes")


def check(subject: Subject) -> Outcome:
    """No positiveNotes or negativeNotes where a product has offers or several reviews. Evidence: each."""
    data = subject.structured
    everything = [item for item, _ in data.everywhere()]
    products = [item for item in everything if item.is_a(*PRODUCTS)]
    written = reviews(data)
    if not products and not written:
        return nothing_to_judge(subject)
    sells = any(item.values("offers") for item in products) or len(written) > 1 or subject.truth is not None
    noted = [(item, name) for item in everything for name in _NOTES if item.values(name)]
    if noted and sells:
        return failed(*(_shown(item.evidence, f"{item.syntax}: {'/'.join(item.types)}.{name}") for item, name in noted))
    return unless_unread(subject, [])


def _shown(place: Evidence, excerpt: str) -> Evidence:
    return replace(place, excerpt=excerpt)


RULE = Rule(
    code="RAT-18",
    id="pros-and-cons",
    severity=Severity.ERROR,
    title_pass="No pros and cons are marked up where a shop sells",
    title_fail="Pros and cons are marked up on a page that sells",
    why=(
        "Pros and cons are for editors' reviews alone; on merchants' pages and customers' reviews they are against"
        " the rules."
    ),
    example='{"@type": "Review", "positiveNotes": {"@type": "ItemList", …}}',
    remedy="Show customers' pros and cons as text and take positiveNotes and negativeNotes out of the markup.",
    source="https://developers.google.com/search/docs/appearance/structured-data/product-snippet",
    check=check,
)
