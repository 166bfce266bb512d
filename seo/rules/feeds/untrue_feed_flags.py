"""FEED-04: the feed tells otherwise than the shop who bought and who was promised something. Missing reviews are
reviews-missing-from-feed.
"""

from collections.abc import Iterator

from seo.feeds import FeedReview
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.matching import tokens
from seo.rules.rule import Rule
from seo.subject import Subject
from seo.truth import PublishedReview

_NAMELESS = frozenset({"", "anonymous", "anonyme", "匿名"})


def check(subject: Subject) -> Outcome:
    """is_verified_purchase and is_incentivized_review as the shop has them; nameless authors flagged is_anonymous.

    Evidence: the review and both values.
    """
    if subject.feed is None:
        return not_evaluated(Reason.NO_FEED)
    if subject.truth is None:
        return not_evaluated(Reason.NO_TRUTH)
    # a feed may have ids of its own: then a review is told by its words
    by_id = {review.id: review for review in subject.truth.reviews}
    by_text = {tokens(review.text): review for review in subject.truth.reviews}
    told = [(entry, by_id.get(entry.id) or by_text.get(tokens(entry.content))) for entry in subject.feed.reviews]
    pairs = [(entry, review) for entry, review in told if review is not None]
    if not pairs:
        return NOT_APPLICABLE
    url = subject.feed.url
    wrong = [
        Evidence(told, offset=entry.offset, url=url, review_id=review.id)
        for entry, review in pairs
        for told in _faults(entry, review)
    ]
    if not wrong and any(review.is_verified is None or review.is_incentivised is None for _, review in pairs):
        return not_evaluated(Reason.NOT_KNOWN)
    return failed_if(wrong)


def _faults(entry: FeedReview, review: PublishedReview) -> Iterator[str]:
    told = (
        ("is_verified_purchase", bool(entry.is_verified), review.is_verified),
        ("is_incentivized_review", bool(entry.is_incentivised), review.is_incentivised),
    )
    for name, said, true in told:
        if true is not None and said != true:
            yield f"{name} {said}; published: {true}"
    if entry.reviewer.strip().casefold() in _NAMELESS and not entry.is_anonymous and not tokens(review.author):
        yield f"name {entry.reviewer!r} without is_anonymous"


RULE = Rule(
    code="FEED-04",
    id="untrue-feed-flags",
    severity=Severity.WARNING,
    title_pass="The feed tells who bought and who was promised something",
    title_fail="The feed's flags are not those of the shop",
    why="An incentivised review that is not flagged, or a purchase that was none, is a breach of the feed's policy.",
    example="<is_verified_purchase>true</is_verified_purchase> for a review without an order",
    remedy="Write both flags from the stored review, and is_anonymous for authors without a name.",
    source="https://developers.google.com/product-review-feeds/schema",
    check=check,
)
