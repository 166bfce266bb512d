"""FEED-05: the feed calls a page with many reviews the page of one. Other values are malformed-review-feed's."""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.rules.rule import Rule
from seo.sitemaps import comparable
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """A review_url that several reviews share must be of type group. Evidence: each that says singleton."""
    feed = subject.feed
    if feed is None:
        return not_evaluated(Reason.NO_FEED)
    here = [entry for entry in feed.reviews if comparable(entry.review_url) in feed.pages]
    if len(feed.reviews) < 2 or not here:
        return NOT_APPLICABLE
    single = [entry for entry in here if entry.url_type == "singleton"]
    return failed_if([Evidence(f"{e.review_url}: singleton", e.offset, url=feed.url, review_id=e.id) for e in single])


RULE = Rule(
    code="FEED-05",
    id="singleton-url-of-group",
    severity=Severity.WARNING,
    title_pass="The feed calls a page of many reviews a group",
    title_fail="The feed calls a page of many reviews a singleton",
    why="The type tells where the review is found; a wrong one makes the page fail when it is looked at.",
    example='<review_url type="singleton">https://shop.example/teapot</review_url>',
    remedy='Write type="group" for product pages, and singleton only for a page that shows one review.',
    source="https://developers.google.com/product-review-feeds/schema",
    check=check,
)
