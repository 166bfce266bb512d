"""Which pages a crawl is about: those of a sitemap, of a list of addresses, or of a folder of saved pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.fetching import FetchFailure, FetchPolicy, fetch
from seo import sitemaps
from seo.page import host_of

MOST_FILES = 1000
MOST_PAGES = 500_000
_MOST_BYTES = 52_428_800
_SAVED = (".html", ".htm", ".xhtml")


@dataclass(slots=True)
class Targets:
    """The pages, each once, in order. `folder`: they are files in it.

    - `foreign` counts addresses of other hosts that a sitemap names: a sitemap speaks for its own host alone, and must
      not send a crawl elsewhere.
    - `failures` are the sitemaps that could not be read whole, each with why.
    """

    pages: dict[str, None] = field(default_factory=dict)
    folder: Path | None = None
    foreign: int = 0
    failures: dict[str, str] = field(default_factory=dict)


def of(target: str, *, policy: FetchPolicy) -> Targets:
    """The pages that the target names. OSError when it is a file that cannot be read."""
    if target.startswith(("http://", "https://")):
        return _of_sitemaps(target, policy)
    path = Path(target)
    if path.is_dir():
        return Targets(dict.fromkeys(str(page) for page in _saved(path)), folder=path)
    with path.open("rb") as file:
        body = file.read(_MOST_BYTES + 1)
    listing = sitemaps.listed(body, is_cut=len(body) > _MOST_BYTES)
    targets = Targets(failures={target: listing.failure} if listing.failure else {})
    # who names a file chose its addresses
    targets.pages.update(dict.fromkeys(url for url in listing.pages if _is_web(url)))
    for child in filter(_is_web, listing.children):
        found = _of_sitemaps(child, policy)
        targets.pages.update(found.pages)
        targets.failures.update(found.failures)
        targets.foreign += found.foreign
    return targets


def _saved(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _SAVED and path.is_file())


def _of_sitemaps(root: str, policy: FetchPolicy) -> Targets:
    targets = Targets()
    host = host_of(root)
    waiting, known = [root], {root}
    while waiting:
        address = waiting.pop(0)
        listing = _fetched(address, policy)
        if listing.failure:
            targets.failures[address] = listing.failure
        own = [url for url in listing.pages if host_of(url) == host and _is_web(url)]
        targets.foreign += len(listing.pages) - len(own)
        targets.pages.update(dict.fromkeys(own[: MOST_PAGES - len(targets.pages)]))
        fresh = [url for url in dict.fromkeys(listing.children) if url not in known and host_of(url) == host]
        waiting += fresh[: MOST_FILES - len(known)]
        if len(known) + len(fresh) > MOST_FILES or len(targets.pages) >= MOST_PAGES:
            targets.failures[root] = f"> {MOST_FILES} sitemaps / {MOST_PAGES} pages"
        known.update(fresh[: MOST_FILES - len(known)])
    return targets


def _fetched(address: str, policy: FetchPolicy) -> sitemaps.Listing:
    answer = fetch(address, policy=policy)
    if isinstance(answer, FetchFailure):
        return sitemaps.Listing(failure=answer.kind.value)
    if answer.status != 200:
        return sitemaps.Listing(failure=f"HTTP {answer.status}")
    return sitemaps.listed(answer.body, is_cut=answer.is_cut)


def policy_for(policy: FetchPolicy) -> FetchPolicy:
    """The caller's policy with room and time for a whole sitemap."""
    return replace(policy, max_bytes=_MOST_BYTES, cut_long_body=True, timeout_seconds=max(30.0, policy.timeout_seconds))


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))
