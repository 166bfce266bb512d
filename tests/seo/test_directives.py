"""Robots directives: in head, body and headers, for everybody or one crawler; the most restrictive wins."""

import pytest

from seo import directives
from tests.seo import samples


@pytest.mark.parametrize(
    "html,held",
    [
        ('<meta name="ROBOTS" content="NOINDEX">', {"noindex"}),
        ('<meta name="robots" content="none">', {"noindex", "nofollow"}),
        ('<meta name="robots" content="index, follow"><meta name="googlebot" content="noindex">',
         {"index", "follow", "noindex"}),
        ('<meta name="googlebot-news" content="noindex">', set()),
        ('<meta name="bingbot" content="noindex">', set()),
        ('<body><p>x</p><meta name="robots" content="noindex">', {"noindex"}),
        ('<template><meta name="robots" content="noindex"></template>', set()),
        ("<!-- <meta name=robots content=noindex> -->", set()),
    ],
)  # fmt: skip
def test_meta_elements_add_up_wherever_they_stand(html: str, held: set[str]) -> None:
    assert set(directives.for_googlebot(samples.page(html))) == held


@pytest.mark.parametrize(
    "value,held",
    [
        ("noindex", {"noindex"}),
        ("googlebot: noindex, nofollow", {"noindex", "nofollow"}),
        ("otherbot: noindex", set()),
        ("max-snippet: 20, noindex", {"max-snippet", "noindex"}),
        ("unavailable_after: Wednesday, 25 Jun 2025 15:00:00 GMT, noindex", {"unavailable_after", "noindex"}),
    ],
)
def test_headers_may_name_a_crawler_and_hold_dates(value: str, held: set[str]) -> None:
    page = samples.page("<p>x", headers=(("X-Robots-Tag", value),))

    assert set(directives.for_googlebot(page)) == held


def test_a_date_keeps_its_commas() -> None:
    value = "unavailable_after: Wednesday, 25 Jun 2025 15:00:00 GMT"
    page = samples.page("<p>x", headers=(("x-robots-tag", value),))

    held = directives.for_googlebot(page)["unavailable_after"]

    assert held.value == "Wednesday, 25 Jun 2025 15:00:00 GMT"
    assert held.evidence.header == f"x-robots-tag: {value}"
