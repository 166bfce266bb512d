"""Check one page of a crawl, on the web or saved. It always gives a report: what goes wrong is in it."""

import logging
import secrets
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from core import clock
from core.fetching import FetchFailure, FetchPolicy
from core.texts import say
from seo import robots
from seo.crawl import kept
from seo.crawl.pace import LONGEST_REST_SECONDS, Pace, StoppedError, retry_after
from seo.fetcher import PAGE_BYTES, Fetcher, origin_of
from seo.gathering import Reach, gather, gather_saved
from seo.reported import reported
from seo.reporters import Report
from seo.robots import RobotsFile
from seo.subject import Subject
from seo.truth import Truth
from seo.wording import DOMAIN

_log = logging.getLogger(__name__)
_TRIES = 3
_ASKS_FOR_REST = (429, 503)


@dataclass(frozen=True, slots=True)
class Job:
    """One page to check, with what the shop knows of it. `url` is a saved page's address, when it has one."""

    target: str
    url: str = ""
    truth: Truth | None = None
    locale: str = "en"
    with_excerpts: bool = False

    def failed(self, sentence: str, *, skipped: bool = False) -> Report:
        """The report of a page that was not looked at."""
        return Report(self.target, "", (), (), clock.iso(clock.now()), failure=sentence, skipped=skipped)


def saved(job: Job) -> bytes:
    """The line of a file's report. Runs in a process of its own, so it takes and gives what can be sent there."""
    return kept.line(_of_file(job))


def _of_file(job: Job) -> Report:
    try:
        with Path(job.target).open("rb") as file:
            raw = file.read(PAGE_BYTES + 1)
    except OSError as error:
        return job.failed(say(DOMAIN, "report.not_read", job.locale, path=job.target, why=error.strerror or ""))
    try:
        subject = gather_saved(raw, url=job.url, truth=job.truth)
        return kept.slim(reported(job.target, subject, with_excerpts=job.with_excerpts))
    except Exception as error:  # noqa: BLE001 - one page must not end the crawl of all others
        return _crashed(job, error)


@dataclass(slots=True)
class Visitor:
    """Checks pages on the web for the threads of one crawl, each host at its pace and as its robots.txt asks."""

    policy: FetchPolicy
    pace: Pace
    reach: Reach
    fetcher: Fetcher = field(init=False)
    _locks: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    def __post_init__(self) -> None:
        self.fetcher = Fetcher(self.policy, turn=self.pace.turn)

    def visit(self, job: Job) -> bytes:
        """The line of a page's report. StoppedError when the crawl ends meanwhile."""
        return kept.line(self._report(job))

    def _report(self, job: Job) -> Report:
        try:
            allowed = self._may_visit(job.target)
            if allowed is None:
                return job.failed(say(DOMAIN, "crawl.no_robots", job.locale, url=job.target))
            if not allowed:
                return job.failed(say(DOMAIN, "report.skipped", job.locale, url=job.target), skipped=True)
            return self._checked(job)
        except StoppedError:
            raise
        except Exception as error:  # noqa: BLE001 - one page must not end the crawl of all others
            return _crashed(job, error)

    def _may_visit(self, url: str) -> bool | None:
        """As robots.txt has it for our name; None where it cannot be had, and a crawler stays away."""
        agent = self.policy.user_agent.partition("/")[0]
        with self._locks[origin_of(url)]:
            known = self.fetcher.robots_of(url)
        if not isinstance(known, RobotsFile):
            return None
        self.pace.slow_down(url, known, agent=agent)
        return robots.for_agents(known, url, agents=(agent,)).is_allowed

    def _checked(self, job: Job) -> Report:
        gathered = self._gathered(job)
        if isinstance(gathered, FetchFailure):
            why = say(DOMAIN, f"failure.{gathered.kind.value}", job.locale)
            return job.failed(say(DOMAIN, "report.not_fetched", job.locale, url=gathered.url, why=why))
        return kept.slim(reported(job.target, gathered, with_excerpts=job.with_excerpts))

    def _gathered(self, job: Job) -> Subject | FetchFailure:
        for _ in range(_TRIES):
            gathered = gather(job.target, truth=job.truth, policy=self.policy, reach=self.reach, fetcher=self.fetcher)
            if isinstance(gathered, FetchFailure) or gathered.page.status not in _ASKS_FOR_REST:
                break
            rest = retry_after(gathered.page.header("retry-after"))
            self.pace.rest(job.target, min(rest, LONGEST_REST_SECONDS))
            if rest > LONGEST_REST_SECONDS:
                break
        return gathered


def _crashed(job: Job, error: Exception) -> Report:
    error_id = secrets.token_hex(4)
    _log.error("the check of %s crashed (%s)", job.target, error_id, exc_info=error)
    return job.failed(say(DOMAIN, "crawl.crashed", job.locale, target=job.target, why=error_id))
