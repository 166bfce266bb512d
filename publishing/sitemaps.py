"""A storefront's product pages for search engines: in parts, with photos and true dates. The XML is seo.syndication's.

`lastmod` is the product's own instant of change, which moves in the transaction that publishes or takes down a review:
a crawler that trusts it meets each new review and is called for nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from sqlmodel import Session

from core import clock
from publishing.queries import sitemaps as queries
from publishing.queries.sitemaps import AddressRow, PageRow, PictureRow
from seo.syndication.sitemap import Alternate, SitemapPage
from ugc import photos

# pages in one file: with a hundred pictures each it stays far below the 50 MB that a file may have
PART = 1000
_MOST_PICTURES = 100
_BATCH = 200

# the word product or family, and its id
Subject: TypeAlias = tuple[str, int]


def parts(session: Session, storefront_id: int) -> list[queries.PartRow]:
    """The files that the storefront's sitemap consists of. One statement."""
    return queries.parts(session, storefront_id, size=PART)


def part(session: Session, storefront_id: int, *, start: int) -> Iterator[SitemapPage]:
    """The pages of the file that begins with the product of id `start`: three statements for every 200 pages."""
    left = PART
    while left and (rows := queries.pages(session, storefront_id, start=start, limit=min(left, _BATCH))):
        yield from _batch(session, rows)
        left -= len(rows)
        start = rows[-1].product_id + 1


def _batch(session: Session, rows: Sequence[PageRow]) -> Iterator[SitemapPage]:
    pictures: dict[Subject, list[PictureRow]] = defaultdict(list)
    for picture in queries.pictures(session, rows, most=_MOST_PICTURES):
        pictures[_subject(picture)].append(picture)
    addresses: dict[int, list[AddressRow]] = defaultdict(list)
    for address in queries.addresses(session, [row.product_id for row in rows]):
        addresses[address.product_id].append(address)
    for row in rows:
        yield SitemapPage(
            url=row.url,
            changed_at=clock.from_milliseconds(row.changed_ms),
            images=_images(row, pictures[_subject(row)]),
            alternates=_alternates(row, addresses[row.product_id]),
        )


def _subject(row: PageRow | PictureRow) -> Subject:
    """What reviews are about: the family where there is one, else the product."""
    return ("product", row.product_id) if row.family_id is None else ("family", row.family_id)


def _images(row: PageRow, pictures: Sequence[PictureRow]) -> tuple[str, ...]:
    shown = [photos.address(each.digest) for each in pictures]
    return tuple(dict.fromkeys([row.image_url, *shown] if row.image_url else shown))


def _alternates(row: PageRow, addresses: Sequence[AddressRow]) -> tuple[Alternate, ...]:
    # of two storefronts in one language the page's own counts, else the older: a language may be named once
    by_language: dict[str, str] = {}
    for each in addresses:
        if each.locale not in by_language or each.url == row.url:
            by_language[each.locale] = each.url
    return tuple(Alternate(*each) for each in by_language.items()) if len(by_language) > 1 else ()
