"""What a browser makes of the sample pages, for the rules that judge the drawn page. What else stands around a page is
surroundings.py's.
"""

from typing import Any

from seo.rendered import Blocked, LaterView, RenderedPage
from seo.rendering.job import Exchange, Trigger
from seo.robots import Line
from tests.seo import samples
from tests.seo.samples import WANG

WIDGET = "https://shop.example/widget.js"
API = "https://shop.example/api/reviews"
LINE = Line(2, "disallow", "/api/", "Disallow: /api/")
BOX = f"<article><b>{WANG.author}</b><p>{WANG.text}</p></article>"


def as_sent(code: str, name: str = "good", **views: Any) -> RenderedPage:  # noqa: ANN401 - as samples.rendered
    """A page that a browser draws as it was sent."""
    return samples.rendered(samples.sample(code, name), **views)


def with_box(code: str) -> str:
    """The bad page with the missing review added."""
    return samples.sample(code, "bad").replace("</body>", f"{BOX}</body>")


CARRIED = Exchange(API, "GET", "fetch", 200, (), f'[{{"text": "{WANG.text}"}}]')
CLICKED = LaterView(Trigger("click", "Show more", "button"), (samples.drawn(with_box("REV-06")),))
ROOTED = samples.sample("REV-05", "bad").replace('<div id="host">', f'<div id="host" data-check-root="open">{BOX}')
CONCEALED = samples.sample("REV-07", "bad").replace("<p>茶壶", '<p data-check-hidden="display: none">茶壶')
MARKUP = samples.sample("SD-10", "good")
DRAWN: dict[tuple[str, str], RenderedPage] = {
    ("REV-02", "good"): as_sent("REV-02"),
    ("REV-02", "bad"): as_sent("REV-02", "bad"),
    ("REV-03", "good"): as_sent("REV-03"),
    ("REV-03", "bad"): samples.rendered(with_box("REV-03"), exchanges=(CARRIED,)),
    ("REV-05", "good"): as_sent("REV-05"),
    ("REV-05", "bad"): as_sent("REV-05", "bad", opened=ROOTED),
    ("REV-06", "good"): as_sent("REV-06"),
    ("REV-06", "bad"): as_sent("REV-06", "bad", after=(CLICKED,)),
    ("REV-07", "good"): as_sent("REV-07"),
    ("REV-07", "bad"): samples.rendered(samples.sample("REV-06", "bad"), whole=CONCEALED),
    ("REV-11", "good"): as_sent("REV-11"),
    ("REV-11", "bad"): as_sent("REV-11", "bad"),
    ("IDX-02", "good"): as_sent("IDX-02"),
    ("IDX-02", "bad"): as_sent("REV-02"),
    ("SD-10", "good"): as_sent("SD-10"),
    ("SD-10", "bad"): samples.rendered(MARKUP),
    ("ROB-04", "good"): samples.rendered(with_box("ROB-04")),
    ("ROB-04", "bad"): samples.rendered(
        with_box("ROB-04"),
        exchanges=(CARRIED,),
        blocked=(Blocked(API, LINE, samples.ROBOTS_URL),),
        as_googlebot=as_sent("ROB-04", "bad"),
    ),
    ("OG-13", "good"): as_sent("OG-13"),
    ("OG-13", "bad"): samples.rendered(samples.sample("OG-13", "good")),
}
SURROUNDINGS: dict[tuple[str, str], dict[str, Any]] = {key: {"rendered": page} for key, page in DRAWN.items()}
