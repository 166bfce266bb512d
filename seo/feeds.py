"""A Google product-review feed as far as one page needs it: is it in order, and which reviews of the page are in it?

The format itself is feed_format.py's; writing feeds is another room's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from seo import dates
from seo.feed_format import Sequence
from seo.page import host_of
from seo.sitemaps import comparable
from seo.xml_events import Event, UnreadableXmlError, events

_MOST = 50
_YES = ("true", "1")
# elements whose text is a field of the review
_TEXTS = {"review_id": "id", "overall": "rating", "content": "content", "review_url": "review_url"}
_FLAGS = {"is_verified_purchase": "is_verified", "is_incentivized_review": "is_incentivised"}
_IDENTIFIERS = ("gtin", "mpn", "brand")


@dataclass
class FeedReview:
    """One review of the page in the feed. Flags are None when the feed does not tell."""

    offset: int
    id: str = ""
    rating: str = ""
    content: str = ""
    reviewer: str = ""
    review_url: str = ""
    url_type: str = ""
    is_anonymous: bool = False
    is_verified: bool | None = None
    is_incentivised: bool | None = None
    product_urls: list[str] = field(default_factory=list)
    identifiers: set[str] = field(default_factory=set)

    @property
    def is_matched(self) -> bool:
        """Whether a product can be told by it: a GTIN, or a brand with its part number."""
        return "gtin" in self.identifiers or {"brand", "mpn"} <= self.identifiers


@dataclass
class Feed:
    """What a feed says. `faults` are (what, byte), the first fifty; `reviews` are those of the checked page only.

    `unmatched` and `foreign` count the reviews whose product has no identifier, or another host than `host`.
    """

    url: str
    pages: frozenset[str]
    host: str
    faults: list[tuple[str, int]] = field(default_factory=list)
    reviews: list[FeedReview] = field(default_factory=list)
    review_count: int = 0
    unmatched: int = 0
    foreign: int = 0
    newest: datetime | None = None
    is_whole: bool = True

    def fault(self, text: str, offset: int) -> None:
        """Note a fault; beyond fifty the rest says nothing new."""
        if len(self.faults) < _MOST:
            self.faults.append((text, offset))


def read(chunks: Iterable[bytes], *, url: str, pages: Iterable[str]) -> Feed:
    """Read a feed of any length in constant memory; `pages` are the checked page's addresses."""
    wanted = frozenset(comparable(page) for page in pages if page)
    feed = Feed(url, wanted, next((host_of(page) for page in wanted), ""))
    sequence = Sequence()
    seen: set[int] = set()
    review = FeedReview(0)
    try:
        for event in events(chunks):
            for fault in sequence.faults(event):
                feed.fault(fault, event.offset)
            if event.name == "review" and not event.is_end:
                review = FeedReview(event.offset)
            elif event.name == "review":
                _finish(review, feed, seen)
            elif "review" in event.path:
                _note(event, review, feed)
    except UnreadableXmlError as error:
        feed.fault(str(error), error.offset)
        feed.is_whole = False
    return feed


def _note(event: Event, review: FeedReview, feed: Feed) -> None:
    of_reviewer = event.name == "name" and event.path[-2] == "reviewer"
    if not event.is_end:
        if event.name == "review_url":
            review.url_type = event.attributes.get("type", "")
        elif of_reviewer:
            review.is_anonymous = event.attributes.get("is_anonymous", "") in _YES
    elif of_reviewer:
        review.reviewer = event.text
    elif event.name in _TEXTS:
        setattr(review, _TEXTS[event.name], event.text)
    elif event.name in _FLAGS:
        setattr(review, _FLAGS[event.name], event.text in _YES)
    elif event.name == "product_url":
        review.product_urls.append(event.text)
    elif event.name in _IDENTIFIERS and event.text:
        review.identifiers.add(event.name)
    elif event.name == "review_timestamp":
        feed.newest = max(filter(None, (feed.newest, dates.from_iso(event.text))), default=None)


def _finish(review: FeedReview, feed: Feed, seen: set[int]) -> None:
    feed.review_count += 1
    feed.unmatched += not review.is_matched
    feed.foreign += any(feed.host and host_of(url) != feed.host for url in review.product_urls)
    # hashes: a million ids as text would not be constant memory
    if review.id and hash(review.id) in seen:
        feed.fault(f"<review_id> {review.id[:40]!r} twice", review.offset)
    seen.add(hash(review.id))
    if any(comparable(url) in feed.pages for url in review.product_urls):
        feed.reviews.append(review)
