"""Sitemaps: is the page in them, since when, and what is against their protocol?"""

import gzip

import pytest

from seo import sitemaps
from tests.seo import samples

HEAD = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
IMAGES = ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
URL = f"<url><loc>{samples.URL}</loc><lastmod>2026-03-09T10:00:00+01:00</lastmod>"


def read(body: str | bytes, *, is_cut: bool = False) -> sitemaps.SitemapFile:
    raw = body.encode() if isinstance(body, str) else body
    return sitemaps.read(raw, url="https://shop.example/sitemap.xml", wanted=samples.URL, is_cut=is_cut)


def test_the_page_is_found_with_its_date_pictures_and_place() -> None:
    picture = "<image:image><image:loc>https://shop.example/a.jpg</image:loc></image:image>"
    body = f"{HEAD}{IMAGES}><url><loc>https://shop.example/</loc></url>{URL}{picture * 2}</url></urlset>"

    found = read(body)

    (entry,) = found.entries
    assert (entry.lastmod, entry.images, found.url_count, found.faults) == ("2026-03-09T10:00:00+01:00", 2, 2, [])
    assert body.encode()[entry.offset :].startswith(b"<url><loc>https://shop.example/teapot")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_plain_and_compressed_files_are_read(pack: type[bytes]) -> None:
    assert read(pack(f"{HEAD}>{URL}</url></urlset>".encode())).entries
    assert read(pack(f"https://shop.example/a\n{samples.URL}\n".encode())).entries


def test_an_index_names_its_files() -> None:
    body = "<sitemapindex><sitemap><loc>https://shop.example/1.xml</loc></sitemap></sitemapindex>"

    assert read(body).children == ["https://shop.example/1.xml"]


@pytest.mark.parametrize(
    "body,fault",
    [
        (f"{HEAD}><url><loc>/teapot</loc></url></urlset>", "loc: '/teapot'"),
        (f"{HEAD}><url><loc>https://shop.example/?a=1&b=2</loc></url></urlset>", "line 1: not well-formed"),
        (f"{HEAD}>{URL.replace('2026-03-09T10:00:00+01:00', 'yesterday')}</url></urlset>", "lastmod: 'yesterday'"),
        ("<html><p>not found</p></html>", "<html>"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><urlset/>', "declares a DTD"),
        (b"\x1f\x8bbroken", "gzip"),
    ],
)
def test_what_is_against_the_protocol_is_told(body: str | bytes, fault: str) -> None:
    assert read(body).faults[0].text.startswith(fault)


def test_a_file_that_was_cut_is_not_broken_but_not_whole() -> None:
    found = read(f"{HEAD}>{URL}</url><url><lo", is_cut=True)

    assert (found.is_whole, found.faults, len(found.entries)) == (False, [], 1)


def test_a_bomb_stops_at_fifty_megabytes() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)

    found = read(bomb)

    assert not found.is_whole
    assert found.byte_count <= sitemaps.MOST_BYTES + 65_536


def test_addresses_are_compared_in_one_spelling() -> None:
    assert sitemaps.comparable("HTTPS://Shop.example/théière?q=a b") == sitemaps.comparable(
        "https://shop.example/th%C3%A9i%C3%A8re?q=a%20b#top"
    )
