"""FEED-02: published reviews are missing from the feed, low stars among them. Its form is malformed-review-feed."""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.matching import tokens
from seo.rules.rule import Rule
from seo.subject import Subject
from seo.truth import PublishedReview


def check(subject: Subject) -> Outcome:
    """Every published review with a text must be in the feed, told by its id or its words.

    Evidence: each that is not, the lowest stars first.
    """
    if subject.feed is None:
        return not_evaluated(Reason.NO_FEED)
    if subject.truth is None:
        return not_evaluated(Reason.NO_TRUTH)
    published = [review for review in subject.truth.reviews if tokens(review.text)]
    if not published:
        return NOT_APPLICABLE
    ids = {review.id for review in subject.feed.reviews}
    texts = {tokens(review.content) for review in subject.feed.reviews}
    missing = [review for review in published if review.id not in ids and tokens(review.text) not in texts]
    if missing and not subject.feed.is_whole:
        return not_evaluated(Reason.PAGE_CUT)
    return failed_if([_shown(review, subject.feed.url) for review in sorted(missing, key=_stars)])


def _stars(review: PublishedReview) -> int:
    return review.rating if review.rating is not None else 9


def _shown(review: PublishedReview, url: str) -> Evidence:
    return Evidence(f"{review.rating or '?'} ★ {review.author}: {review.text[:50]}", url=url, review_id=review.id)


RULE = Rule(
    code="FEED-02",
    id="reviews-missing-from-feed",
    severity=Severity.ERROR,
    title_pass="The feed has every published review",
    title_fail="Published reviews are missing from the feed",
    why="A feed must hold all reviews, the low stars too; one that is found to choose is refused whole.",
    example="38 published reviews, 31 in the feed: none below 3 stars",
    remedy="Write the feed from all published reviews, and deliver it whole each time.",
    source="https://support.google.com/merchants/answer/6098512",
    check=check,
)
