"""FEED-01: the review feed is out of order or has values of the wrong type. What it holds is judged by other rules."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Elements of a 2.4 feed in order, the needed ones there, each of its type. Evidence: each fault with its byte.

    This is our own check of order and types: Google's schema file of 2.4 was not at hand.
    """
    if subject.feed is None:
        return not_evaluated(Reason.NO_FEED)
    return failed_if([Evidence(text, offset=offset, url=subject.feed.url) for text, offset in subject.feed.faults])


RULE = Rule(
    code="FEED-01",
    id="malformed-review-feed",
    severity=Severity.ERROR,
    title_pass="The review feed is in order",
    title_fail="The review feed is out of order",
    why="One element out of its place voids the whole feed, and with it every star in the shopping results.",
    example="<review> … <content>…</content><review_timestamp>…</review_timestamp>",
    remedy="Write the elements in the order of the format; escape texts, and strip control characters.",
    source="https://developers.google.com/product-review-feeds/schema",
    check=check,
)
