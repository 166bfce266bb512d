"""Each rule, on a page that is fine and on one that is not: the verdict, and what the evidence quotes."""

import pytest

from seo.findings import Evidence, Severity, Verdict
from seo.rules import BY_CODE, RULES
from seo.truth import Truth
from tests.seo import samples
from tests.seo.rules import drawn, surroundings

SURROUNDINGS = surroundings.SURROUNDINGS | drawn.SURROUNDINGS

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
    assert [evidence.excerpt for evidence in outcome.evidence] == samples.quoted(code)
    assert all(has_place(evidence) for evidence in outcome.evidence)


@pytest.mark.parametrize("code", CODES)
def test_byte_offsets_lead_to_what_is_quoted(code: str) -> None:
    subject = samples.subject(samples.sample(code, "bad"), **SURROUNDINGS.get((code, "bad"), {}))

    for evidence in BY_CODE[code].check(subject).evidence:
        if evidence.offset is not None and not evidence.url:
            there = subject.page.raw[evidence.offset :].decode()
            assert there.lstrip()[:1] in "<{}[" or there[:8] in evidence.excerpt or code == "HTTP-06", there[:60]


def has_place(evidence: Evidence) -> bool:
    """Whether the reader can go and look; a count or an absence has nowhere to point at."""
    nowhere = "absent: " in evidence.excerpt or evidence.excerpt.startswith("Product 'Brume")
    return nowhere or bool(
        evidence.review_id or evidence.css_path or evidence.header or evidence.url or evidence.offset is not None
    )


def test_a_bare_author_weighs_less_than_none() -> None:
    html = samples.sample("RAT-08", "bad").replace('{"@type": "Person", "name": ""}', '"Anne D."')

    outcome = BY_CODE["RAT-08"].check(samples.subject(html))

    assert (outcome.verdict, outcome.severity) == (Verdict.FAIL, Severity.WARNING)


# what the page alone tells is judged without truth too
JUDGED_ALONE = ("REV-10", "LNK-03")
ABOUT_REVIEWS = ("REV", "LNK", "RAT-13", "RAT-14", "RAT-17", "RAT-20", "PERF-02")


@pytest.mark.parametrize("code", [c for c in CODES if c.startswith(ABOUT_REVIEWS) and c not in JUDGED_ALONE])
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


@pytest.mark.parametrize("code", sorted({code for code, _ in drawn.DRAWN} - {"REV-11"}))
def test_without_a_browser_nothing_is_claimed_about_the_drawn_page(code: str) -> None:
    outcome = BY_CODE[code].check(samples.subject(samples.sample(code, "bad")))

    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_EVALUATED, "not-rendered")


def test_a_closed_root_weighs_more_than_an_open_one() -> None:
    closed = samples.rendered(samples.sample("REV-05", "bad"), closed=drawn.ROOTED.replace("open", "closed"))

    outcome = BY_CODE["REV-05"].check(samples.subject(samples.sample("REV-05", "bad"), rendered=closed))

    assert (outcome.verdict, outcome.severity) == (Verdict.FAIL, Severity.ERROR)


@pytest.mark.parametrize("before,after", [("<details>", "</details>"), ('<div role="tabpanel">', "</div>")])
def test_reviews_folded_behind_a_control_are_a_note(before: str, after: str) -> None:
    folded = drawn.CONCEALED.replace('<div class="none">', f'{before}<div class="none">').replace("</body>", after)
    page = samples.rendered(samples.sample("REV-06", "bad"), whole=folded)

    outcome = BY_CODE["REV-07"].check(samples.subject(samples.sample("REV-07", "bad"), rendered=page))

    assert (outcome.verdict, outcome.severity) == (Verdict.FAIL, Severity.INFO)


def test_a_part_that_is_not_the_beginning_is_another_version() -> None:
    html = samples.sample("REV-11", "bad").replace(
        "The lid is a little loose, but the glaze is…",
        "Loved. But the glaze is beautiful and the colour is exactly that",
    )

    outcome = BY_CODE["REV-11"].check(samples.subject(html, rendered=samples.rendered(html)))

    assert outcome.evidence[0].excerpt.startswith("another version: truncated 44%: Bruno L.")


def test_what_a_cut_drawing_does_not_show_is_not_called_absent() -> None:
    page = samples.rendered(samples.sample("REV-02", "bad"), is_cut=True)

    outcome = BY_CODE["REV-02"].check(samples.subject(samples.sample("REV-02", "bad"), rendered=page))

    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_EVALUATED, "rendering-cut")


@pytest.mark.parametrize(
    "code,added",
    [
        ("IDX-01", '<meta name="robots" content="noindex">'),
        ("CAN-02", '<link rel="canonical" href="/another">'),
    ],
)
def test_what_a_script_adds_to_the_head_counts(code: str, added: str) -> None:
    html = samples.sample(code, "good")
    page = samples.rendered(html.replace("</head>", f"{added}</head>"))

    outcome = BY_CODE[code].check(samples.subject(html, rendered=page))

    assert outcome.verdict is Verdict.FAIL
    assert outcome.evidence[-1].excerpt.startswith("drawn: ")
