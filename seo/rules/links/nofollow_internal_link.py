"""LNK-03: links to the shop's own pages carry nofollow. Links inside reviews are unqualified-review-link."""

import re
from urllib.parse import urlsplit

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.page import host_of
from seo.rules.rule import Rule
from seo.subject import Subject

# what nobody wants crawled
_SERVICE = re.compile(
    r"cart|basket|panier|checkout|commande|log-?in|account|compte|wishlist|compare|search|recherche|sign", re.IGNORECASE
)
_MOST = 10


def check(subject: Subject) -> Outcome:
    """No rel=nofollow on links to pages of this host without parameters, account and cart aside. Evidence: each."""
    page = subject.page
    own = host_of(page.url)
    if not own:
        return NOT_APPLICABLE
    marked = page.tree.css('a[rel~="nofollow" i][href]')
    wrong = [node for node in marked if _is_page(page.resolve(node.attributes.get("href") or ""), own)]
    if not wrong:
        return passed() if marked or page.tree.css_first("a[href]") else NOT_APPLICABLE
    told = [(node, node.attributes.get("href") or "") for node in wrong[:_MOST]]
    return failed(
        *(Evidence(href[:120], page.places.offset_of(node, href), page.places.css_path(node)) for node, href in told)
    )


def _is_page(url: str, own: str) -> bool:
    if host_of(url) != own or not url.startswith("http"):
        return False
    parts = urlsplit(url)
    return not parts.query and parts.path not in ("", "/") and _SERVICE.search(parts.path) is None


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
