"""Sitemaps with images, languages and true dates, and the index of several. Which pages there are is publishing's.

Source: https://www.sitemaps.org/protocol.html and
https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps (July 2026): at most 50,000
addresses and 50 MB a file, 1,000 pictures a page. `lastmod` is told only where it is true: it moves with a change of
the main content, such as a newly published review; priority and changefreq are ignored and not written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from seo.markup.escaping import as_attribute, web_url
from seo.syndication.xml import DECLARATION, around, element

MOST_IMAGES = 1000
_SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page for other readers: a BCP 47 tag and the address."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """One page: its canonical address, when its main content last changed, its pictures, and its other languages.

    `alternates` name the page itself too, or none: an unfinished list is ignored by search engines.
    """

    url: str
    changed_at: datetime
    images: tuple[str, ...] = ()
    alternates: tuple[Alternate, ...] = ()


@dataclass(frozen=True, slots=True)
class SitemapPart:
    """One file of several: its address, and the newest change of the pages in it."""

    url: str
    changed_at: datetime


def written(pages: Iterable[SitemapPage]) -> Iterator[str]:
    """One sitemap, piece by piece. A page whose address is not absolute http(s) is left out."""
    yield f"{DECLARATION}<urlset {_SPACES}>\n"
    for page in pages:
        if web_url(page.url):
            yield _page(page) + "\n"
    yield "</urlset>\n"


def index(parts: Iterable[SitemapPart]) -> str:
    """The index that names the files of a sitemap."""
    entries = "".join(
        around("sitemap", element("loc", web_url(part.url)), element("lastmod", _instant(part.changed_at))) + "\n"
        for part in parts
    )
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f"{DECLARATION}<sitemapindex {space}>\n{entries}</sitemapindex>\n"


def _page(page: SitemapPage) -> str:
    images = [around("image:image", element("image:loc", url)) for url in page.images[:MOST_IMAGES] if web_url(url)]
    return around(
        "url",
        element("loc", page.url),
        element("lastmod", _instant(page.changed_at)),
        *(_alternate(each) for each in page.alternates if web_url(each.url)),
        *images,
    )


def _alternate(each: Alternate) -> str:
    language, address = as_attribute(each.language), as_attribute(each.url)
    return f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
