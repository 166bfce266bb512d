"""What stands around a sample page, for the rules that look further than the page. The pages are in tests/seo/pages."""

import io
from dataclasses import replace
from typing import Any

from PIL import Image

from core.fetching import Hop
from seo import sitemaps
from seo.answers import Answer
from seo.documents import Document
from seo.frames import Frame
from seo.robots import RobotsUnreachable
from seo.sitemaps import Sitemaps
from seo.truth import PublishedReview
from tests.seo import samples

MAIN = "https://shop.example/products/teapot"
RETURNED = f'<link rel="alternate" hreflang="en" href="{samples.URL}">'
FRAME = "https://reviews.example/42"
FOREIGN = Frame(FRAME, "html > body > iframe", samples.document(f"<p>{samples.ANNE.text}</p>", FRAME))


PICTURE = "https://shop.example/teapot.png"
OEMBED = "https://shop.example/oembed?url=teapot"


def picture(width: int, height: int, url: str = PICTURE) -> Answer:
    """An answer that is a picture of this size."""
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "png")
    return samples.answer(url, out.getvalue(), kind="image/png")


BOUGHT = replace(samples.ANNE, is_verified=True, is_incentivised=False)


def listed(loc: str = samples.URL, *, lastmod: str = "2026-03-08") -> Sitemaps:
    """The shop's one sitemap, read whole, with this entry."""
    xml = f"<urlset><url><loc>{loc}</loc><lastmod>{lastmod}</lastmod></url></urlset>"
    file = sitemaps.read(xml.encode(), url="https://shop.example/sitemap.xml", wanted=samples.URL)
    return Sitemaps((file,), is_complete=True)


def feed(*reviews: PublishedReview, gtin: str = "4006381333931") -> str:
    """A feed in order of these reviews of the teapot."""
    ids = f"<product_ids><gtins><gtin>{gtin}</gtin></gtins></product_ids>" if gtin else ""
    entries = "".join(
        f"<review><review_id>{r.id}</review_id><reviewer><name>{r.author}</name></reviewer>"
        "<is_verified_purchase>true</is_verified_purchase><is_incentivized_review>false</is_incentivized_review>"
        f"<review_timestamp>2026-03-03T10:00:00Z</review_timestamp><content>{r.text}</content>"
        f'<review_url type="group">{samples.URL}</review_url>'
        f'<ratings><overall min="1" max="5">{r.rating}</overall></ratings>'
        f"<products><product>{ids}<product_url>{samples.URL}</product_url></product></products></review>"
        for r in reviews
    )
    head = "<version>2.4</version><publisher><name>Shop</name></publisher>"
    return f"<feed>{head}<reviews>{entries}</reviews></feed>"


def page_two(canonical: str) -> Document:
    """The second page of reviews, with this canonical."""
    return samples.document(f'<link rel="canonical" href="{canonical}"><p>More.', f"{samples.URL}?page=2")


SURROUNDINGS: dict[tuple[str, str], dict[str, Any]] = {
    ("HTTP-01", "bad"): {"status": 503, "hops": (Hop("https://shop.example/t", 301, "/teapot"),)},
    ("ROB-01", "good"): {"robots_txt": "User-agent: *\nDisallow: /\nAllow: /teapot\n"},
    ("ROB-01", "bad"): {"robots_txt": "# shop\nUser-agent: Googlebot\nAllow: /\nDisallow: /tea\n"},
    ("ROB-02", "bad"): {"robots_txt": RobotsUnreachable(samples.ROBOTS_URL, 503)},
    ("REV-09", "bad"): {
        "later": (samples.document(samples.sample("REV-09", "later"), f"{samples.URL}?page=2"),),
    },
    ("HTTP-02", "good"): {"hops": (Hop("http://shop.example/teapot", 301, "https://shop.example/teapot"),)},
    ("HTTP-02", "bad"): {
        "hops": (
            Hop("http://shop.example/t", 301, "https://shop.example/t"),
            Hop("https://shop.example/t", 302, "/teapot"),
        )
    },
    ("HTTP-05", "good"): {
        "around": samples.around(as_googlebot=samples.answer(samples.URL, f"<p>{samples.ANNE.text}"))
    },
    ("HTTP-05", "bad"): {"around": samples.around(as_googlebot=samples.answer(samples.URL, "<p>A pot."))},
    ("HTTP-07", "bad"): {"headers": (("content-type", "text/html; charset=iso-8859-1"),), "sends_type": False},
    ("HTTP-08", "bad"): {"headers": (("content-type", "text/plain"),), "sends_type": False},
    ("HTTP-09", "bad"): {"seconds": (1.9, 2.2)},
    ("HTTP-10", "good"): {"around": samples.around(as_facebook=samples.answer(samples.URL, "<p>A pot."))},
    ("HTTP-10", "bad"): {
        "around": samples.around(as_facebook=samples.answer(samples.URL, failure="unreadable_encoding"))
    },
    ("ROB-03", "bad"): {"robots_txt": b"<!doctype html><title>Boutique th\xe9</title>"},
    ("ROB-05", "good"): {"around": samples.around(robots_txt="User-agent: *\nDisallow: /cart\n")},
    ("ROB-05", "bad"): {"around": samples.around(robots_txt="User-agent: *\nDisallow: /uploads/\n")},
    ("ROB-06", "bad"): {"robots_txt": "User-agent: Twitterbot\nUser-agent: Slackbot\nDisallow: /\n"},
    ("ROB-07", "bad"): {"robots_txt": "User-agent: GPTBot\nDisallow: /\n"},
    ("ROB-08", "good"): {"robots_txt": "Sitemap: https://shop.example/sitemap.xml\n"},
    ("ROB-08", "bad"): {"robots_txt": "User-agent: *\nSitemap: /sitemap.xml\n"},
    ("ROB-09", "good"): {"robots_txt": "User-agent: *\nDisallow: /cart\nCrawl-delay: 1\n"},
    ("ROB-09", "bad"): {"robots_txt": "User-agent: Foo Bot/2.1\nDisalow: /cart\nDisallow: cart\nNoindex: /private\n"},
    ("CAN-03", "good"): {"around": samples.around(samples.answer(MAIN, "<h1>Brume teapot</h1>"))},
    ("CAN-03", "bad"): {"around": samples.around(samples.answer(MAIN, '<meta name="robots" content="noindex">'))},
    ("CAN-06", "good"): {"later": (page_two("https://shop.example/teapot?page=2"),)},
    ("CAN-06", "bad"): {"later": (page_two(samples.URL),)},
    ("LNG-01", "good"): {"around": samples.around(samples.answer("https://shop.example/fr/teapot", RETURNED))},
    ("LNG-01", "bad"): {"around": samples.around(samples.answer("https://shop.example/fr/teapot", "<p>Théière"))},
    ("LNG-02", "good"): {"truth": samples.truth(samples.ANNE, samples.WANG)},
    ("LNG-02", "bad"): {"truth": samples.truth(samples.ANNE)},
    ("REV-16", "bad"): {"frames": (FOREIGN,)},
    ("RAT-17", "good"): {"truth": samples.truth(samples.ANNE)},
    ("RAT-20", "good"): {"truth": replace(samples.TRUTH, elsewhere_count=5)},
    ("RAT-20", "bad"): {"truth": replace(samples.TRUTH, elsewhere_count=5)},
    ("OG-07", "good"): {"around": samples.around(picture(1200, 630))},
    ("OG-07", "bad"): {"around": samples.around(samples.answer(PICTURE, "<p>not found", status=404))},
    ("OG-08", "good"): {"around": samples.around(picture(1200, 630))},
    ("OG-08", "bad"): {"around": samples.around(picture(150, 150))},
    ("OG-09", "bad"): {"around": samples.around(picture(1200, 630))},
    ("TW-03", "good"): {"around": samples.around(picture(1200, 630))},
    ("TW-03", "bad"): {"around": samples.around(picture(200, 100, "https://shop.example/small.png"))},
    ("OE-01", "good"): {"around": samples.around(samples.answer(OEMBED, '{"version": "1.0", "type": "link"}'))},
    ("OE-01", "bad"): {"around": samples.around(samples.answer(OEMBED, '{"version": "1.0", "type": "rich"}'))},
    ("IMG-03", "bad"): {"around": samples.around(sitemaps=listed())},
    ("LNK-02", "good"): {"truth": samples.truth(samples.ANNE)},
    ("LNK-04", "bad"): {
        "truth": samples.truth(replace(samples.ANNE, text="Cheaper at anne@mail.example or 06 12 34 56 78"))
    },
    ("MAP-01", "good"): {"around": samples.around(sitemaps=listed())},
    ("MAP-01", "bad"): {"around": samples.around(sitemaps=listed("https://shop.example/cup"))},
    ("MAP-02", "good"): {"around": samples.around(sitemaps=listed())},
    ("MAP-02", "bad"): {"around": samples.around(sitemaps=listed(lastmod="2025-01-01"))},
    ("MAP-03", "good"): {"around": samples.around(sitemaps=listed())},
    ("MAP-03", "bad"): {"around": samples.around(sitemaps=listed("/teapot", lastmod="yesterday"))},
    ("FEED-01", "good"): {"feed": feed(samples.ANNE)},
    ("FEED-01", "bad"): {"feed": feed(samples.ANNE).replace("<version>2.4</version>", "")},
    ("FEED-02", "good"): {"feed": feed(*samples.TRUTH.reviews)},
    ("FEED-02", "bad"): {"feed": feed(samples.ANNE)},
    ("FEED-03", "good"): {"feed": feed(*(replace(samples.ANNE, id=f"r{number}") for number in range(50)))},
    ("FEED-03", "bad"): {"feed": feed(samples.ANNE, gtin="")},
    ("FEED-04", "good"): {"feed": feed(samples.ANNE), "truth": samples.truth(BOUGHT)},
    ("FEED-04", "bad"): {"feed": feed(samples.ANNE), "truth": samples.truth(replace(BOUGHT, is_incentivised=True))},
    ("FEED-05", "good"): {"feed": feed(*samples.TRUTH.reviews)},
    ("FEED-05", "bad"): {"feed": feed(samples.ANNE, samples.BRUNO).replace('type="group"', 'type="singleton"', 1)},
    ("LNK-03", "good"): {"url": MAIN},
    ("LNK-03", "bad"): {"url": MAIN},
}
