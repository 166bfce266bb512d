"""A page made of our own markup, in a shop that is in order, has nothing to mend."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from core import clock
from core.fetching import FetchPolicy
from seo.findings import Reason, Verdict
from seo.gathering import gather
from seo.markup import build
from seo.markup.facts import ReviewFacts
from seo.runner import run
from seo.subject import Subject
from seo.truth import PublishedReview, Truth
from tests.seo import samples
from tests.seo import shop as shops
from tests.seo.markup import make
from tests.seo.shop import Shop

# what nobody has asked for in this check
UNASKED = {Reason.NO_FEED, Reason.NOT_ASKED, Reason.NOT_RENDERED}


@pytest.fixture
def shop() -> Iterator[Shop]:
    with shops.running() as running:
        yield running


def share_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 630), "teal").save(out, "png")
    return out.getvalue()


def as_facts(review: PublishedReview) -> ReviewFacts:
    told = make.review(author_name=review.author, body=review.text, rating=review.rating or 5)
    return replace(told, id=review.id, published_at=review.published_at or told.published_at)


def in_order(shop: Shop) -> Truth:
    url = f"{shop.origin}/teapot"
    reviews = tuple(map(as_facts, samples.TRUTH.reviews))
    picture = replace(make.product().images[0], url=f"{shop.origin}/teapot.png")
    facts = replace(make.product(reviews=reviews), url=url, images=(picture,))
    markup = build(facts)
    head = f'<meta charset=utf-8>{markup.head}<title>{facts.name}</title><link rel="canonical" href="{url}">'
    shop.pages |= {
        "/teapot": f"<!doctype html><html lang=en><head>{head}</head><body>{markup.microdata}</body></html>",
        "/teapot.png": share_picture(),
        "/robots.txt": f"User-agent: *\nDisallow: /cart\nSitemap: {shop.origin}/sitemap.xml\n",
        "/sitemap.xml": f"<urlset><url><loc>{url}</loc><lastmod>2026-03-08T10:00:00Z</lastmod></url>"
        f"<url><loc>{shop.origin}/</loc><lastmod>2026-01-01</lastmod></url></urlset>",
    }
    shop.types |= {"/teapot.png": "image/png", "/sitemap.xml": "application/xml", "/robots.txt": "text/plain"}
    return Truth(facts.name, url, samples.TRUTH.reviews, "4.6", 12, 12, samples.TRUTH.gone, elsewhere_count=0)


def test_a_page_made_of_our_markup_is_clean(shop: Shop) -> None:
    truth = in_order(shop)

    with clock.at(datetime(2026, 3, 9, 12, tzinfo=UTC)):
        subject = gather(f"{shop.origin}/teapot", truth=truth, policy=FetchPolicy(allow_private=True))
    assert isinstance(subject, Subject)
    findings = run(subject)

    told = {f.code: (f.outcome.verdict, f.outcome.reason, [e.excerpt for e in f.outcome.evidence]) for f in findings}
    clean = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    assert {code: t for code, t in told.items() if t[0] not in clean and t[1] not in UNASKED} == {}
