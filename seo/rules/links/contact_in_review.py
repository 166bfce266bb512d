"""LNK-04: a published review holds a phone number, an e-mail address or a link. What a link does is
dangerous-review-link.
"""

import re

from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.rules.rule import Rule
from seo.subject import Subject
from seo.truth import PublishedReview

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_URL = re.compile(r"\bhttps?://\S+|\bwww\.[\w-]+\.\w{2,}", re.IGNORECASE)
# nine digits or more, as phone numbers part them; years, sizes and prices are shorter
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00)?\d(?:[\s().-]?\d){8,13}(?![\w.,]?\d)")


def check(subject: Subject) -> Outcome:
    """No published text may hold any: review feeds refuse it. Evidence: the review and the kind, masked."""
    if subject.truth is None:
        return not_evaluated(Reason.NO_TRUTH)
    if not subject.truth.reviews:
        return not_evaluated(Reason.NO_REVIEWS)
    return failed_if([shown for review in subject.truth.reviews if (shown := _found(review))])


def _found(review: PublishedReview) -> Evidence | None:
    text = f"{review.title} {review.text}"
    for kind, pattern in (("e-mail", _EMAIL), ("URL", _URL), ("phone", _PHONE)):
        if found := pattern.search(text):
            # a report must not spread it further
            return Evidence(f"{kind} {found.group()[:3]}…", review_id=review.id)
    return None


RULE = Rule(
    code="LNK-04",
    id="contact-in-review",
    severity=Severity.WARNING,
    title_pass="No published review holds contact data",
    title_fail="A published review holds contact data",
    why=(
        "Feeds refuse reviews with phone numbers, e-mail addresses or links, and a private one is somebody's "
        "personal data."
    ),
    example="Call me at 06 12 34 56 78 for the same at half the price",
    remedy="Let a screen hold such reviews back, and ask their author for a version without.",
    source="https://support.google.com/merchants/answer/6098512",
    check=check,
)
