"""The list with its pages: plain links that a crawler follows, and every page its own canonical one."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from seo.markup import review_list
from seo.markup.facts import ImageFacts
from seo.markup.review_list import ListPage
from tests.seo.markup import make


def read(page: ListPage, *, url: str = make.URL, locale: str = "en-US") -> BeautifulSoup:
    facts = replace(make.product(reviews=(make.review(),), locale=locale), url=url)
    return BeautifulSoup(review_list.fragment(facts, page), "html5lib")


def test_links_lead_to_the_first_the_last_and_the_near_pages() -> None:
    soup = read(ListPage(5, 9))

    links = {link.get_text(): link["href"] for link in soup.select("nav a")}
    assert list(links) == ["Previous page", "1", "3", "4", "5", "6", "7", "9", "Next page"]
    assert links["1"] == make.URL
    assert links["Next page"] == f"{make.URL}?reviews=6"
    assert [link.get_text() for link in soup.select("[aria-current=page]")] == ["5"]
    assert [link["href"] for link in soup.select("a[rel]")] == [f"{make.URL}?reviews=4", f"{make.URL}?reviews=6"]


def test_one_page_needs_no_links_and_no_review_no_list() -> None:
    assert read(ListPage(1, 1)).nav is None
    assert review_list.fragment(make.product(with_rating=False), ListPage(1, 1)) == ""


@pytest.mark.parametrize(
    "url,number,address",
    [
        ("https://shop.example/p", 1, "https://shop.example/p"),
        ("https://shop.example/p", 3, "https://shop.example/p?reviews=3"),
        ("https://shop.example/p?colour=red&reviews=2#top", 3, "https://shop.example/p?colour=red&reviews=3"),
        ("https://shop.example/p?reviews=2", 1, "https://shop.example/p"),
        ("https://shop.example/p?a=&b=%26", 2, "https://shop.example/p?a=&b=%26&reviews=2"),
    ],
)
def test_a_page_has_one_address(url: str, number: int, address: str) -> None:
    assert ListPage(number, 9).address(url) == address


def test_a_reader_sees_what_must_be_known_to_judge_the_words() -> None:
    bought = make.review(photos=(ImageFacts("https://media.example/1.webp", 1600, 1200, "Photo by Anne D."),))
    paid = replace(make.review(), is_verified=False, is_incentivised=True, experienced_on=date(2026, 3, 3))
    facts = make.product(reviews=(bought, paid), locale="fr-FR")

    soup = BeautifulSoup(review_list.fragment(facts, ListPage(1, 1)), "html5lib")

    first, second = (
        [item.get_text() for item in each.select("li")] for each in soup.select("article .fidelio-standing")
    )
    assert first == ["Achat vérifié"]
    assert second[0] == "Achat non vérifié"
    assert second[2] == "Expérience du 3 mars 2026"
    (image,) = soup.select("article img")
    assert (image["src"], image["alt"], image["width"]) == ("https://media.example/1.webp", "Photo by Anne D.", "1600")
