"""The faulty pages: each has the fault it is named for, and no other."""

import subprocess
from pathlib import Path

import httpx2
import pytest

from seo import robots
from tests.examples.reading import json_ld, links, read, text
from tests.examples.selling import TEAPOT_REVIEWS
from tests.examples.street import Street

TEAPOT = "/en/products/theiere-galet"
BODY = "La théière numéro 11 de ma cuisine verse bien."


def faulty(name: str) -> str:
    return f"{TEAPOT}?integration={name}"


@pytest.mark.parametrize("name", ["javascript", "iframe"])
def test_reviews_are_not_in_the_html(visit: httpx2.Client, name: str) -> None:
    html = visit.get(faulty(name)).text

    assert BODY in visit.get(TEAPOT).text
    assert BODY not in html
    assert "ld+json" not in html
    assert 'property="og:image"' in html


def test_the_frame_holds_what_its_page_does_not(visit: httpx2.Client) -> None:
    [frame] = links(read(visit, faulty("iframe")), "iframe", "src")

    document = read(visit, frame)

    assert BODY in text(document, ".reviews__list")
    further = links(document, 'a[rel="next"]')
    assert further[0].startswith("/en/embed/theiere-galet?after=")


def test_a_template_is_never_drawn(visit: httpx2.Client) -> None:
    html = visit.get(faulty("template")).text

    start, end = html.index("<template>"), html.index("</template>")
    assert start < html.index(f">{BODY}<") < end


@pytest.mark.parametrize(
    "name, value, count",
    [
        ("server", "4.0", TEAPOT_REVIEWS),
        ("wrong-rating", "3.0", TEAPOT_REVIEWS),
        ("wrong-count", "4.0", TEAPOT_REVIEWS + 1),
    ],
)
def test_the_markups_rating_is_true_or_false_as_asked(visit: httpx2.Client, name: str, value: str, count: int) -> None:
    page = read(visit, faulty(name))

    rating = json_ld(page)["aggregateRating"]
    assert (rating["ratingValue"], rating["ratingCount"]) == (value, count)
    assert text(page, ".summary__mean strong") == "4.0"


def test_the_sharing_tags_can_lack_their_picture(visit: httpx2.Client) -> None:
    page = read(visit, faulty("no-picture"))

    assert links(page, 'meta[property^="og:image"], meta[name^="twitter:image"]', "content") == []
    assert links(page, 'meta[property="og:title"]', "content") != []


def test_only_the_noindex_page_forbids_the_index(visit: httpx2.Client) -> None:
    assert links(read(visit, faulty("noindex")), 'meta[name="robots"]', "content") == ["noindex"]
    assert links(read(visit, TEAPOT), 'meta[name="robots"]', "content") == []


def test_robots_txt_closes_the_blocked_page_alone(visit: httpx2.Client, street: Street) -> None:
    rules = robots.parse(visit.get("/robots.txt").content)

    ways = ["server", "javascript", "iframe", "template", "noindex", "blocked"]
    closed = [way for way in ways if not robots.for_googlebot(rules, street.front + faulty(way)).is_allowed]
    assert closed == ["blocked"]
    assert robots.for_googlebot(rules, street.front + TEAPOT).is_allowed


def test_every_way_is_linked_from_the_product_page(visit: httpx2.Client) -> None:
    ways = links(read(visit, TEAPOT), ".integrations a")

    assert ways[0] == TEAPOT
    assert len(ways) == len(set(ways)) == 9
    assert {visit.get(way).status_code for way in ways} == {200}


def test_an_unknown_way_is_the_good_one(visit: httpx2.Client) -> None:
    assert BODY in visit.get(faulty("telepathy")).text


def test_in_a_browser_the_script_brings_the_reviews_from_the_api(street: Street, chromium: str, tmp_path: Path) -> None:
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
               f"--user-data-dir={tmp_path}", "--virtual-time-budget=8000", "--dump-dom"]  # fmt: skip
    drawn = subprocess.run(
        [*command, street.front + faulty("javascript")], capture_output=True, text=True, timeout=60, check=True
    ).stdout

    assert BODY in drawn
