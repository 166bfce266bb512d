"""Pages made to hurt: a verdict in bounded time, never a crash."""

import time
from dataclasses import replace

import pytest

from seo.findings import Verdict
from seo.gathering import gather_saved
from seo.runner import run
from seo.truth import PublishedReview
from tests.seo import samples

TRUTH = replace(samples.TRUTH, reviews=(*samples.TRUTH.reviews, PublishedReview("t", "Zed", "Top !")))
REVIEW = '{"@type":"Review","author":"a","reviewBody":"it pours well"}'

TWICE = '{"a":1,"a":2}'

PAGES = {
    "five megabytes of text": "<p>" + "lorem ipsum dolor sit amet " * 200_000,
    "ten thousand levels": "<div>" * 10_000 + "x",
    "a JSON-LD script of a megabyte": f'<script type="application/ld+json">[{",".join([REVIEW] * 15_000)}]</script>',
    "a script of open comments": '<script type="application/ld+json">{"a":1,' + "/*" * 400_000 + "</script>",
    "ten thousand scripts": '<script type="application/ld+json">{"@type":"X"}</script>' * 10_000,
    "ten thousand attributes": "<div " + " ".join(f'a{n}="x y z x y z x y z x y z"' for n in range(10_000)) + ">",
    "twenty thousand social tags": '<meta property="og:title" content="">' * 20_000,
    "twenty thousand directives": '<meta name="robots" content="follow">' * 20_000,
    "noscript never closed": "<noscript>" * 100_000,
    "quotes never closed": '<meta name="' * 50_000,
    "three thousand nested items": '<p itemscope itemprop="a">' * 3000,
    "half a million brackets": "<" * 500_000,
    "templates in templates": "<template>" * 5000 + samples.ANNE.text,
    "a short text a hundred thousand times": "<p>Top !" * 100_000,
    "fifty megabytes of elements": "<p class=review>x</p>" * 2_400_000,
    "five megabytes of JSON-LD": f'<script type="application/ld+json">[{",".join([REVIEW] * 60_000)}]</script>',
    "keys written twice without end": f'<script type="application/ld+json">[{",".join([TWICE] * 100_000)}]</script>',
    "a hundred thousand properties": f"<div itemscope itemtype=https://schema.org/Review>{'<b itemprop=x>y' * 50_000}",
    "twenty thousand nested quotes forbidden": "<div data-nosnippet>" * 20_000,
    "twenty thousand nested reviews": "<div class=review>" * 20_000,
    "fifty thousand buttons for more": f"<div class=review>{'<button>Show more reviews</button>' * 50_000}",
    "fifty thousand further pages": f"<div class=review>{'<a href=?page=2>2</a>' * 50_000}",
    "twenty thousand language versions": "<link rel=alternate hreflang=en href=https://shop.example/en>" * 20_000,
    "a charset that does not exist": '<meta charset="klingon"><p>\udcff\udcfe' + "é" * 100_000,
    "bytes that are no text": "\x00\x01\udcff\udcfe" * 100_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_gets_its_verdicts_soon(name: str) -> None:
    raw = PAGES[name].encode("utf-8", "surrogateescape")
    started = time.process_time()

    findings = run(gather_saved(raw, url=samples.URL, truth=TRUTH))

    assert [finding.code for finding in findings if finding.outcome.verdict is Verdict.CRASHED] == []
    # a tenth of it is usual; quadratic work would take minutes
    assert time.process_time() - started < 15
