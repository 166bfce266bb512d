"""Fetch a page and what its check needs besides: robots.txt, frames, its drawn form, later pages of reviews. Judging is
the rules'.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.fetching import FetchFailure, FetchPolicy
from seo.documents import Document
from seo.drawing import Browser, drawn
from seo.fetcher import PAGE_BYTES, Fetcher
from seo.findings import Reason
from seo.frames import Frame
from seo.page import Page, saved
from seo.pagination import MOST_PAGES, later_pages
from seo.sightings import ReviewClass
from seo.subject import Subject
from seo.surroundings import ask
from seo.truth import Truth

MOST_FRAMES = 10
# for all later pages together: a slow shop must not hold a check for minutes
LATER_PAGES_SECONDS = 60.0
_UNMET = frozenset({
    ReviewClass.TRUNCATED, ReviewClass.AFTER, ReviewClass.CLOSED_SHADOW, ReviewClass.INERT, ReviewClass.ABSENT,
    ReviewClass.AMBIGUOUS,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a check looks around its page.

    - `follows_links`: ask for what the page names (canonical, language versions, share pictures, sitemaps).
    - `in_other_names`: ask for the page under other crawlers' names too, which only the site's owner may want.
    - `browser`: draw the page with it; without one, why not.
    """

    follows_links: bool = True
    in_other_names: bool = False
    browser: Browser | Reason = Reason.NOT_RENDERED


WHOLE = Reach()


def gather(
    url: str, *, truth: Truth | None, policy: FetchPolicy, reach: Reach = WHOLE, fetcher: Fetcher | None = None
) -> Subject | FetchFailure:
    """The page at `url` with its surroundings; frames and later pages only when there are reviews to look for.

    A `fetcher` that is given again asks each host's robots.txt and sitemaps once for many pages.
    """
    fetcher = fetcher or Fetcher(policy)
    page = fetcher.page(url)
    if isinstance(page, FetchFailure):
        return page
    document = Document(page)
    frames = tuple(_frames(page, fetcher)) if truth else ()
    around = ask(page, fetcher, in_other_names=reach.in_other_names) if reach.follows_links else None
    fetched = Subject(document, fetcher.robots_of(page.url), frames, truth=truth, around=around)
    subject = drawn(fetched, fetcher, reach.browser)
    return _with_later_pages(subject, fetcher) if truth else subject


def gather_saved(raw: bytes, *, url: str, truth: Truth | None) -> Subject:
    """A saved page: nothing is fetched, so frames (but srcdoc), later pages and robots.txt stay unknown.

    What is longer than a fetched page may be is cut like one.
    """
    page = saved(raw[:PAGE_BYTES], url=url, is_cut=len(raw) > PAGE_BYTES)
    frames = tuple(_frames(page, None)) if truth else ()
    # only reviews that are missed can be on them
    unvisited = later_pages(page) if url and truth else ()
    return Subject(Document(page), None, frames, unvisited=unvisited, truth=truth, unrendered=Reason.SAVED_FILE)


def _frames(page: Page, fetcher: Fetcher | None) -> Iterator[Frame]:
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


def _fetched_frame(src: str, path: str, fetcher: Fetcher | None) -> Frame:
    if fetcher is None:
        return Frame(src, path, None)
    page = fetcher.page(src)
    if isinstance(page, FetchFailure):
        return Frame(src, path, None, failure=page.kind.value)
    return Frame(src, path, Document(page, chain=(src,)), fetcher.blocking_line(src))


def _with_later_pages(subject: Subject, fetcher: Fetcher) -> Subject:
    """Follow `<a href>` pages breadth first until every review is met, at most MOST_PAGES."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(url, (url,)) for url in _linked(subject)]
    seen = {subject.page.url, *(url for url, _ in waiting)}
    deadline = time.monotonic() + LATER_PAGES_SECONDS
    while waiting and len(subject.later_pages) < MOST_PAGES and time.monotonic() < deadline:
        if not any(sighting.kind in _UNMET for sighting in subject.sightings):
            return subject
        url, chain = waiting.pop(0)
        page = fetcher.page(url)
        if isinstance(page, FetchFailure) or page.status != 200:
            continue
        subject = replace(
            subject,
            later_pages=(*subject.later_pages, Document(page, chain)),
            later_robots={**subject.later_robots, url: fetcher.robots_of(url)},
        )
        fresh = [further for further in later_pages(page) if further not in seen]
        seen.update(fresh)
        waiting += [(further, (*chain, further)) for further in fresh]
    return replace(subject, unvisited=tuple(url for url, _ in waiting))


def _linked(subject: Subject) -> tuple[str, ...]:
    """Further pages that the HTML links, and those that only its drawn form does."""
    drawn_links = later_pages(subject.rendered.light.page) if subject.rendered else ()
    return tuple(dict.fromkeys((*later_pages(subject.page), *drawn_links)))
