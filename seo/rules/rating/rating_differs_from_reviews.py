"""RAT-13: the marked-up mean is not that of the published reviews. Counts are count-differs-from-reviews."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, ambiguous, not_evaluated
from seo.ratings import Marked, nothing_to_judge, of_the_product, scaled, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject
from seo.truth import Truth


def check(subject: Subject) -> Outcome:
    """The marked-up mean must be the published one, as far as its decimals show. Evidence: the claim and the truth.

    The tolerance is less than one step of the coarser of the two precisions; other scales are brought to 5 first.
    """
    if subject.truth is None:
        return not_evaluated(Reason.NO_TRUTH)
    claims = of_the_product(subject)
    if claims is None:
        return ambiguous(Reason.SEVERAL_PRODUCTS)
    if not claims:
        return nothing_to_judge(subject)
    true_mean = _true_mean(subject.truth)
    if true_mean is None:
        # a rating of nobody is told by its count
        return NOT_APPLICABLE if not subject.truth.rating_count else not_evaluated(Reason.NO_RATING)
    wrong = [marked.shown("ratingValue", "bestRating") for marked in claims if _differs(marked, *true_mean)]
    return unless_unread(subject, [_beside(claim, true_mean[0]) for claim in wrong])


def _true_mean(truth: Truth) -> tuple[Decimal, int] | None:
    """The published mean and the decimals it is known to."""
    try:
        return Decimal(truth.rating_value), len(truth.rating_value.partition(".")[2])
    except InvalidOperation:
        pass
    stars = [review.rating for review in truth.reviews if review.rating is not None]
    # all reviews at hand: their mean is known exactly
    return (Decimal(sum(stars)) / len(stars), 9) if stars and len(stars) == truth.rating_count else None


def _differs(marked: Marked, mean: Decimal, known_decimals: int) -> bool:
    read = scaled(marked.rating)
    if read is None:
        return False
    value, _, best, decimals = read
    scale = Decimal(5) / best if best > 0 else Decimal(1)
    step = max(Decimal(10) ** -decimals * scale, Decimal(10) ** -known_decimals)
    return abs(value * scale - mean) >= step


def _beside(claim: Evidence, mean: Decimal) -> Evidence:
    return replace(claim, excerpt=f"{claim.excerpt}; published: {mean.normalize():f}"[:200])


RULE = Rule(
    code="RAT-13",
    id="rating-differs-from-reviews",
    severity=Severity.ERROR,
    title_pass="The marked-up rating is that of the published reviews",
    title_fail="The marked-up rating is not that of the published reviews",
    why="A rating that the reviews do not bear out misleads shoppers and risks a manual action against all stars.",
    example="markup: 4.9; mean of the published reviews: 4.6",
    remedy="Compute the rating from the published reviews when the page is made, and renew caches when one is decided.",
    source="https://developers.google.com/search/docs/appearance/structured-data/sd-policies",
    check=check,
)
