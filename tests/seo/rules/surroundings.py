"""What stands around a sample page, for the rules that look further than the page. The pages are in tests/seo/pages."""

from typing import Any

from core.fetching import Hop
from seo.robots import RobotsUnreachable
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
