"""What stands around a sample page, for the rules that look further than the page. The pages are in tests/seo/pages."""

from dataclasses import replace
from typing import Any

from core.fetching import Hop
from seo.documents import Document
from seo.frames import Frame
from seo.robots import RobotsUnreachable
from tests.seo import samples

MAIN = "https://shop.example/products/teapot"
RETURNED = f'<link rel="alternate" hreflang="en" href="{samples.URL}">'
FRAME = "https://reviews.example/42"
FOREIGN = Frame(FRAME, "html > body > iframe", samples.document(f"<p>{samples.ANNE.text}</p>", FRAME))


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
}
