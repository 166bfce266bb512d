"""RAT-20: the marked-up count holds reviews that were collected elsewhere. Other wrong counts are
count-differs-from-reviews.
"""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, ambiguous, not_evaluated
from seo.ratings import Marked, first, nothing_to_judge, of_the_product, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject
from seo.truth import Truth


def check(subject: Subject) -> Outcome:
    """No count may be that of the shop's own reviews and the imported ones together. Evidence: the claim and both."""
    truth = subject.truth
    if truth is None:
        return not_evaluated(Reason.NO_TRUTH)
    if truth.elsewhere_count is None:
        return not_evaluated(Reason.NOT_KNOWN)
    claims = of_the_product(subject)
    if claims is None:
        return ambiguous(Reason.SEVERAL_PRODUCTS)
    if not claims:
        return nothing_to_judge(subject)
    if not truth.elsewhere_count:
        return NOT_APPLICABLE
    return unless_unread(subject, [_shown(marked, truth) for marked in claims if _holds_them(marked, truth)])


def _holds_them(marked: Marked, truth: Truth) -> bool:
    own = (("ratingCount", truth.rating_count), ("reviewCount", truth.review_count))
    return any(
        count is not None and first(marked.rating, name).strip() == str(count + (truth.elsewhere_count or 0))
        for name, count in own
    )


def _shown(marked: Marked, truth: Truth) -> Evidence:
    claim = marked.shown("ratingCount", "reviewCount")
    told = f"own {truth.review_count}, elsewhere {truth.elsewhere_count}"
    return replace(claim, excerpt=f"{claim.excerpt}; {told}")


RULE = Rule(
    code="RAT-20",
    id="imported-reviews-counted",
    severity=Severity.WARNING,
    title_pass="Reviews from elsewhere are not counted in the markup",
    title_fail="Reviews from elsewhere are counted in the markup",
    why="Ratings that another site collected may be shown with their source, but may not be aggregated in the markup.",
    example="markup: reviewCount 50; own reviews 20, imported 30",
    remedy="Count the shop's own reviews alone, and leave imported ones out of value and count.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
