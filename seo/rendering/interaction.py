"""Scrolling, and clicks on controls that look as if they showed more reviews. Nothing is sent and the page is not left:
forms are not touched, navigation is stopped, and so is every request that could change something.
"""

import re
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import ElementHandle, Error, Request, Route

from seo.rendering.job import Trigger

if TYPE_CHECKING:
    from seo.rendering.passes import Stage

_CONTROLS = (
    "button, summary, label[for], [role=button], [role=tab], [aria-expanded=false], [onclick], "
    'a:not([href]), a[href^="#"], a[href^="javascript:"]'
)
_SHOWS_MORE = re.compile(
    r"review|avis|comment|rating|opinion|[eé]valuation|testimonial|t[eé]moignage|more|plus|suite|suivant|next|load"
    r"|show|see|all\b|tous|toutes|voir|afficher|charger|read|lire|expand|^\s*\d{1,3}\s*$|[›»→>]\s*$"
    r"|评|評|更多|下一|展开|展開|查看|加载|載入|全部",
    re.IGNORECASE,
)
_DOES_SOMETHING = re.compile(
    r"cart|basket|panier|buy|achet|checkout|command|delete|supprim|remove|retirer|report|signal|helpful|utile|vote"
    r"|log.?in|connexion|connect|sign|inscri|submit|envoy|send|share|partag|wish|favori|write|r[eé]dig|[eé]cri|donner"
    r"|\badd\b|ajout|subscri|abonn|cookie|accept|购物|購物|登录|登錄|举报|舉報|有用|提交|收藏",
    re.IGNORECASE,
)
_INFO = """controls => controls.map(control => ({
    label: (control.innerText || control.textContent || '').trim().slice(0, 80),
    named: [control.getAttribute('aria-label'), control.id, control.className, control.getAttribute('aria-controls')]
        .filter(word => typeof word === 'string').join(' ').slice(0, 200),
    href: control.getAttribute('href'),
    tag: control.tagName.toLowerCase(),
    id: control.id,
    inForm: !!control.closest('form') || control.type === 'submit' && !!control.form,
    shown: !!control.getClientRects().length,
}))"""
_SCROLL_STEPS = 30
_MOST_CLICKS = 40
_MOST_CONTROLS = 400
_CLICK_MILLISECONDS = 1500
_SETTLE_SECONDS = 2.0
_CHANGING = frozenset({"PUT", "PATCH", "DELETE"})


def scrolled(stage: "Stage", record: Callable[[Trigger], bool]) -> None:
    """To the end of the page by the wheel, a screen at a time, as long as it grows, at most thirty screens."""
    stage.page.mouse.move(200, 400)
    for _ in range(_SCROLL_STEPS):
        if time.monotonic() > stage.deadline:
            return
        before = stage.page.evaluate("[scrollY, document.documentElement.scrollHeight]")
        stage.page.mouse.wheel(0, 800)
        stage.page.wait_for_timeout(100)
        if stage.page.evaluate("[scrollY, document.documentElement.scrollHeight]") == before:
            stage.settle(_SETTLE_SECONDS)
            record(Trigger("scroll"))
            if stage.page.evaluate("[scrollY, document.documentElement.scrollHeight]") == before:
                return
    stage.settle(_SETTLE_SECONDS)
    record(Trigger("scroll"))


def clicked(stage: "Stage", record: Callable[[Trigger], bool]) -> None:
    """Each control once, and again as long as it brings new text; at most forty clicks."""
    stage.page.route("**/*", _kept_here)
    tried: Counter[tuple[str, str]] = Counter()
    for _ in range(_MOST_CLICKS):
        found = _next_control(stage, tried)
        if found is None or time.monotonic() > stage.deadline:
            return
        control, info = found
        key = _key(info)
        tried[key] += 1
        if not _click(control):
            tried[key] += _MOST_CLICKS
            continue
        stage.settle(_SETTLE_SECONDS)
        if not record(Trigger("click", info["label"] or info["named"], _path(info), info["href"])) or _is_page(info):
            tried[key] += _MOST_CLICKS


def _next_control(stage: "Stage", tried: Counter[tuple[str, str]]) -> tuple[ElementHandle, dict[str, Any]] | None:
    # the locator looks into open shadow roots
    controls = stage.page.locator(_CONTROLS)
    infos = controls.evaluate_all(_INFO)[:_MOST_CONTROLS]
    wanted = [
        (tried[_key(info)], number)
        for number, info in enumerate(infos)
        if tried[_key(info)] < _MOST_CLICKS and _shows_more(info)
    ]
    if not wanted:
        return None
    # what has brought text is tried again before what was never tried: "load more" to its end, then the next control
    _, number = max(wanted, key=lambda pair: (pair[0], -pair[1]))
    try:
        return controls.nth(number).element_handle(timeout=_CLICK_MILLISECONDS), infos[number]
    except Error:
        return None


def _shows_more(info: dict[str, Any]) -> bool:
    said = f"{info['label']} {info['named']}"
    is_disclosing = info["tag"] == "summary"
    return bool(
        info["shown"]
        and not info["inForm"]
        and (is_disclosing or any(_SHOWS_MORE.search(info[part]) for part in ("label", "named")))
        and not _DOES_SOMETHING.search(said)
    )


def _click(control: ElementHandle) -> bool:
    try:
        control.click(timeout=_CLICK_MILLISECONDS, no_wait_after=True)
    except Error:
        return False
    return True


def _kept_here(route: Route) -> None:
    request = route.request
    leaves = request.is_navigation_request() and request.frame.parent_frame is None
    if leaves or request.method in _CHANGING or (request.method == "POST" and not _only_asks(request)):
        route.abort("blockedbyclient")
    else:
        route.fallback()


def _only_asks(request: Request) -> bool:
    """Whether a POST is a question in JSON, as GraphQL's queries are; a mutation is not."""
    try:
        body: str = request.post_data or ""
    except Error:
        return False
    return re.match(r"\s*[{\[]", body) is not None and re.search(r"\bmutation\b", body) is None


def _key(info: dict[str, Any]) -> tuple[str, str]:
    return f"{info['tag']}#{info['id']}.{info['href'] or ''}", info["label"] or info["named"]


def _is_page(info: dict[str, Any]) -> bool:
    """Whether it is a page's number, which shows the same page however often it is clicked."""
    return str(info["label"]).strip().isdigit()


def _path(info: dict[str, Any]) -> str:
    return f"{info['tag']}#{info['id']}" if info["id"] else str(info["tag"])
