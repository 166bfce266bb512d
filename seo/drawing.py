"""Draw a gathered page in a browser, and once more as Googlebot may load it when robots.txt forbids a part.

Starting the browser is rendering/'s, reading what it drew rendered.py's.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from seo import rendered
from seo.fetcher import Fetcher
from seo.findings import Reason
from seo.rendered import Blocked, RenderedPage
from seo.rendering import RenderFailure, Rendering, render
from seo.rendering.job import Job
from seo.robots import RobotsFile
from seo.subject import Subject

_MOST_HOSTS = 40
# a telephone's name as Google's crawler wears it, with our own in the place of Google's
_PHONE = (
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Mobile Safari/537.36 (compatible; {agent})"
)


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser to draw with, how long it may take for one page, and how long it waits for what comes late."""

    path: str
    seconds: float = 45.0
    patience_seconds: float = 5.0


def drawn(subject: Subject, fetcher: Fetcher, browser: Browser | Reason) -> Subject:
    """The subject with what the browser shows of its page; without a browser, or when it fails, with the reason."""
    if isinstance(browser, Reason):
        return replace(subject, unrendered=browser)
    if subject.page.status != 200:
        return replace(subject, unrendered=Reason.NOT_RENDERED)
    job = _job(subject, fetcher, browser)
    result = render(job)
    if isinstance(result, RenderFailure):
        return replace(subject, unrendered=Reason.RENDERING_FAILED, render_failure=f"{result.kind}: {result.detail}")
    page = rendered.read(result, subject.page, who_blocks=fetcher.blocking_line)
    return replace(subject, rendered=_as_googlebot(page, result, job, subject, fetcher))


def _job(subject: Subject, fetcher: Fetcher, browser: Browser) -> Job:
    allowed = fetcher.policy.allow_private
    agent = fetcher.policy.user_agent
    return Job(
        url=subject.page.url,
        browser=browser.path,
        user_agent=agent if agent.startswith("Mozilla/") else _PHONE.format(agent=agent),
        allow_private=allowed if isinstance(allowed, bool) else sorted(allowed),
        seconds=browser.seconds,
        patience_seconds=browser.patience_seconds,
    )


def _as_googlebot(
    page: RenderedPage, rendering: Rendering, job: Job, subject: Subject, fetcher: Fetcher
) -> RenderedPage:
    blocked = tuple(_blocked(rendering, subject, fetcher))
    if not blocked:
        return page
    texts = {
        f"{urlsplit(address).scheme}://{urlsplit(address).netloc}": "\n".join(line.source for line in known.lines)
        for address, known in fetcher.known_robots.items()
        if isinstance(known, RobotsFile)
    }
    again = render(replace(job, robots=texts, as_googlebot=True, interact=False))
    if isinstance(again, RenderFailure):
        # what Googlebot sees is not known then, so nothing may count as seen
        return replace(page, blocked=blocked, is_cut=True)
    return replace(
        page, blocked=blocked, as_googlebot=rendered.read(again, subject.page, who_blocks=fetcher.blocking_line)
    )


def _blocked(rendering: Rendering, subject: Subject, fetcher: Fetcher) -> list[Blocked]:
    """What the page loads and Googlebot may not, of at most forty hosts."""
    urls = dict.fromkeys(
        exchange.url
        for exchange in rendering.exchanges
        if exchange.url.startswith(("http:", "https:")) and exchange.url != subject.page.url
    )
    hosts = list(dict.fromkeys(urlsplit(url).netloc for url in urls))[:_MOST_HOSTS]
    return [
        Blocked(url, line, fetcher.robots_of(url).url)
        for url in urls
        if urlsplit(url).netloc in hosts and (line := fetcher.blocking_line(url))
    ]
