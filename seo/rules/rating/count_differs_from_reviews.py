"""RAT-14: the marked-up counts are not those of the published reviews. The mean is rating-differs-from-reviews."""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Reason, Severity, ambiguous, not_evaluated
from seo.ratings import Marked, first, nothing_to_judge, of_the_product, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject
from seo.truth import Truth


def check(subject: Subject) -> Outcome:
    """The ratingCount and reviewCount, where given, must be the published ones. Evidence: the claim and the truth."""
    truth = subject.truth
    if truth is None:
        return not_evaluated(Reason.NO_TRUTH)
    claims = of_the_product(subject)
    if claims is None:
        return ambiguous(Reason.SEVERAL_PRODUCTS)
    if not claims:
        return nothing_to_judge(subject)
    return unless_unread(subject, [_shown(marked, truth) for marked in claims if _differs(marked, truth)])


def _differs(marked: Marked, truth: Truth) -> bool:
    published = (("ratingCount", truth.rating_count), ("reviewCount", truth.review_count))
    return any(
        true is not None and marked.rating.values(name) and _integer(first(marked.rating, name)) not in (true, None)
        for name, true in published
    )


def _integer(text: str) -> int | None:
    """The count as a number; None when it cannot be read, which is another rule's."""
    whole, _, rest = text.strip().partition(".")
    return int(whole) if whole.isascii() and whole.isdigit() and not rest.strip("0") and len(whole) < 13 else None


def _shown(marked: Marked, truth: Truth) -> Evidence:
    claim = marked.shown("ratingCount", "reviewCount")
    return replace(claim, excerpt=f"{claim.excerpt}; published: {truth.rating_count}, {truth.review_count}")


RULE = Rule(
    code="RAT-14",
    id="count-differs-from-reviews",
    severity=Severity.ERROR,
    title_pass="The marked-up counts are those of the published reviews",
    title_fail="The marked-up counts are not those of the published reviews",
    why="Counting rejected, foreign or long gone reviews makes the claim false; a count of 0 loses the stars.",
    example="markup: reviewCount 136; published reviews: 38",
    remedy="Count the published reviews of this product alone, and renew caches when one is decided.",
    source="https://developers.google.com/search/docs/appearance/structured-data/sd-policies",
    check=check,
)
