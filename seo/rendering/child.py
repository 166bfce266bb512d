"""The rendering process: one job on standard input, answers into the file named by its argument. Its parent
(__init__.py) ends it when its time is over.

Playwright is imported here and in passes.py and interaction.py alone, so the checker runs without it.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from core.fetching import FetchPolicy
from seo.rendering.guard import Budget, guarding
from seo.rendering.job import End, Job, append
from seo.rendering.passes import Rendered, render

_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--no-pings",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # names are looked up by the proxy alone
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--dns-prefetch-disable",
    "--blink-settings=imagesEnabled=false",
    "--js-flags=--max-old-space-size=512",
)


def main() -> None:
    """Render, and say how it ended; whatever happens inside is an answer, not a traceback."""
    job, answer = Job.read(sys.stdin.buffer.read()), Path(sys.argv[1])
    allowed = job.allow_private if isinstance(job.allow_private, bool) else frozenset(job.allow_private)
    policy = FetchPolicy(timeout_seconds=10.0, allow_private=allowed)
    rendered = Rendered()
    failure = detail = ""
    with guarding(policy, most_bytes=job.most_bytes) as (proxy, budget):
        try:
            with sync_playwright() as playwright:
                failure, detail = _render(playwright, job, proxy, rendered, answer)
        except Error as error:
            failure, detail = "crashed", error.message
        append(answer, _end(rendered, budget, failure=failure, detail=detail))


def _render(playwright: Playwright, job: Job, proxy: str, rendered: Rendered, answer: Path) -> tuple[str, str]:
    try:
        browser = _launched(playwright, job, proxy)
    except Error as error:
        return "not-started", error.message
    try:
        return render(browser, job, rendered, answer), ""
    except Error as error:
        return "crashed", error.message
    finally:
        browser.close()


def _launched(playwright: Playwright, job: Job, proxy: str) -> Browser:
    # Chromium's own sandbox cannot be set up by root
    return playwright.chromium.launch(
        executable_path=job.browser,
        chromium_sandbox=os.geteuid() != 0,
        args=list(_FLAGS),
        proxy={"server": proxy},
        timeout=15_000,
    )


def _end(rendered: Rendered, budget: Budget, *, failure: str, detail: str) -> End:
    return End(
        refused={host: kind.value for host, kind in budget.refused.items()},
        requests=rendered.requests,
        relayed_bytes=budget.relayed,
        is_cut=rendered.is_cut or budget.is_spent,
        problems=tuple(rendered.problems),
        failure=failure,
        detail=detail[:500],
    )


if __name__ == "__main__":
    main()
