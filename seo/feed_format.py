"""The order and the types of a Google product-review feed, version 2.4. What a feed says of a page is feeds.py's.

This is our own reading of the published format; Google's schema file of 2.4 was not at hand.
Source: https://developers.google.com/product-review-feeds/schema
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from seo import dates
from seo.xml_events import Event

VERSION = "2.4"
# each element's children in their order: `!` has to be there, `*` may be repeated
_CHILDREN = {
    "feed": "version! aggregator publisher! reviews",
    "aggregator": "name!",
    "publisher": "name! favicon",
    "reviews": "review*",
    "review": "review_id! reviewer! is_verified_purchase is_incentivized_review review_timestamp! title content! "
    "pros cons review_language review_country review_url! reviewer_images ratings! products! is_spam collection_method "
    "transaction_id",
    "reviewer": "name! reviewer_id",
    "pros": "pro*",
    "cons": "con*",
    "reviewer_images": "reviewer_image*",
    "reviewer_image": "url!",
    "ratings": "overall!",
    "products": "product*",
    "product": "product_ids product_name product_url!",
    "product_ids": "gtins mpns skus brands asins",
    "gtins": "gtin*",
    "mpns": "mpn*",
    "skus": "sku*",
    "brands": "brand*",
    "asins": "asin*",
}
_URL = re.compile(r"(https?://)?\S+\.\S+")
_BOOLEAN = re.compile(r"true|false|0|1")
_TYPES = {
    "version": re.compile(re.escape(VERSION)),
    "review_id": re.compile(r".+", re.DOTALL),
    "content": re.compile(r".+", re.DOTALL),
    "is_verified_purchase": _BOOLEAN,
    "is_incentivized_review": _BOOLEAN,
    "is_spam": _BOOLEAN,
    "gtin": re.compile(r"[\d Xx-]{7,}"),
    "review_url": _URL,
    "product_url": _URL,
    "url": _URL,
    "favicon": _URL,
    "review_language": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
    "review_country": re.compile(r"[A-Za-z]{2}"),
    "collection_method": re.compile(r"unsolicited|post_fulfillment"),
    "overall": re.compile(r"-?\d+(\.\d+)?"),
}
_NEEDED = {"overall": ("min", "max"), "review_url": ("type",)}


@dataclass(frozen=True, slots=True)
class Child:
    """One place in an element's order."""

    name: str
    is_needed: bool
    is_repeated: bool


_ORDER = {
    parent: tuple(Child(word.rstrip("!*"), word.endswith("!"), word.endswith("*")) for word in words.split())
    for parent, words in _CHILDREN.items()
}


@dataclass(slots=True)
class Sequence:
    """Where in its element's order the reader stands, one level of the feed at a time."""

    levels: list[tuple[str, int, set[str]]] = field(default_factory=list)

    def faults(self, event: Event) -> Iterator[str]:
        """What is wrong with this event after all before it."""
        if event.is_end:
            yield from self._closed(event)
            return
        yield from self._opened(event)
        self.levels.append((event.name, -1, set()))

    def _opened(self, event: Event) -> Iterator[str]:
        if not self.levels:
            if event.name != "feed":
                yield f"<{event.name}> where <feed> should be"
            return
        parent, reached, seen = self.levels[-1]
        order = _ORDER.get(parent, ())
        at = next((place for place, child in enumerate(order) if child.name == event.name), None)
        if at is None:
            yield f"<{event.name}> does not belong in <{parent}>"
            return
        if at < reached:
            yield f"<{event.name}> after <{order[reached].name}> in <{parent}>"
        elif event.name in seen and not order[at].is_repeated:
            yield f"a second <{event.name}> in <{parent}>"
        seen.add(event.name)
        self.levels[-1] = (parent, max(at, reached), seen)
        for attribute in _NEEDED.get(event.name, ()):
            if not event.attributes.get(attribute):
                yield f"<{event.name}> without {attribute}"

    def _closed(self, event: Event) -> Iterator[str]:
        _, _, seen = self.levels.pop() if self.levels else ("", 0, set())
        for child in _ORDER.get(event.name, ()):
            if child.is_needed and child.name not in seen:
                yield f"<{event.name}> without <{child.name}>"
        if event.name == "review_timestamp" and ("T" not in event.text or dates.from_iso(event.text) is None):
            yield f"<review_timestamp> {event.text[:40]!r}"
        pattern = _TYPES.get(event.name)
        if pattern and event.name not in _ORDER and pattern.fullmatch(event.text) is None:
            yield f"<{event.name}> {event.text[:40]!r}"
