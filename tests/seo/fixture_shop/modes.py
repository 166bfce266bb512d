"""Every way of putting reviews into a page that a check has to tell apart, each with what is true of each review.

A mode writes its pages below its own path, on the shop's host and on another; ROBOTS is the robots.txt of both.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from seo.indexability import Indexable as Verdict
from seo.sightings import ReviewClass as Kind
from tests.seo.fixture_shop.boxes import MAKE, box, boxes, data, fetched, page
from tests.seo.fixture_shop.corpus import Corpus
from tests.seo.shop import Shop

ROBOTS = "User-agent: *\nDisallow: /*blocked\n"
_CUT_FROM = 90
Expected = tuple[Kind, Verdict]


@dataclass(frozen=True, slots=True)
class Site:
    """Where a mode writes: the shop's host, another host, and the mode's own path."""

    shop: Shop
    other: Shop
    path: str

    def put(self, html: str, below: str = "", *, on: Shop | None = None, **headers: str) -> str:
        """Serve this below the mode's path; gives its address."""
        host = on or self.shop
        path = f"{self.path}{below}"
        host.pages[path] = html
        host.headers[path] = {name.replace("_", "-"): value for name, value in headers.items()}
        return f"{host.origin}{path}"


@dataclass(frozen=True, slots=True)
class Mode:
    """One integration. `build` writes it; `expected` is every shown review's answer where `build` names no other.

    `faults` are the rules that have to find it out.
    """

    name: str
    expected: Expected
    build: Callable[[Site, Corpus], dict[str, Expected] | None]
    faults: tuple[str, ...] = ()


def _server(site: Site, corpus: Corpus) -> None:
    site.put(page(boxes(corpus.shown)))


def _client(site: Site, corpus: Corpus) -> None:
    site.put(page(fetched(site.put(data(corpus.shown), "/api"))))


def _blocked_client(site: Site, corpus: Corpus) -> None:
    site.put(page(fetched(site.put(data(corpus.shown), "/blocked/api"))))


def _blocked_script(site: Site, corpus: Corpus) -> None:
    """The script may not be loaded, what it asks for may."""
    reviews = site.put(data(corpus.shown), "/api")
    script = fetched(reviews).removeprefix("<script>").removesuffix("</script>")
    site.put(page(f"<script src='{site.put(script, '/blocked.js')}'></script>"))


def _frame(*, on_other: bool, below: str = "/widget", **headers: str) -> Callable[[Site, Corpus], None]:
    def build(site: Site, corpus: Corpus) -> None:
        host = site.other if on_other else site.shop
        address = site.put(page(boxes(corpus.shown)), below, on=host, **headers)
        site.put(page(f'<iframe src="{address}" width="400" height="4000"></iframe>'))

    return build


def _shadow(mode: str) -> Callable[[Site, Corpus], None]:
    def build(site: Site, corpus: Corpus) -> None:
        reviews = site.put(data(corpus.shown), "/api")
        root = f"document.querySelector('#host').attachShadow({{mode: '{mode}'}})"
        site.put(page(f"<div id=host></div>{fetched(reviews, root)}"))

    return build


def _declared_shadow(site: Site, corpus: Corpus) -> None:
    site.put(page(f"<div><template shadowrootmode=open>{boxes(corpus.shown)}</template></div>"))


def _wrapped(before: str, after: str) -> Callable[[Site, Corpus], None]:
    return lambda site, corpus: void(site.put(page(f"{before}{boxes(corpus.shown)}{after}")))


def void(_: object) -> None:
    """For lambdas that are asked for no answer."""


def _state(site: Site, corpus: Corpus) -> None:
    site.put(page(f'<script type="application/json">{data(corpus.shown)}</script>'))


def _drawn_state(site: Site, corpus: Corpus) -> None:
    """The usual hydration: in the source as JSON, and drawn by a script."""
    draw = f"{MAKE}fill(document.querySelector('main'), window.state)"
    site.put(page(f"<script>window.state = {data(corpus.shown)}</script><script>{draw}</script>"))


def _click(site: Site, corpus: Corpus) -> None:
    reviews = site.put(data(corpus.shown), "/api")
    script = f"{MAKE}const more = () => fetch('{reviews}').then(a => a.json())"
    script += ".then(reviews => fill(document.querySelector('main'), reviews))"
    site.put(page(f"<button onclick='more()'>Show the reviews</button><script>{script}</script>"))


def _scroll(site: Site, corpus: Corpus) -> None:
    script = f"{MAKE}addEventListener('scroll', () => fill(document.querySelector('main'), reviews), {{once: true}})"
    held = f"const reviews = JSON.parse(atob('{_hidden(data(corpus.shown))}'))"
    site.put(page(f"<div style='height:30000px'></div><script>{held};{script}</script>"))


def _lazy(site: Site, corpus: Corpus) -> None:
    """Loaded when its place comes into view, as a crawler's tall window has it without scrolling."""
    reviews = site.put(data(corpus.shown), "/api")
    script = f"""{MAKE}const place = document.querySelector('#place');
        new IntersectionObserver((seen, watch) => seen[0].isIntersecting && (watch.disconnect(),
        fetch('{reviews}').then(a => a.json()).then(reviews => fill(place, reviews)))).observe(place)"""
    site.put(
        page(f"<div style='height:2000px'></div><div id=place style='min-height:1px'></div><script>{script}</script>")
    )


def _hash_pages(site: Site, corpus: Corpus) -> dict[str, Expected]:
    third = len(corpus.shown) // 3
    rest = {2: corpus.shown[third : 2 * third], 3: corpus.shown[2 * third :]}
    for number, reviews in rest.items():
        site.put(data(reviews), f"/api/{number}")
    links = "".join(f"<a href='#page-{number}' onclick='turn({number})'>{number}</a> " for number in rest)
    turn = "const main = document.querySelector('#list'); const turn = number => "
    turn += f"fetch('{site.path}/api/' + number).then(a => a.json()).then(reviews => {{main.innerHTML = '';"
    turn += " fill(main, reviews)})"
    site.put(page(f"<div id=list>{boxes(corpus.shown[:third])}</div>{links}<script>{MAKE}{turn}</script>"))
    return dict.fromkeys((review.id for review in corpus.shown[:third]), (Kind.RAW, Verdict.YES))


def _href_pages(head: str = "") -> Callable[[Site, Corpus], dict[str, Expected]]:
    def build(site: Site, corpus: Corpus) -> dict[str, Expected]:
        half = len(corpus.shown) // 2
        first = f"{site.shop.origin}{site.path}"
        site.put(page(boxes(corpus.shown[:half]) + f'<a href="{site.path}?page=2">2</a>'))
        site.put(page(boxes(corpus.shown[half:]), head=head.format(first=first)), "?page=2")
        return dict.fromkeys((review.id for review in corpus.shown[:half]), (Kind.RAW, Verdict.YES))

    return build


def _truncated(site: Site, corpus: Corpus) -> dict[str, Expected]:
    """Long texts cut at 60 %, as with "read more"; short ones whole."""
    cut = {review.id for review in corpus.shown if len(review.text) > _CUT_FROM}
    html = "".join(
        box(review, f"{review.text[: int(len(review.text) * 0.6)]}…" if review.id in cut else None)
        for review in corpus.shown
    )
    site.put(page(html))
    return dict.fromkeys((review.id for review in corpus.shown if review.id not in cut), (Kind.RAW, Verdict.YES))


def _removed(site: Site, corpus: Corpus) -> None:
    site.put(page(f"<div id=list>{boxes(corpus.shown)}</div><script>document.querySelector('#list').remove()</script>"))


def _stale(site: Site, corpus: Corpus) -> dict[str, Expected]:
    """A cache from before the newest fifth, which has the former text of what was edited since."""
    newest = sorted(corpus.shown, key=lambda review: review.id)[-len(corpus.shown) // 5 :]
    kept = [review for review in corpus.shown if review not in newest]
    site.put(page("".join(box(review, corpus.edited.get(review.id)) for review in kept)))
    edited = {review.id: (Kind.TRUNCATED, Verdict.NO) for review in kept if review.id in corpus.edited}
    return edited | {review.id: (Kind.ABSENT, Verdict.NO) for review in newest}


def _leaking(site: Site, corpus: Corpus) -> None:
    leaked = "".join(f"<article><b>{text.author}</b><p>{text.text}</p></article>" for text in corpus.gone)
    site.put(page(boxes(corpus.shown) + leaked))


def _refusing_frame(site: Site, corpus: Corpus) -> None:
    _frame(on_other=True, X_Frame_Options="DENY")(site, corpus)


def _with_head(head: str) -> Callable[[Site, Corpus], None]:
    return lambda site, corpus: void(site.put(page(boxes(corpus.shown), head=head)))


def _rating(corpus: Corpus, *, count: int = 0, tenths: int = 0) -> dict[str, object]:
    """The aggregate that is true, or off by so many reviews or tenths."""
    truth = corpus.truth
    value = float(truth.rating_value) - tenths / 10
    total = (truth.review_count or 0) + count
    return {"@type": "AggregateRating", "ratingValue": f"{value:.1f}", "ratingCount": total, "reviewCount": total}


def _marked(*, count: int = 0, tenths: int = 0) -> Callable[[Site, Corpus], None]:
    def build(site: Site, corpus: Corpus) -> None:
        rating = _rating(corpus, count=count, tenths=tenths)
        product = {"@context": "https://schema.org", "@type": "Product", "name": "Brume teapot"}
        script = json.dumps({**product, "aggregateRating": rating})
        site.put(page(boxes(corpus.shown), head=f'<script type="application/ld+json">{script}</script>'))

    return build


def _two_emitters(site: Site, corpus: Corpus) -> None:
    """The theme's JSON-LD, and an app's microdata that counts otherwise."""
    _marked()(site, corpus)
    rating = _rating(corpus, count=98)
    values = "".join(f'<meta itemprop="{name}" content="{value}">' for name, value in rating.items() if name != "@type")
    product = '<div itemscope itemtype="https://schema.org/Product"><meta itemprop="name" content="Brume teapot">'
    product += '<div itemprop="aggregateRating" itemscope itemtype="https://schema.org/AggregateRating">'
    html = site.shop.pages[site.path]
    assert isinstance(html, str)
    site.put(html.replace("</main>", f"{product}{values}</div></div></main>"))


def _hidden(text: str) -> str:
    import base64

    return base64.b64encode(text.encode()).decode()


_GIVEN = "noindex, indexifembedded"
_CANONICAL = '<link rel="canonical" href="{first}">'
MODES = (
    Mode("server", (Kind.RAW, Verdict.YES), _server),
    Mode("client", (Kind.RENDERED, Verdict.YES), _client, ("REV-03",)),
    Mode("client, its data disallowed", (Kind.RENDERED, Verdict.NO), _blocked_client, ("REV-03", "ROB-04")),
    Mode("client, its script disallowed", (Kind.RENDERED, Verdict.NO), _blocked_script, ("ROB-04",)),
    Mode("client from state", (Kind.RENDERED, Verdict.YES), _drawn_state, ("REV-03",)),
    Mode("lazy", (Kind.RENDERED, Verdict.YES), _lazy, ("REV-03",)),
    Mode("iframe", (Kind.IFRAME, Verdict.DEPENDS), _frame(on_other=False), ("REV-04",)),
    Mode("iframe of another host", (Kind.IFRAME, Verdict.DEPENDS), _frame(on_other=True), ("REV-04",)),
    Mode("iframe indexifembedded", (Kind.IFRAME, Verdict.YES), _frame(on_other=True, X_Robots_Tag=_GIVEN)),
    Mode("iframe noindex", (Kind.IFRAME, Verdict.NO), _frame(on_other=True, X_Robots_Tag="noindex"), ("REV-04",)),
    Mode(
        "iframe disallowed",
        (Kind.IFRAME, Verdict.NO),
        _frame(on_other=True, below="/blocked", X_Robots_Tag=_GIVEN),
        ("REV-04", "ROB-04"),
    ),
    Mode("iframe refused", (Kind.ABSENT, Verdict.NO), _refusing_frame),
    Mode("open shadow", (Kind.OPEN_SHADOW, Verdict.YES), _shadow("open"), ("REV-05",)),
    Mode("declared shadow", (Kind.OPEN_SHADOW, Verdict.YES), _declared_shadow, ("REV-05",)),
    Mode("closed shadow", (Kind.CLOSED_SHADOW, Verdict.DEPENDS), _shadow("closed"), ("REV-05",)),
    Mode("template", (Kind.INERT, Verdict.NO), _wrapped("<template>", "</template>"), ("REV-08",)),
    Mode("noscript", (Kind.INERT, Verdict.NO), _wrapped("<noscript>", "</noscript>"), ("REV-08",)),
    Mode("comment", (Kind.INERT, Verdict.NO), _wrapped("<!--", "-->"), ("REV-08",)),
    Mode("JSON state", (Kind.INERT, Verdict.NO), _state, ("REV-08",)),
    Mode(
        "hidden",
        (Kind.HIDDEN, Verdict.DEPENDS),
        _wrapped("<style>.x{display:none}</style><div class=x>", "</div>"),
        ("REV-07",),
    ),
    Mode("see-through", (Kind.HIDDEN, Verdict.DEPENDS), _wrapped('<div style="opacity:0">', "</div>"), ("REV-07",)),
    Mode(
        "off-screen", (Kind.HIDDEN, Verdict.DEPENDS), _wrapped('<div style="position:absolute;left:-9999px">', "</div>")
    ),
    Mode(
        "accordion",
        (Kind.HIDDEN, Verdict.DEPENDS),
        _wrapped("<details><summary>Reviews</summary>", "</details>"),
        ("REV-07",),
    ),
    Mode("click", (Kind.AFTER, Verdict.NO), _click, ("REV-06",)),
    Mode("scroll", (Kind.AFTER, Verdict.NO), _scroll, ("REV-06",)),
    Mode("hash pages", (Kind.AFTER, Verdict.NO), _hash_pages, ("REV-06",)),
    Mode("href pages", (Kind.PAGE_N, Verdict.YES), _href_pages(), ("REV-09",)),
    Mode(
        "href pages, canonical to the first",
        (Kind.PAGE_N, Verdict.DEPENDS),
        _href_pages(_CANONICAL),
        ("REV-09", "CAN-06"),
    ),
    Mode(
        "href pages, noindex",
        (Kind.PAGE_N, Verdict.NO),
        _href_pages('<meta name="robots" content="noindex">'),
        ("REV-09",),
    ),
    Mode("truncated", (Kind.TRUNCATED, Verdict.NO), _truncated, ("REV-11",)),
    Mode("removed by scripts", (Kind.RAW, Verdict.DEPENDS), _removed),
    Mode("stale cache", (Kind.RAW, Verdict.YES), _stale, ("REV-11", "REV-13")),
    Mode("leaking", (Kind.RAW, Verdict.YES), _leaking, ("REV-12",)),
    Mode("noindex", (Kind.RAW, Verdict.NO), _with_head('<meta name="robots" content="noindex">'), ("IDX-01",)),
    Mode("canonical elsewhere", (Kind.RAW, Verdict.DEPENDS), _with_head('<link rel="canonical" href="/elsewhere">')),
    Mode("two emitters", (Kind.RAW, Verdict.YES), _two_emitters, ("RAT-12",)),
    Mode("wrong count", (Kind.RAW, Verdict.YES), _marked(count=1), ("RAT-14",)),
    Mode("wrong rating", (Kind.RAW, Verdict.YES), _marked(tenths=7), ("RAT-13",)),
)
