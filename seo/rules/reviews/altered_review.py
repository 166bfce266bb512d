"""REV-14: a marked-up review has another author, date or rating than the published one. Its text is judged by the rules
beside.
"""

from dataclasses import replace

from seo import dates
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed
from seo.matching import PRESENT, TextIndex, index_of_text, tokens
from seo.ratings import nothing_to_judge, reviews, scaled, unless_unread
from seo.rules.rule import Rule
from seo.sighted import without_reviews
from seo.structured_data import Item
from seo.subject import Subject
from seo.truth import PublishedReview


def check(subject: Subject) -> Outcome:
    """Reviews in the markup that a published one can be told by are held against it. Evidence: both values.

    A date may differ by a day, for the zone it is written in; a rating is compared on five stars.
    """
    if reason := without_reviews(subject):
        return reason
    pairs = list(_pairs(subject))
    if not pairs:
        return nothing_to_judge(subject) if not reviews(subject.structured) else NOT_APPLICABLE
    wrong = [shown for item, review in pairs for shown in _differences(item, review)]
    return failed(*wrong) if wrong else unless_unread(subject, [])


def _pairs(subject: Subject) -> list[tuple[Item, PublishedReview]]:
    published = subject.truth.reviews if subject.truth else ()
    indexed = [
        (item, index_of_text(item.text("reviewBody") or item.text("description")))
        for item, _ in reviews(subject.structured)
    ]
    return [(item, review) for review in published for item, index in indexed if _is_same(index, review)]


def _is_same(index: TextIndex, review: PublishedReview) -> bool:
    words = tokens(review.text)
    return bool(words) and len(index.words) <= 2 * len(words) + 5 and index.find(words).share >= PRESENT


def _differences(item: Item, review: PublishedReview) -> list[Evidence]:
    found = []
    author = item.text("author")
    if author and review.author and tokens(author) != tokens(review.author):
        found.append(_shown(item, review, f"author={author!r}; published: {review.author!r}"))
    at = dates.from_iso(item.text("datePublished"))
    if at and review.published_at and abs((at - review.published_at).total_seconds()) > 36 * 3600:
        found.append(
            _shown(
                item, review, f"datePublished={item.text('datePublished')!r}; published: {review.published_at.date()}"
            )
        )
    for rating in item.items("reviewRating"):
        read = scaled(rating)
        if read and review.rating and read[2] > 0 and abs(read[0] * 5 / read[2] - review.rating) >= 1:
            found.append(
                _shown(item, review, f"ratingValue={rating.text('ratingValue')!r}; published: {review.rating}")
            )
    return found


def _shown(item: Item, review: PublishedReview, told: str) -> Evidence:
    return replace(item.evidence, excerpt=f"{item.syntax}: Review: {told}", review_id=review.id)


RULE = Rule(
    code="REV-14",
    id="altered-review",
    severity=Severity.WARNING,
    title_pass="Marked-up reviews are told as they were published",
    title_fail="A marked-up review has another author, date or rating than published",
    why="Markup that says something else of a review than the shop published is false, whoever changed it on the way.",
    example="markup: ratingValue 5; published: 3",
    remedy="Make the markup from the same rows as the text, and look for a theme or app that fills in its own values.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
