"""LNK-03: links to the shop's own pages carry nofollow. Links inside reviews are unqualified-review-link."""

import re
from itertools import islice
from urllib.parse import urlsplit

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.page import Page, host_of
from seo.rules.rule import Rule
from seo.subject import Subject

# what nobody wants crawled
_SERVICE = re.compile(
    r"cart|basket|panier|checkout|commande|log-?in|account|compte|wishlist|compare|search|recherche|sign", re.IGNORECASE
)
_MOST = 10


def check(subject: Subject) -> Outcome:
    """No rel=nofollow on links into the folder that this page is in, such as /products/. Evidence: each."""
    page = subject.page
    own = host_of(page.url)
    if not own:
        return NOT_APPLICABLE
    if not _folder(page.url):
        return NOT_APPLICABLE
    if not page.mentions("nofollow"):
        return passed()
    links = [(node, node.attributes.get("href") or "") for node in page.tree.css('a[rel~="nofollow" i][href]')]
    wrong = list(islice((link for link in links if _is_page(link[1], own, page)), _MOST))
    if not wrong:
        return passed()
    return failed(
        *(Evidence(href[:120], page.places.offset_of(node, href), page.places.css_path(node)) for node, href in wrong)
    )


def _is_page(href: str, own: str, page: Page) -> bool:
    if not href or href[0] == "#" or "?" in href or _SERVICE.search(href):
        return False
    url = page.resolve(href)
    if host_of(url) != own or not url.startswith("http"):
        return False
    return _folder(url) == _folder(page.url) != ""


def _folder(url: str) -> str:
    """The first folder of an address: what shops tell products from other pages by."""
    first, slash, _ = urlsplit(url).path.lstrip("/").partition("/")
    return first if slash else ""


RULE = Rule(
    code="LNK-03",
    id="nofollow-internal-link",
    severity=Severity.INFO,
    title_pass="Links to the shop's own pages are followed",
    title_fail="Links to the shop's own pages carry nofollow",
    why="nofollow tells crawlers not to take the way that leads to the shop's own products.",
    example='<a rel="nofollow" href="/products/cup">Cup</a>',
    remedy="Remove nofollow from links to pages that should be indexed.",
    source="https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links",
    check=check,
)
