"""Sitemaps as crawlers read them."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from seo.syndication import sitemap
from seo.syndication.sitemap import MOST_IMAGES, Alternate, SitemapPage, SitemapPart

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def read(text: str) -> ET.Element:
    return ET.fromstring(text.encode())  # noqa: S314 - our own output


def test_a_page_tells_its_address_its_change_its_languages_and_its_pictures() -> None:
    page = SitemapPage(
        "https://shop.example/p?a=1&b=2",
        NOON,
        images=("https://media.example/1.webp", "javascript:alert(1)"),
        alternates=(Alternate("fr-FR", "https://shop.example/fr/p"), Alternate("en-US", "https://shop.example/p")),
    )

    (told,) = read("".join(sitemap.written([page]))).findall("s:url", NAMES)

    assert told.findtext("s:loc", None, NAMES) == "https://shop.example/p?a=1&b=2"
    assert told.findtext("s:lastmod", None, NAMES) == "2026-03-02T12:00:00+00:00"
    links = told.findall("x:link", NAMES)
    assert [each.get("rel") for each in links] == ["alternate", "alternate"]
    assert [each.get("hreflang") for each in links] == ["fr-FR", "en-US"]
    assert [each.text for each in told.findall("i:image/i:loc", NAMES)] == ["https://media.example/1.webp"]


def test_a_page_has_no_more_pictures_than_the_format_allows_and_only_web_addresses() -> None:
    many = tuple(f"https://media.example/{number}.webp" for number in range(MOST_IMAGES + 1))

    root = read("".join(sitemap.written([SitemapPage("https://shop.example/p", NOON, many), SitemapPage("/p", NOON)])))

    (told,) = root.findall("s:url", NAMES)
    assert len(told.findall("i:image", NAMES)) == MOST_IMAGES


def test_the_index_names_every_part_with_its_newest_change() -> None:
    root = read(sitemap.index([SitemapPart("https://r.example/sitemaps/fr/1.xml", NOON)]))

    (told,) = root.findall("s:sitemap", NAMES)
    assert told.findtext("s:loc", None, NAMES) == "https://r.example/sitemaps/fr/1.xml"
    assert told.findtext("s:lastmod", None, NAMES) == "2026-03-02T12:00:00+00:00"
