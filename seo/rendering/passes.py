"""The passes over one page: first as a telephone shows it untouched, then with patience, scrolling and clicks. What is
clicked is interaction.py's.
"""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Request, Response, Route

from seo import robots
from seo.rendering import snapshot
from seo.rendering.interaction import clicked, scrolled
from seo.rendering.job import PHONE_PIXELS, TALL_PIXELS, DocumentTaken, Exchange, Job, Step, Trigger, append
from seo.rendering.snapshot import SnapshotDocument
from seo.rendering.visibility import STYLES
from seo.robots import RobotsFile

_QUIET_SECONDS = 0.5
_BETWEEN_TAGS = re.compile(r">([^<>]*\w[^<>]*)<")
_CARRIERS = frozenset({"document", "script", "xhr", "fetch"})
_BODY_BYTES = 2_000_000
_BODIES_BYTES = 20_000_000
_MOST_PROBLEMS = 20
# of all steps after the first together
_STEPS_CHARACTERS = 60_000_000


@dataclass(slots=True)
class Rendered:
    """What is counted while a page is rendered."""

    requests: int = 0
    is_cut: bool = False
    problems: list[str] = field(default_factory=list)
    waiting: set[Request] = field(default_factory=set)
    responses: list[Response] = field(default_factory=list)
    failed: list[Exchange] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    body_bytes: int = 0


class Stage:
    """One page in one browser, watched."""

    def __init__(self, browser: Browser, job: Job, rendered: Rendered) -> None:
        self.job = job
        self.rendered = rendered
        self.deadline = time.monotonic() + job.seconds
        self._context = self._opened(browser)
        self.page = self._context.new_page()
        self.page.on("pageerror", lambda error: self._problem(error.message))
        self.page.on("console", lambda said: self._problem(said.text) if said.type == "error" else None)
        self._session = self._context.new_cdp_session(self.page)
        # a tab that the page opens is not the page
        self._context.on("page", lambda tab: tab.close())

    def settle(self, seconds: float) -> None:
        """Wait until nothing has been loading for half a second, at most so long."""
        until = min(time.monotonic() + seconds, self.deadline)
        quiet_since = time.monotonic()
        while time.monotonic() < until:
            self.page.wait_for_timeout(50)
            if self.rendered.waiting:
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since >= _QUIET_SECONDS:
                return

    def taken(self) -> tuple[DocumentTaken, ...]:
        """The page and its frames as they stand, those in other processes too."""
        found = self._read(self._session, ())
        known = {document.url for document in found}
        for frame in self.page.frames[1:]:
            if frame.url not in known and (session := self._session_of(frame)):
                found += self._read(session, _chain(frame))
        return tuple(found)

    def _read(self, session: Any, chain: tuple[str, ...]) -> list[DocumentTaken]:  # noqa: ANN401 - as below
        documents = snapshot.documents(self._snapshot(session))
        found = _documents(documents, chain)
        self.rendered.is_cut |= any(document.is_cut for document in documents)
        return found

    def _opened(self, browser: Browser) -> BrowserContext:
        width, height = PHONE_PIXELS
        context = browser.new_context(
            viewport={"width": width, "height": height},
            user_agent=self.job.user_agent or None,
            is_mobile=True,
            has_touch=True,
            service_workers="block",
            accept_downloads=False,
        )
        context.on("request", self._asked)
        context.on("requestfinished", self._finished)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        # Google's renderer has no WebSocket either
        context.route_web_socket("**", lambda socket: socket.close())
        if self.job.as_googlebot:
            context.route("**/*", self._as_googlebot)
        return context

    def _asked(self, request: Request) -> None:
        self.rendered.requests += 1
        self.rendered.waiting.add(request)
        if self.rendered.requests == self.job.most_requests:
            self.rendered.is_cut = True
            self._context.set_offline(True)

    def _finished(self, request: Request) -> None:
        self.rendered.waiting.discard(request)

    def _answered(self, response: Response) -> None:
        self.rendered.responses.append(response)

    def _failed(self, request: Request) -> None:
        self.rendered.waiting.discard(request)
        if request.resource_type in _CARRIERS:
            url = request.url
            self.rendered.failed.append(
                Exchange(
                    url, request.method, request.resource_type,
                    failure=request.failure or "", is_blocked=url in self.rendered.blocked,
                )
            )  # fmt: skip

    def _as_googlebot(self, route: Route) -> None:
        origin = "/".join(route.request.url.split("/")[:3])
        text = self.job.robots.get(origin)
        known: RobotsFile | None = robots.parse(text.encode()) if text else None
        if known and not robots.for_googlebot(known, route.request.url).is_allowed:
            self.rendered.blocked.add(route.request.url)
            route.abort("blockedbyclient")
        else:
            route.continue_()

    def _problem(self, text: str) -> None:
        if len(self.rendered.problems) < _MOST_PROBLEMS:
            self.rendered.problems.append(text[:200])

    def _session_of(self, frame: Frame) -> Any:  # noqa: ANN401 - a CDPSession, or None for a frame without its own
        try:
            return self._context.new_cdp_session(frame)
        except Error:
            return None

    @staticmethod
    def _snapshot(session: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        asked = {"computedStyles": list(STYLES), "includeDOMRects": False}
        found: dict[str, Any] = session.send("DOMSnapshot.captureSnapshot", asked)
        return found


def render(browser: Browser, job: Job, rendered: Rendered, answer: Path) -> str:
    """All passes of the job, each written when it is over. The failure's name, empty when there was none."""
    stage = Stage(browser, job, rendered)
    try:
        stage.page.goto(job.url, wait_until="commit", timeout=job.seconds * 1000 / 2)
    except Error as error:
        stage.rendered.problems.insert(0, error.message[:200])
        return "not-loaded"
    stage.settle(job.settle_seconds)
    # the renderer grows to the page's height, which is what loads the lower parts
    stage.page.set_viewport_size({"width": PHONE_PIXELS[0], "height": TALL_PIXELS})
    stage.settle(job.settle_seconds)
    first = stage.taken()
    append(answer, Step(Trigger("load"), first))
    _write_exchanges(stage, answer)
    if job.interact:
        _touch(stage, first, answer)
        _write_exchanges(stage, answer)
    return ""


def _touch(stage: Stage, first: tuple[DocumentTaken, ...], answer: Path) -> None:
    seen = _texts(first)

    written = 0

    def record(trigger: Trigger) -> bool:
        nonlocal written
        taken = stage.taken()
        texts = _texts(taken)
        written += sum(len(document.views.all_drawn) for document in taken)
        if texts <= seen or written > _STEPS_CHARACTERS:
            stage.rendered.is_cut |= written > _STEPS_CHARACTERS
            return False
        seen.update(texts)
        append(answer, Step(trigger, taken))
        return True

    stage.page.wait_for_timeout(stage.job.patience_seconds * 1000)
    record(Trigger("wait"))
    stage.page.set_viewport_size({"width": PHONE_PIXELS[0], "height": PHONE_PIXELS[1]})
    scrolled(stage, record)
    clicked(stage, record)


def _texts(documents: tuple[DocumentTaken, ...]) -> set[str]:
    """The texts between tags: the same review a second time is nothing new."""
    return {text for document in documents for text in _BETWEEN_TAGS.findall(document.views.all_drawn)}


def _write_exchanges(stage: Stage, answer: Path) -> None:
    for response in stage.rendered.responses:
        request = response.request
        if request.resource_type in _CARRIERS and not request.url.startswith(("data:", "blob:")):
            append(answer, _exchange(response, stage.rendered))
    for failed in stage.rendered.failed:
        append(answer, failed)
    stage.rendered.responses.clear()
    stage.rendered.failed.clear()


def _exchange(response: Response, rendered: Rendered) -> Exchange:
    request = response.request
    body = b""
    if rendered.body_bytes < _BODIES_BYTES:
        try:
            body = response.body()[:_BODY_BYTES]
        except Error:
            # redirects have none, and the browser forgets the oldest
            body = b""
    rendered.body_bytes += len(body)
    headers = tuple((key, value) for key, value in response.headers.items() if key in ("x-robots-tag", "content-type"))
    text = body.decode("utf-8", "replace")
    return Exchange(response.url, request.method, request.resource_type, response.status, headers, text)


def _documents(documents: list[SnapshotDocument], chain: tuple[str, ...]) -> list[DocumentTaken]:
    """The snapshot's first document and all that it frames, each with its way."""
    found: list[DocumentTaken] = []
    waiting: list[tuple[int, tuple[str, ...]]] = [(0, chain)]
    while waiting:
        number, way = waiting.pop(0)
        document = documents[number]
        found.append(DocumentTaken(document.url, way, document.views()))
        held = [frame.document for frame in document.frames() if frame.document is not None]
        waiting += [(each, (*way, documents[each].url)) for each in held if 0 < each < len(documents)]
    return found


def _chain(frame: Frame) -> tuple[str, ...]:
    way: list[str] = []
    current: Frame | None = frame
    while current is not None and current.parent_frame is not None:
        way.append(current.url)
        current = current.parent_frame
    return tuple(reversed(way))
