"""robots.txt: who may read what, and the line that says so."""

import json
import os
from pathlib import Path

import pytest

from seo import robots

CORPUS = Path(os.environ.get("FIDELIO_TEST_DATA") or Path(__file__).parents[3] / "shared" / "data")
CASES = CORPUS / "seo" / "robotstxt" / "cases.json"


def decide(text: str, url: str, agent: str = "Googlebot") -> tuple[bool, int | None]:
    decision = robots.decide(robots.parse(text.encode()), url, agent=agent)
    return decision.is_allowed, decision.line.number if decision.line else None


@pytest.mark.skipif(not CASES.exists(), reason="the optional third-party corpus is not here (seo/robotstxt/cases.json)")
def test_googles_own_cases_all_come_out_as_google_has_them() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))

    wrong = [
        (name, text, agent, url)
        for name, text, agent, url, expected in cases
        if decide(text, url, agent)[0] is not expected
    ]

    assert len(cases) == 142
    assert wrong == []


SHOP = """# the shop
User-agent: *
Disallow: /cart
Sitemap: https://shop.example/sitemap.xml

User-agent: Googlebot
User-agent: Bingbot
Disallow: /search
Allow: /search/teapots
Disallow: /*?sort=
Disallow: /*.pdf$
"""


@pytest.mark.parametrize(
    "path,agent,expected",
    [
        ("/teapot", "Googlebot", (True, None)),
        ("/cart", "Googlebot", (True, None)),
        ("/cart/pay", "Slackbot", (False, 3)),
        ("/search?q=x", "bingbot", (False, 8)),
        ("/search/teapots/2", "Googlebot", (True, 9)),
        ("/teapots?sort=price", "Googlebot", (False, 10)),
        ("/manual.pdf", "Googlebot", (False, 11)),
        ("/manual.pdf?v=2", "Googlebot", (True, None)),
    ],
)
def test_the_winning_line_is_told(path: str, agent: str, expected: tuple[bool, int | None]) -> None:
    assert decide(SHOP, f"https://shop.example{path}", agent) == expected


@pytest.mark.parametrize(
    "text,expected",
    [
        ("user-agent: *\ndisallow: /a\nallow: /a", (True, 3)),
        ("user-agent: *\ndisallow:", (True, None)),
        ("disallow: /\nuser-agent: *\nallow: /", (True, 3)),
        ("user agent: googlebot\ndissallow: /", (False, 2)),
        ("user-agent googlebot\rdisallow /", (False, 2)),
        ("\ufeffuser-agent: *\r\ndisallow: /*a*b*c$", (False, 2)),
        ("<html><body>not found</body></html>", (True, None)),
        ("user-agent: other\nnonsense: 1\nuser-agent: *\ndisallow: /", (False, 4)),
    ],
)
def test_what_authors_write_is_read_as_google_reads_it(text: str, expected: tuple[bool, int | None]) -> None:
    assert decide(text, "https://shop.example/a-b-c") == expected


def test_any_spelling_of_an_address_is_matched() -> None:
    known = robots.parse("user-agent: *\ndisallow: /théière".encode())

    assert not robots.for_googlebot(known, "https://shop.example/théière").is_allowed
    assert not robots.for_googlebot(known, "https://shop.example/th%C3%A9i%C3%A8re").is_allowed


def test_hostile_patterns_and_sizes_take_no_time() -> None:
    text = "user-agent: *\ndisallow: /" + "*a" * 5000 + "b\n" + "x" * 600_000 + "\nallow: /\n"

    assert decide(text, "https://shop.example/" + "a" * 5000) == (True, None)
