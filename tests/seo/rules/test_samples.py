"""Each rule, on a page that is fine and on one that is not: the verdict, and what the evidence quotes."""

from typing import Any

import pytest

from core.fetching import Hop
from seo.findings import Evidence, Severity, Verdict
from seo.robots import RobotsUnreachable
from seo.rules import BY_CODE, RULES
from seo.truth import Truth
from tests.seo import samples

SURROUNDINGS: dict[tuple[str, str], dict[str, Any]] = {
    ("HTTP-01", "bad"): {"status": 503, "hops": (Hop("https://shop.example/t", 301, "/teapot"),)},
    ("ROB-01", "good"): {"robots_txt": "User-agent: *\nDisallow: /\nAllow: /teapot\n"},
    ("ROB-01", "bad"): {"robots_txt": "# shop\nUser-agent: Googlebot\nAllow: /\nDisallow: /tea\n"},
    ("ROB-02", "bad"): {"robots_txt": RobotsUnreachable(samples.ROBOTS_URL, 503)},
    ("REV-09", "bad"): {
        "later": (samples.document(samples.sample("REV-09", "later"), f"{samples.URL}?page=2"),),
    },
}

# what the evidence of the bad page quotes
QUOTED: dict[str, list[str]] = {
    "HTTP-01": ["301 → /teapot; 503"],
    "ROB-01": ["Disallow: /tea"],
    "ROB-02": ["status 503"],
    "IDX-01": ["Follow, NoIndex"],
    "CAN-01": ["https://shop.example/teapot"],
    "CAN-02": ["https://shop.example/teapot", "https://shop.example/teapot?app=1"],
    "REV-01": [
        "truncated 38%: Bruno L.: The lid is a little loose, but the glaze is… read more",
        "absent: 王小明: 茶壶做工精细，倒水顺畅不滴漏，保温效果也很好，非常满意这次购买。",
    ],
    "REV-04": [
        "iframe: noindex",
        "iframe: Anne D.: It pours without a drop beside the cup and keeps warm for an hour.",
        "iframe: Bruno L.: The lid is a little loose, but the glaze is beautiful and the colour is exactly ",
        "iframe: 王小明: 茶壶做工精细，倒水顺畅不滴漏，保温效果也很好，非常满意这次购买。",
    ],
    "REV-08": ["inert: Bruno L.: template", "inert: 王小明: script"],
    "REV-09": [
        "page-n: 王小明: 茶壶做工精细，倒水顺畅不滴漏，保温效果也很好，非常满意这次购买。: "
        "https://shop.example/teapot?page=2"
    ],
    "REV-12": ["rejected: Never buy from these people, my cousin sells the same pot for half the price."],
    "SD-01": ['2:186 Expecting property name enclosed in double quotes: … , "reviewCount": 3},} …'],
    "SD-02": ["@context: None"],
    "RAT-01": ["JSON-LD: Product.AggregateRating: ratingValue=''"],
    "RAT-02": [
        "microdata: Product.AggregateRating: ratingValue='4,7'",
        "microdata: Product.AggregateRating: reviewCount='(3 avis)'",
    ],
    "RAT-03": ["JSON-LD: Product.AggregateRating: ratingValue='9.4', worstRating='', bestRating=''"],
    "RAT-04": ["JSON-LD: Product.AggregateRating: ratingCount='', reviewCount='0'"],
    "RAT-08": ["JSON-LD: Review.author=''"],
    "RAT-11": ["Product 'Brume teapot': 2 Review"],
    "RAT-12": [
        "JSON-LD: Product.AggregateRating: ratingValue='4.7', ratingCount='3', reviewCount='3'",
        "microdata: Product.AggregateRating: ratingValue='4.5', ratingCount='', reviewCount='136'",
    ],
    "RAT-13": ["JSON-LD: Product.AggregateRating: ratingValue='4.9', bestRating=''; published: 4.7"],
    "RAT-14": ["JSON-LD: Product.AggregateRating: ratingCount='3', reviewCount='136'; published: 3, 3"],
    "OG-01": ["og:type, og:image, og:url"],
    "OG-05": ["og:image: //shop.example/teapot.jpg"],
    "TW-01": ["twitter:card: product"],
    "LNK-01": ["https://elsewhere.example/warm"],
}
CODES = [rule.code for rule in RULES]


@pytest.mark.parametrize("code", CODES)
def test_a_good_page_passes(code: str) -> None:
    subject = samples.subject(samples.sample(code, "good"), **SURROUNDINGS.get((code, "good"), {}))

    outcome = BY_CODE[code].check(subject)

    assert outcome.verdict is Verdict.PASS, outcome


@pytest.mark.parametrize("code", CODES)
def test_a_bad_page_fails_with_what_shows_it(code: str) -> None:
    subject = samples.subject(samples.sample(code, "bad"), **SURROUNDINGS.get((code, "bad"), {}))

    outcome = BY_CODE[code].check(subject)

    assert outcome.verdict is Verdict.FAIL, outcome
    assert [evidence.excerpt for evidence in outcome.evidence] == QUOTED[code]
    assert all(has_place(evidence) for evidence in outcome.evidence)


@pytest.mark.parametrize("code", CODES)
def test_byte_offsets_lead_to_what_is_quoted(code: str) -> None:
    subject = samples.subject(samples.sample(code, "bad"), **SURROUNDINGS.get((code, "bad"), {}))

    for evidence in BY_CODE[code].check(subject).evidence:
        if evidence.offset is not None and not evidence.url:
            there = subject.page.raw[evidence.offset :].decode()
            assert there.startswith(("<", '{"@context', '{"@type', "\n{", "}", "The lid", "Never")), there[:60]


def has_place(evidence: Evidence) -> bool:
    """Whether the reader can go and look; a count or an absence has nowhere to point at."""
    nowhere = evidence.excerpt.startswith(("absent", "Product 'Brume"))
    return nowhere or bool(evidence.css_path or evidence.header or evidence.url or evidence.offset is not None)


def test_a_bare_author_weighs_less_than_none() -> None:
    html = samples.sample("RAT-08", "bad").replace('{"@type": "Person", "name": ""}', '"Anne D."')

    outcome = BY_CODE["RAT-08"].check(samples.subject(html))

    assert (outcome.verdict, outcome.severity) == (Verdict.FAIL, Severity.WARNING)


@pytest.mark.parametrize(
    "code", [code for code in CODES if code.startswith(("REV", "LNK")) or code in ("RAT-13", "RAT-14")]
)
def test_without_truth_nothing_is_claimed_about_reviews(code: str) -> None:
    outcome = BY_CODE[code].check(samples.subject(samples.sample(code, "good"), truth=None))

    assert outcome.verdict is Verdict.NOT_EVALUATED
    assert outcome.reason == "no-truth"


@pytest.mark.parametrize(
    "marked,verdict",
    [
        ('"ratingValue": "4.6"', Verdict.FAIL),
        ('"ratingValue": "4.7"', Verdict.PASS),
        ('"ratingValue": 5', Verdict.PASS),
        ('"ratingValue": 4', Verdict.PASS),
        ('"ratingValue": 3', Verdict.FAIL),
        ('"ratingValue": "94%"', Verdict.PASS),
        ('"ratingValue": 9.4, "bestRating": 10', Verdict.PASS),
        ('"ratingValue": 8.4, "bestRating": 10', Verdict.FAIL),
        ('"ratingValue": "4,7"', Verdict.PASS),
    ],
)
def test_a_mean_is_compared_as_far_as_it_is_shown(marked: str, verdict: Verdict) -> None:
    html = samples.sample("RAT-13", "bad").replace('"ratingValue": "4.9"', marked)

    assert BY_CODE["RAT-13"].check(samples.subject(html)).verdict is verdict


def test_two_rated_products_leave_open_which_is_meant_unless_one_is_named() -> None:
    related = samples.sample("RAT-13", "bad").replace("Brume teapot", "Another pot")
    both = related.replace("</head>", samples.sample("RAT-14", "good").split("<title>Brume teapot</title>")[1])
    unnamed = samples.truth(*samples.TRUTH.reviews)

    assert BY_CODE["RAT-13"].check(samples.subject(both)).verdict is Verdict.PASS
    nameless = Truth("", "", unnamed.reviews, "4.7", 3, 3)
    assert BY_CODE["RAT-13"].check(samples.subject(both, truth=nameless)).verdict is Verdict.AMBIGUOUS
