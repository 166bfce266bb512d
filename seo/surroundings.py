"""What a page names besides reviews, asked for once each: canonical, language versions, share pictures, sitemaps.

Bounded in number, bytes and seconds; what was not asked stays unknown. Judging is the rules'.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from seo import review_photos, social_tags
from seo.alternates import alternates
from seo.answers import Answer
from seo.canonicals import canonicals
from seo.fetcher import IMAGE_BYTES, PAGE_BYTES, Fetcher, origin_of
from seo.page import Page
from seo.robots import RobotsFile, RobotsUnreachable
from seo.sitemaps import Sitemaps

MOST_CANONICALS = 3
MOST_ALTERNATES = 10
MOST_IMAGES = 4
MOST_HOSTS = 5
LINKS_SECONDS = 40.0
GOOGLEBOT = (
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
)
FACEBOOK = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
SHARE_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")


@dataclass(frozen=True)
class Surroundings:
    """The answers by address, robots.txt by origin, the sitemaps, and what others are served under their names."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    robots: Mapping[str, RobotsFile | RobotsUnreachable] = field(default_factory=dict)
    sitemaps: Sitemaps | None = None
    as_googlebot: Answer | None = None
    as_facebook: Answer | None = None


def ask(page: Page, fetcher: Fetcher, *, in_other_names: bool) -> Surroundings:
    """Ask for everything. Another crawler's name is used only when the caller may: on the merchant's own pages."""
    deadline = time.monotonic() + LINKS_SECONDS
    answers: dict[str, Answer] = {}
    for url, max_bytes in _named(page):
        if url not in answers and time.monotonic() < deadline:
            answers[url] = fetcher.answer(url, max_bytes=max_bytes)
    photos = review_photos.photos(page, review_photos.boxes(page))
    hosts = dict.fromkeys(origin_of(photo.url) for photo in photos if photo.url)
    for origin in islice(hosts, MOST_HOSTS):
        fetcher.robots_of(origin)
    return Surroundings(
        answers,
        dict(fetcher.known_robots),
        fetcher.sitemaps_of(page.url),
        fetcher.answer(page.url, user_agent=GOOGLEBOT) if in_other_names else None,
        fetcher.answer(page.url, user_agent=FACEBOOK) if in_other_names else None,
    )


def _named(page: Page) -> Iterator[tuple[str, int]]:
    for canonical in canonicals(page)[:MOST_CANONICALS]:
        if canonical.url != page.url and _is_web(canonical.url):
            yield canonical.url, PAGE_BYTES
    others = (alternate.url for alternate in alternates(page) if alternate.url != page.url)
    for url in islice(filter(_is_web, dict.fromkeys(others)), MOST_ALTERNATES):
        yield url, PAGE_BYTES
    images = (page.resolve(tag.content) for tag in social_tags.social_tags(page) if tag.name in SHARE_IMAGES)
    for url in islice(filter(_is_web, dict.fromkeys(images)), MOST_IMAGES):
        yield url, IMAGE_BYTES
    for node in page.links:
        if (node.attributes.get("type") or "").strip().lower() == "application/json+oembed":
            yield page.resolve(node.attributes.get("href") or ""), PAGE_BYTES
            return


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))
