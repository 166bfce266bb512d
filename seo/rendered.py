"""A rendering as documents that can be read like any page. Starting a browser is rendering/'s, telling classes
sightings.py's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from seo.documents import Document
from seo.frames import Frame
from seo.page import Page
from seo.rendering import Rendering
from seo.rendering.job import DocumentTaken, Exchange, Step, Trigger
from seo.robots import Line

WhoBlocks = Callable[[str], Line | None]


@dataclass(frozen=True, slots=True)
class DrawnFrame:
    """A frame as drawn, and the documents that hold its closed roots and its hidden text."""

    frame: Frame
    document: Document


@dataclass(frozen=True, slots=True)
class LaterView:
    """All that is drawn after something was done."""

    trigger: Trigger
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """A resource of the page that robots.txt keeps Googlebot from, with the line."""

    url: str
    line: Line
    robots_url: str


@dataclass(frozen=True)
class RenderedPage:
    """What a telephone shows, in views that each hold more; a view that adds nothing is left out.

    - `light`: drawn, outside shadow roots. `opened`, `closed`: with such roots. `whole`: hidden text besides.
    - `after`: what waiting, scrolling and clicking brought. `is_cut`: a bound was met, so not all may be there.
    - `blocked`: what Googlebot may not load of it; `as_googlebot`: the page without that, None when it is the same.
    """

    light: Document
    opened: tuple[Document, ...]
    closed: tuple[Document, ...]
    whole: tuple[Document, ...]
    frames: tuple[DrawnFrame, ...]
    after: tuple[LaterView, ...]
    exchanges: tuple[Exchange, ...]
    is_cut: bool
    problems: tuple[str, ...]
    blocked: tuple[Blocked, ...] = ()
    as_googlebot: "RenderedPage | None" = None


def read(rendering: Rendering, page: Page, *, who_blocks: WhoBlocks) -> RenderedPage:
    """The rendering of this page. `who_blocks` tells the robots.txt line that keeps Googlebot from an address."""
    own, *framed = rendering.steps[0].documents
    frames = [_frame(taken, rendering, who_blocks) for taken in framed]
    views = own.views
    return RenderedPage(
        light=_document(views.light, page),
        opened=_documents(page, views.opened),
        closed=(*_documents(page, views.drawn), *_framed(framed, page, "drawn")),
        whole=(*_documents(page, views.whole), *_framed(framed, page, "whole")),
        frames=tuple(frames),
        after=tuple(_later(step, page) for step in rendering.steps[1:]),
        exchanges=rendering.exchanges,
        is_cut=rendering.is_cut or bool(rendering.failure),
        problems=rendering.problems,
    )


def _document(html: str, page: Page, chain: tuple[str, ...] = ()) -> Document:
    address = page.url if not chain else chain[-1]
    headers = page.headers if not chain else ()
    return Document(_page(html, address, page.status, headers), chain, is_rendered=True)


def _documents(page: Page, *views: str) -> tuple[Document, ...]:
    return tuple(_document(view, page) for view in views if view)


def _framed(framed: list[DocumentTaken], page: Page, view: str) -> tuple[Document, ...]:
    return tuple(_document(html, page, taken.chain) for taken in framed if (html := getattr(taken.views, view)))


def _frame(taken: DocumentTaken, rendering: Rendering, who_blocks: WhoBlocks) -> DrawnFrame:
    sent = next(
        (each for each in rendering.exchanges if each.kind == "document" and each.url == _bare(taken.url)), None
    )
    html = taken.views.opened or taken.views.light
    page = _page(html, taken.url, sent.status if sent else None, sent.headers if sent else ())
    document = Document(page, taken.chain, is_rendered=True)
    is_on_web = taken.url.startswith(("http:", "https:"))
    blocked_by = who_blocks(taken.url) if is_on_web else None
    return DrawnFrame(Frame(taken.url if is_on_web else "", "", document, blocked_by), document)


def _later(step: Step, page: Page) -> LaterView:
    documents = tuple(_document(taken.views.all_drawn, page, taken.chain) for taken in step.documents)
    return LaterView(step.trigger, documents)


def _page(html: str, url: str, status: int | None, headers: tuple[tuple[str, str], ...]) -> Page:
    return Page(url, status, headers, (), html.encode("utf-8", "replace"), "utf-8", html)


def _bare(url: str) -> str:
    return url.partition("#")[0]
