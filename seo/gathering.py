"""Fetch a page and what its check needs besides: robots.txt, frames, later pages of reviews. Judging is the rules'."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from core.fetching import Fetched, FetchFailure, FetchFailureKind, FetchPolicy, fetch
from seo import robots
from seo.page import Page, from_fetched, saved
from seo.pagination import MOST_PAGES, later_pages
from seo.robots import Line, RobotsFile, RobotsUnreachable
from seo.sightings import Document, ReviewClass
from seo.subject import Frame, Subject
from seo.truth import Truth

# Google reads 2 MB of a page; beyond this the rest is not read here either, and what is missing is not called absent.
PAGE_BYTES = 10_000_000
MOST_FRAMES = 10
# for all later pages together: a slow shop must not hold a check for minutes
LATER_PAGES_SECONDS = 60.0
_UNMET = frozenset({ReviewClass.TRUNCATED, ReviewClass.INERT, ReviewClass.ABSENT, ReviewClass.AMBIGUOUS})


@dataclass(slots=True)
class _Fetcher:
    """Fetches with one policy and asks each host's robots.txt once."""

    policy: FetchPolicy
    known_robots: dict[str, RobotsFile | RobotsUnreachable]

    def page(self, url: str) -> Page | FetchFailure:
        policy = replace(self.policy, max_bytes=PAGE_BYTES, cut_long_body=True, accept="text/html,*/*;q=0.8")
        fetched = fetch(url, policy=policy)
        return from_fetched(fetched) if isinstance(fetched, Fetched) else fetched

    def robots_of(self, url: str) -> RobotsFile | RobotsUnreachable:
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if address not in self.known_robots:
            self.known_robots[address] = self._robots(address)
        return self.known_robots[address]

    def _robots(self, address: str) -> RobotsFile | RobotsUnreachable:
        """Statuses as seo.robots' source has them: 4xx but 429 means no rules, 5xx and silence mean stay away."""
        policy = replace(self.policy, max_bytes=robots.READ_BYTES, cut_long_body=True)
        fetched = fetch(address, policy=policy)
        if isinstance(fetched, FetchFailure):
            too_far = fetched.kind in (FetchFailureKind.TOO_MANY_REDIRECTS, FetchFailureKind.REDIRECT_LOOP)
            return RobotsFile((), address) if too_far else RobotsUnreachable(address)
        if 200 <= fetched.status < 300:
            return robots.parse(fetched.body, url=address)
        is_down = fetched.status >= 500 or fetched.status == 429
        return RobotsUnreachable(address, fetched.status) if is_down else RobotsFile((), address)


def gather(url: str, *, truth: Truth | None, policy: FetchPolicy) -> Subject | FetchFailure:
    """The page at `url` with its surroundings; frames and later pages only when there are reviews to look for."""
    fetcher = _Fetcher(policy, {})
    page = fetcher.page(url)
    if isinstance(page, FetchFailure):
        return page
    document = Document(page)
    frames = tuple(_frames(page, fetcher)) if truth else ()
    subject = Subject(document, fetcher.robots_of(page.url), frames, truth=truth)
    return _with_later_pages(subject, fetcher) if truth else subject


def gather_saved(raw: bytes, *, url: str, truth: Truth | None) -> Subject:
    """A saved page: nothing is fetched, so frames (but srcdoc), later pages and robots.txt stay unknown."""
    page = saved(raw, url=url)
    frames = tuple(_frames(page, None)) if truth else ()
    return Subject(Document(page), None, frames, unvisited=later_pages(page) if url else (), truth=truth)


def _frames(page: Page, fetcher: _Fetcher | None) -> Iterator[Frame]:
    for node in page.tree.css("iframe")[:MOST_FRAMES]:
        path = page.places.css_path(node)
        inline = node.attributes.get("srcdoc")
        if inline:
            document = Document(saved(inline.encode(), url=page.url), chain=("about:srcdoc",))
            yield Frame("", path, document)
            continue
        src = page.resolve(node.attributes.get("src") or "")
        if node.attributes.get("src") and src.startswith(("http:", "https:")):
            yield _fetched_frame(src, path, fetcher)


def _fetched_frame(src: str, path: str, fetcher: _Fetcher | None) -> Frame:
    if fetcher is None:
        return Frame(src, path, None)
    page = fetcher.page(src)
    if isinstance(page, FetchFailure):
        return Frame(src, path, None, failure=page.kind.value)
    return Frame(src, path, Document(page, chain=(src,)), _blocking_line(src, fetcher))


def _blocking_line(url: str, fetcher: _Fetcher) -> Line | None:
    known = fetcher.robots_of(url)
    decision = robots.for_googlebot(known, url) if isinstance(known, RobotsFile) else None
    return decision.line if decision and not decision.is_allowed else None


def _with_later_pages(subject: Subject, fetcher: _Fetcher) -> Subject:
    """Follow `<a href>` pages breadth first until every review is met, at most MOST_PAGES."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(url, (url,)) for url in later_pages(subject.page)]
    seen = {subject.page.url, *(url for url, _ in waiting)}
    deadline = time.monotonic() + LATER_PAGES_SECONDS
    while waiting and len(subject.later_pages) < MOST_PAGES and time.monotonic() < deadline:
        if not any(sighting.kind in _UNMET for sighting in subject.sightings):
            return subject
        url, chain = waiting.pop(0)
        page = fetcher.page(url)
        if isinstance(page, FetchFailure) or page.status != 200:
            continue
        subject = replace(subject, later_pages=(*subject.later_pages, Document(page, chain)))
        fresh = [further for further in later_pages(page) if further not in seen]
        seen.update(fresh)
        waiting += [(further, (*chain, further)) for further in fresh]
    return replace(subject, unvisited=tuple(url for url, _ in waiting))
