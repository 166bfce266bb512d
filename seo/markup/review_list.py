"""A product's reviews as a list with pages, ready to be put into the shop's own page on the server.

Plain `<a href>` links lead from page to page, each with an address of its own: crawlers follow those and click nothing.
The first page is the product's own address; every page is its own canonical one, never the first.
Source: https://developers.google.com/search/docs/specialty/ecommerce/pagination-and-incremental-page-loading
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from core.texts import say
from seo.markup import microdata
from seo.markup.escaping import as_attribute, as_text, web_url
from seo.markup.facts import ProductFacts


@dataclass(frozen=True, slots=True)
class ListPage:
    """Which page of how many, both from 1, and the query parameter that names it in the product page's address."""

    number: int
    count: int
    parameter: str = "reviews"

    def address(self, product_url: str, number: int | None = None) -> str:
        """The address of this page, or of another; whatever else the address asks for stays."""
        wanted = self.number if number is None else number
        parts = urlsplit(product_url)
        query = [
            (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != self.parameter
        ]
        if wanted > 1:
            query.append((self.parameter, str(wanted)))
        return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def fragment(facts: ProductFacts, page: ListPage) -> str:
    """The list and its pages; an empty string when there is no review."""
    shown = microdata.fragment(facts)
    return f"{shown}\n{_pages(facts, page)}".rstrip() if shown else ""


def _pages(facts: ProductFacts, page: ListPage) -> str:
    if page.count < 2 or not web_url(facts.url):
        return ""
    label = as_attribute(say("seo", "markup.pages", facts.locale))
    links = [
        _link(facts, page, page.number - 1, "prev") if page.number > 1 else "",
        *(_number(facts, page, number) for number in _numbers(page)),
        _link(facts, page, page.number + 1, "next") if page.number < page.count else "",
    ]
    items = "\n".join(f"<li>{link}</li>" for link in links if link)
    return f'<nav class="fidelio-pages" aria-label="{label}">\n<ol>\n{items}\n</ol>\n</nav>'


def _numbers(page: ListPage) -> list[int]:
    """The first, the last, and two on either side of the present page: every page is a few links away."""
    near = range(page.number - 2, page.number + 3)
    return [number for number in sorted({1, *near, page.count}) if 1 <= number <= page.count]


def _link(facts: ProductFacts, page: ListPage, number: int, relation: str) -> str:
    key = "markup.previous_page" if relation == "prev" else "markup.next_page"
    words = as_text(say("seo", key, facts.locale))
    return f'<a rel="{relation}" href="{as_attribute(page.address(facts.url, number))}">{words}</a>'


def _number(facts: ProductFacts, page: ListPage, number: int) -> str:
    label = as_attribute(say("seo", "markup.page", facts.locale, number=number))
    here = ' aria-current="page"' if number == page.number else ""
    return f'<a href="{as_attribute(page.address(facts.url, number))}" aria-label="{label}"{here}>{number}</a>'
