"""FEED-03: reviews of the feed cannot be matched to a product, or the feed is too small to be taken."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.rules.rule import Rule
from seo.subject import Subject

LEAST_REVIEWS = 50


def check(subject: Subject) -> Outcome:
    """A GTIN, or brand and MPN, for each; product addresses on the shop's own host; at least 50 reviews.

    Evidence: how many are otherwise.
    """
    feed = subject.feed
    if feed is None:
        return not_evaluated(Reason.NO_FEED)
    told = [
        (feed.unmatched, f"{feed.unmatched} / {feed.review_count}: no gtin, no brand with mpn"),
        (feed.foreign, f"{feed.foreign} / {feed.review_count}: product_url not on {feed.host}"),
        (feed.review_count < LEAST_REVIEWS, f"{feed.review_count} < {LEAST_REVIEWS}"),
    ]
    return failed_if([Evidence(text, url=feed.url) for is_wrong, text in told if is_wrong])


RULE = Rule(
    code="FEED-03",
    id="unmatchable-feed-product",
    severity=Severity.WARNING,
    title_pass="The feed's reviews can be matched to products",
    title_fail="Reviews of the feed cannot be matched, or are too few",
    why=(
        "A review is shown only where its product is known by GTIN, or brand and part number; feeds below 50 "
        "reviews are not taken."
    ),
    example="<product_ids/> with a product_url of another host",
    remedy="Add the GTIN to each product, or brand and MPN, and the product's own address.",
    source="https://support.google.com/merchants/answer/6098512",
    check=check,
)
