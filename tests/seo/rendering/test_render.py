"""A real browser on pages of a real server: what is drawn, where, after what, and that nothing of it stays behind."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from seo.rendering import RenderFailure, Rendering, render
from seo.rendering.job import Job
from tests.seo import shop as shops
from tests.seo.shop import Shop

STYLE = """<style>
.none{display:none} .clear{opacity:0} .away{position:absolute;left:-9999px} .flat{height:0;overflow:hidden}
.invisible{visibility:hidden} .pixel{position:absolute;width:1px;height:1px;overflow:hidden}
</style>"""


@pytest.fixture
def shop() -> Iterator[Shop]:
    with shops.running() as running:
        yield running


@pytest.fixture
def browser(chromium: str) -> str:
    return chromium


def drawn(shop: Shop, browser: str, html: str, **asked: object) -> Rendering:
    shop.pages["/"] = f"<!doctype html><meta charset=utf-8><title>t</title>{html}"
    result = render(Job(f"{shop.origin}/", browser, allow_private=True, **asked))  # type: ignore[arg-type]
    assert isinstance(result, Rendering), result
    return result


def test_each_view_holds_what_can_be_met_in_that_way(shop: Shop, browser: str) -> None:
    html = f"""{STYLE}<p>in the light</p><p class=none>not laid out</p><div class=clear><p>see-through</p></div>
        <p class=away>off the screen</p><div class=flat><p>flat</p></div><p class=invisible>invisible</p>
        <p class=pixel>a pixel</p><details><summary>more</summary><p>folded</p></details>
        <div id=open>slotted</div><div id=closed></div><template><p>inert</p></template>
        <script>
        document.getElementById('open').attachShadow({{mode: 'open'}}).innerHTML = '<p>openly <slot></slot></p>';
        document.getElementById('closed').attachShadow({{mode: 'closed'}}).innerHTML = '<p>behind doors</p>';
        </script>"""

    views = drawn(shop, browser, html, interact=False).steps[0].documents[0].views

    assert "in the light" in views.light
    assert "slotted" in views.light
    assert "openly" in views.opened
    assert "openly" not in views.light
    assert "behind doors" in views.drawn
    assert "behind doors" not in views.opened
    hidden = {
        "not laid out": "display: none",
        "see-through": "opacity: 0",
        "off the screen": "off-screen",
        "flat": "0 px",
        "invisible": "visibility: hidden",
        "a pixel": "0 px",
        "folded": "display: none",
    }
    for text, cause in hidden.items():
        assert f">{text}<" not in views.all_drawn
        assert f'data-check-hidden="{cause}">{text}<' in views.whole
    assert "inert" not in views.whole


def test_what_waiting_scrolling_and_clicking_brings_is_told_apart(shop: Shop, browser: str) -> None:
    html = """<script>
        const show = text => document.body.append(text + ' ');
        setTimeout(() => show('la' + 'te'), 4000);
        addEventListener('scroll', () => show('scrol' + 'led'), {once: true});
        </script><body style="min-height:3000px"><button onclick="show('click' + 'ed')">Load more reviews</button>"""

    steps = drawn(shop, browser, html).steps

    first = {
        text: next(step.trigger.how for step in steps if text in step.documents[0].views.light)
        for text in ("late", "scrolled", "clicked")
    }
    assert first == {"late": "wait", "scrolled": "scroll", "clicked": "click"}
    assert steps[-1].trigger.label == "Load more reviews"


def test_clicks_change_nothing_and_stay_on_the_page(shop: Shop, browser: str) -> None:
    shop.pages["/elsewhere"] = "gone"
    html = """<button onclick="fetch('/delete', {method: 'DELETE'})">Show more</button>
        <button onclick="fetch('/vote', {method: 'POST', body: 'review=1'})">See all reviews</button>
        <button onclick="location = '/elsewhere'">Next reviews</button>
        <button onclick="fetch('/helpful')">Helpful review</button>
        <form action="/elsewhere"><button>More reviews</button></form>"""

    rendering = drawn(shop, browser, html)

    assert rendering.failure == ""
    assert set(shop.asked) <= {"/", "/favicon.ico"}
    assert shop.posted == []


def test_the_answer_that_carried_a_text_is_kept(shop: Shop, browser: str) -> None:
    shop.pages["/reviews.json"] = '{"text": "Carried here"}'
    html = "<script>fetch('/reviews.json').then(a => a.json()).then(a => document.body.append(a.text))</script>"

    rendering = drawn(shop, browser, html, interact=False)

    assert "Carried here" in rendering.steps[0].documents[0].views.light
    carried = [exchange.url for exchange in rendering.exchanges if "Carried here" in exchange.body]
    assert carried == [f"{shop.origin}/reviews.json"]


def test_frames_of_the_same_and_of_another_host_are_drawn_with_their_headers(shop: Shop, browser: str) -> None:
    with shops.running() as other:
        other.pages["/widget"] = "<p>framed elsewhere</p>"
        other.headers["/widget"] = {"X-Robots-Tag": "noindex"}
        html = f"<iframe src='{other.origin}/widget'></iframe><iframe srcdoc='<p>framed here</p>'></iframe>"

        rendering = drawn(shop, browser, html, interact=False)

    page, *frames = rendering.steps[0].documents
    assert page.chain == ()
    assert {frame.chain[-1]: frame.views.light.count("framed") for frame in frames} == {
        f"{other.origin}/widget": 1,
        "about:srcdoc": 1,
    }
    sent = next(exchange for exchange in rendering.exchanges if exchange.url == f"{other.origin}/widget")
    assert ("x-robots-tag", "noindex") in sent.headers


def test_as_googlebot_what_robots_txt_forbids_is_not_loaded(shop: Shop, browser: str) -> None:
    shop.pages["/api/reviews"] = "{}"
    html = "<script>fetch('/api/reviews').then(() => document.body.append('drawn'))</script>"
    rules = {shop.origin: "User-agent: *\nDisallow: /api/"}

    free = drawn(shop, browser, html, interact=False, robots=rules)
    kept = drawn(shop, browser, html, interact=False, robots=rules, as_googlebot=True)

    assert "drawn" in free.steps[0].documents[0].views.light
    assert "drawn" not in kept.steps[0].documents[0].views.light
    assert [exchange.url for exchange in kept.exchanges if exchange.is_blocked] == [f"{shop.origin}/api/reviews"]


def test_private_addresses_are_reached_only_when_they_may_be(shop: Shop, browser: str) -> None:
    host = shop.origin.removeprefix("http://")
    with shops.running() as inside:
        inside.pages["/secret"] = "secret"
        shop.pages["/"] = f"<p>page</p><script>fetch('{inside.origin}/secret', {{mode: 'no-cors'}})</script>"

        refused = render(Job(f"{shop.origin}/", browser, interact=False))
        named = render(Job(f"{shop.origin}/", browser, allow_private=[host], interact=False))

    assert isinstance(refused, RenderFailure)
    assert refused.kind == "not-loaded"
    assert isinstance(named, Rendering)
    assert named.refused == {inside.origin.removeprefix("http://"): "private_address"}
    assert inside.asked == []


def test_a_redirect_to_a_private_address_is_refused_too(shop: Shop, browser: str) -> None:
    with shops.running() as inside:
        inside.pages["/secret"] = "secret"
        shop.pages["/away"] = ""
        shop.statuses["/away"] = 302
        shop.headers["/away"] = {"Location": f"{inside.origin}/secret"}
        shop.pages["/"] = "<p>page</p><script>fetch('/away', {mode: 'no-cors'})</script>"

        host = shop.origin.removeprefix("http://")
        rendering = render(Job(f"{shop.origin}/", browser, allow_private=[host], interact=False))

    assert isinstance(rendering, Rendering)
    assert inside.asked == []


@pytest.mark.parametrize(
    "html,bound",
    [
        ("<script>for (let i = 0; i < 60; i++) fetch('/?' + i)</script>", {"most_requests": 20}),
        ("<script>fetch('/large')</script>", {"most_bytes": 50_000}),
    ],
)
def test_bounds_cut_a_rendering_and_are_told(shop: Shop, browser: str, html: str, bound: dict[str, int]) -> None:
    shop.pages["/large"] = "x" * 500_000

    assert drawn(shop, browser, html, interact=False, **bound).is_cut


def test_a_page_that_never_rests_ends_with_its_time_and_its_browser(
    shop: Shop, browser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.pages["/"] = "<p>x<script>while (true);</script>"

    # a folder of this test's own, and short: the browser makes a socket below it
    with tempfile.TemporaryDirectory(dir="/tmp") as own:
        monkeypatch.setattr(tempfile, "tempdir", own)
        result = render(Job(f"{shop.origin}/", browser, allow_private=True, seconds=1, grace_seconds=8))

        assert result == RenderFailure("timeout")
        assert browsers_left(own) == []


def test_a_browser_that_does_not_start_is_an_answer(shop: Shop) -> None:
    result = render(Job(f"{shop.origin}/", "/bin/false", allow_private=True))

    assert isinstance(result, RenderFailure)
    assert result.kind == "not-started"


def browsers_left(folder: str) -> list[str]:
    """The processes that were started with a folder below this one."""
    commands = (command.read_bytes() for command in Path("/proc").glob("[0-9]*/cmdline") if command.exists())
    return [command.decode("utf-8", "replace")[:80] for command in commands if folder.encode() in command]
