"""Fetches for one check, or for many of one shop: each robots.txt and each sitemap is asked for once. What to ask for
is gathering.py's and surroundings.py's.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from core.fetching import Fetched, FetchFailure, FetchFailureKind, FetchPolicy, fetch
from seo import robots, sitemaps
from seo.answers import Answer
from seo.page import Page, from_fetched
from seo.robots import Line, RobotsFile, RobotsUnreachable
from seo.sitemaps import SitemapFile, Sitemaps

# Google reads 2 MB of a page; beyond this the rest is not read here either, and what is missing is not called absent.
PAGE_BYTES = 10_000_000
# one byte more than networks take, so that a longer picture is known to be longer
IMAGE_BYTES = 8_000_001
# 50,000 addresses take 7 MB; of a longer file the rest is unknown
SITEMAP_BYTES = 10_000_000
MOST_SITEMAPS = 20
SITEMAP_SECONDS = 30.0


@dataclass(slots=True)
class Fetcher:
    """Fetches with one policy and remembers what belongs to a host. Every request is made inside `turn(url)`."""

    policy: FetchPolicy
    known_robots: dict[str, RobotsFile | RobotsUnreachable] = field(default_factory=dict)
    known_sitemaps: dict[str, Fetched | FetchFailure] = field(default_factory=dict)
    turn: Callable[[str], AbstractContextManager[object]] = nullcontext

    def page(self, url: str) -> Page | FetchFailure:
        """A page, cut at PAGE_BYTES."""
        fetched = self._fetch(url, max_bytes=PAGE_BYTES, accept="text/html,*/*;q=0.8")
        return from_fetched(fetched) if isinstance(fetched, Fetched) else fetched

    def answer(self, url: str, *, max_bytes: int = PAGE_BYTES, user_agent: str = "") -> Answer:
        """What an address answers, and the robots.txt line that keeps Googlebot from it."""
        fetched = self._fetch(url, max_bytes=max_bytes, user_agent=user_agent)
        if isinstance(fetched, FetchFailure):
            return Answer(url, None, fetched.kind.value, self.blocking_line(url))
        return Answer(url, fetched, "", self.blocking_line(url))

    def robots_of(self, url: str) -> RobotsFile | RobotsUnreachable:
        """The robots.txt that rules an address."""
        origin = origin_of(url)
        if origin not in self.known_robots:
            self.known_robots[origin] = self._robots(f"{origin}/robots.txt")
        return self.known_robots[origin]

    def blocking_line(self, url: str) -> Line | None:
        """The line that keeps Googlebot from the address; None when it may be read, or nothing can be told."""
        known = self.robots_of(url)
        decision = robots.for_googlebot(known, url) if isinstance(known, RobotsFile) else None
        return decision.line if decision and not decision.is_allowed else None

    def sitemaps_of(self, url: str) -> Sitemaps:
        """The sitemaps that the address's robots.txt declares, else /sitemap.xml, read until the page is found."""
        known = self.robots_of(url)
        declared = (
            [line.value for line in known.lines if line.field == "sitemap"] if isinstance(known, RobotsFile) else []
        )
        waiting = list(dict.fromkeys(declared or [f"{origin_of(url)}/sitemap.xml"]))
        read: dict[str, SitemapFile] = {}
        deadline = time.monotonic() + SITEMAP_SECONDS
        while waiting and len(read) < MOST_SITEMAPS and time.monotonic() < deadline:
            address = waiting.pop(0)
            read[address] = self._sitemap(address, wanted=url)
            if read[address].entries:
                break
            waiting += [child for child in read[address].children if child not in read and child not in waiting]
        is_complete = not waiting and all(file.is_whole and not file.failure for file in read.values())
        return Sitemaps(tuple(read.values()), is_complete)

    def _sitemap(self, address: str, *, wanted: str) -> SitemapFile:
        fetched = self.known_sitemaps.get(address) or self._fetch(address, max_bytes=SITEMAP_BYTES)
        if len(self.known_sitemaps) < MOST_SITEMAPS:
            self.known_sitemaps[address] = fetched
        if isinstance(fetched, FetchFailure):
            return SitemapFile(address, 0, fetched.kind.value, is_whole=False)
        if fetched.status != 200:
            return SitemapFile(address, fetched.status)
        return sitemaps.read(fetched.body, url=address, wanted=wanted, is_cut=fetched.is_cut)

    def _robots(self, address: str) -> RobotsFile | RobotsUnreachable:
        """Statuses as seo.robots' source has them: 4xx but 429 means no rules, 5xx and silence mean stay away."""
        # one byte more than is read, so that a longer file is known to be longer
        fetched = self._fetch(address, max_bytes=robots.READ_BYTES + 1)
        if isinstance(fetched, FetchFailure):
            too_far = fetched.kind in (FetchFailureKind.TOO_MANY_REDIRECTS, FetchFailureKind.REDIRECT_LOOP)
            return RobotsFile((), address) if too_far else RobotsUnreachable(address)
        if 200 <= fetched.status < 300:
            return robots.parse(fetched.body, url=address)
        is_down = fetched.status >= 500 or fetched.status == 429
        return RobotsUnreachable(address, fetched.status) if is_down else RobotsFile((), address)

    def _fetch(self, url: str, *, max_bytes: int, accept: str = "*/*", user_agent: str = "") -> Fetched | FetchFailure:
        policy = replace(self.policy, max_bytes=max_bytes, cut_long_body=True, accept=accept)
        with self.turn(url):
            return fetch(url, policy=replace(policy, user_agent=user_agent) if user_agent else policy)


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt rules. Empty for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()
