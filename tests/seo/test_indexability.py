"""Can a review be indexed from where it is met? What decides, case by case, without a browser."""

from dataclasses import replace

import pytest

from seo.documents import Document
from seo.frames import Frame
from seo.indexability import judged
from seo.robots import RobotsUnreachable
from tests.seo import samples
from tests.seo.samples import ANNE

TEXT = f"<p>{ANNE.text}</p>"
TRUTH = samples.truth(ANNE)


def told(html: str, **around: object) -> tuple[str, str]:
    """The verdict on the only review, and its reason."""
    (judgement,) = judged(samples.subject(html, truth=TRUTH, **around))  # type: ignore[arg-type]
    return judgement.indexable.value, judgement.reason.value


@pytest.mark.parametrize(
    "html,around,answer",
    [
        (TEXT, {}, ("yes", "in-html")),
        (f'<meta name="robots" content="noindex">{TEXT}', {}, ("no", "page-noindex")),
        (f'<link rel="canonical" href="{samples.URL}/">{TEXT}', {}, ("yes", "in-html")),
        (f'<link rel="canonical" href="/other">{TEXT}', {}, ("depends", "canonical-elsewhere")),
        (TEXT, {"status": 404}, ("no", "page-not-ok")),
        (TEXT, {"robots_txt": "User-agent: *\nDisallow: /tea"}, ("no", "page-disallowed")),
        (TEXT, {"robots_txt": RobotsUnreachable(samples.ROBOTS_URL, 503)}, ("depends", "robots-unreachable")),
        (f"<!--{'x' * 2_000_000}-->{TEXT}", {}, ("no", "beyond-reading")),
        (f"<template>{TEXT}</template>", {}, ("depends", "not-rendered")),
        ("<p>nothing", {}, ("depends", "not-rendered")),
        (f"<p>{ANNE.text[:40]}…", {}, ("depends", "not-rendered")),
        (f"<p>{ANNE.text[:40]}…", {"rendered": samples.rendered(f"<p>{ANNE.text[:40]}…")}, ("no", "part-only")),
        ("<p>nothing", {"rendered": samples.rendered("<p>nothing")}, ("no", "nowhere")),
        ("<p>nothing", {"rendered": samples.rendered("<p>nothing", is_cut=True)}, ("depends", "not-all-read")),
        (TEXT, {"rendered": samples.rendered("<p>nothing")}, ("depends", "removed-by-scripts")),
        ("<p>nothing", {"rendered": samples.rendered(TEXT)}, ("yes", "drawn-by-scripts")),
        (
            TEXT,
            {"rendered": samples.rendered(f'<meta name="robots" content="noindex">{TEXT}')},
            ("no", "page-noindex"),
        ),
        (
            "<p>nothing",
            {"rendered": samples.rendered(TEXT, as_googlebot=samples.rendered("<p>nothing"))},
            ("no", "source-disallowed"),
        ),
        ("<p>nothing", {"rendered": samples.rendered("<p>x", opened=TEXT)}, ("yes", "in-open-shadow")),
        ("<p>nothing", {"rendered": samples.rendered("<p>x", closed=TEXT)}, ("depends", "closed-shadow")),
        (TEXT, {"rendered": samples.rendered("<p>x", whole=TEXT)}, ("depends", "hidden")),
    ],
)
def test_every_condition_has_its_answer(html: str, around: dict[str, object], answer: tuple[str, str]) -> None:
    assert told(html, **around) == answer


def test_a_linked_page_is_judged_for_itself() -> None:
    later = samples.document(TEXT, f"{samples.URL}?page=2")
    hidden = samples.document(f'<meta name="robots" content="noindex">{TEXT}', f"{samples.URL}?page=2")

    assert told('<meta name="robots" content="noindex"><p>x', later=(later,)) == ("yes", "on-linked-page")
    assert told("<p>x", later=(hidden,)) == ("no", "page-noindex")


def test_a_saved_file_promises_nothing() -> None:
    from seo.gathering import gather_saved

    (judgement,) = judged(gather_saved(TEXT.encode(), url=samples.URL, truth=TRUTH))

    assert (judgement.indexable.value, judgement.reason.value) == ("depends", "not-fetched")


def test_a_text_too_short_to_tell_is_never_a_yes() -> None:
    short = samples.truth(replace(ANNE, text="Top !"))

    (judgement,) = judged(samples.subject("<p>Top !", truth=short))

    assert (judgement.indexable.value, judgement.reason.value) == ("depends", "too-short")


@pytest.mark.parametrize(
    "headers,answer",
    [
        ((), ("yes", "frame-gives-itself")),
        ((("X-Frame-Options", "DENY"),), ("depends", "not-rendered")),
        ((("Content-Security-Policy", "frame-ancestors 'self'"),), ("depends", "not-rendered")),
    ],
)
def test_a_frame_that_may_refuse_to_be_framed_is_not_promised(
    headers: tuple[tuple[str, str], ...], answer: tuple[str, str]
) -> None:
    address = "https://widget.example/"
    given = (("X-Robots-Tag", "noindex, indexifembedded"), *headers)
    framed = Document(samples.page(TEXT, url=address, headers=given), (address,))

    assert told("<p>x", frames=(Frame(address, "iframe", framed),)) == answer
