"""A whole crawl: its pages one after another into its state, and what is then told of them. Which pages there are is
targets.py's.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from core.fetching import FetchPolicy
from core.texts import say
from seo import outputs as outs
from seo.baseline import Baseline
from seo.crawl import checking, driving, kept, targets
from seo.crawl.checking import Job, Visitor
from seo.crawl.pace import Pace
from seo.crawl.state import Refused, State
from seo.crawl.targets import Targets
from seo.gathering import Reach
from seo.outputs import Outputs
from seo.page import host_of
from seo.reporters import Report, Survey
from seo.truth import Truth
from seo.wording import DOMAIN

TruthOf = Callable[[str], Truth | None]


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How a crawl goes about it. `concurrency` and `delay_seconds` are for each host; 0 means no limit of its kind,
    and of `processes` as many as there are cores.
    """

    base_url: str = ""
    concurrency: int = 2
    delay_seconds: float = 0.0
    max_pages: int = 0
    max_seconds: float = 0.0
    processes: int = 0
    state: Path | None = None
    resume: bool = False
    fresh: bool = False
    policy: FetchPolicy = field(default_factory=FetchPolicy)
    reach: Reach = field(default_factory=Reach)


@dataclass(frozen=True, slots=True)
class _Judged:
    """The reports of a state with what a baseline knows of them, read anew each time."""

    state: State
    baseline: Baseline

    def __iter__(self) -> Iterator[Report]:
        return (self.baseline.applied(report) for report in self.state)


def run_crawl(target: str, *, truth_of: TruthOf, options: CrawlOptions, told: Outputs, out: TextIO) -> int:
    """Check every page of the target and write the reports; gives the exit code, the worst of the pages'.

    An interrupt ends it with 2 and the way to go on; what was checked is kept.
    """
    outs.checked(told)
    baseline = outs.opened_baseline(told)
    found = _targets(target, options, told)
    about = _about(target, options, told)
    state = _opened(target, about, options, told)
    try:
        left = _visit_all(found, state, truth_of, options, told)
        if not left:
            state.finish(about=about)
        pages = _Judged(state, baseline)
        code = outs.settled(pages, baseline, told)
        outs.write_survey(Survey(pages, unvisited=left, resolved=baseline.resolved), told, out)
    finally:
        state.close()
    return max(code, int(told.strict and left > 0))


def _targets(target: str, options: CrawlOptions, told: Outputs) -> Targets:
    try:
        found = targets.of(target, policy=targets.policy_for(options.policy))
    except OSError as error:
        outs.stop(say(DOMAIN, "report.not_read", told.locale, path=target, why=error.strerror or ""))
        raise
    if found.foreign:
        typer.echo(say(DOMAIN, "crawl.foreign", told.locale, count=found.foreign), err=True)
    if not found.pages and not found.failures:
        outs.stop(say(DOMAIN, "crawl.nothing", told.locale, target=target))
    return found


def _about(target: str, options: CrawlOptions, told: Outputs) -> str:
    """What makes a report: pages kept under other settings would not go with new ones."""
    settings = (target, options.base_url, told.locale, told.wants_excerpts, options.reach.follows_links)
    return repr((*settings, str(options.reach.browser), options.policy.user_agent))


def _opened(target: str, about: str, options: CrawlOptions, told: Outputs) -> State:
    folder = options.state or Path(".fidelio") / f"crawl-{sha256(target.encode()).hexdigest()[:8]}"
    try:
        state = State.open(folder, about=about, resume=options.resume, fresh=options.fresh)
    except OSError as error:
        outs.stop(say(DOMAIN, "report.not_written", told.locale, path=str(folder), why=error.strerror or ""))
        raise
    if isinstance(state, Refused):
        outs.stop(say(DOMAIN, f"crawl.{state.value}", told.locale, path=str(folder)))
        raise typer.Exit(outs.COULD_NOT_RUN)
    return state


def _visit_all(found: Targets, state: State, truth_of: TruthOf, options: CrawlOptions, told: Outputs) -> int:
    """Check what is not kept yet; gives how many pages a limit has left out."""
    waiting = [page for page in found.pages if page not in state.done]
    allowed = waiting[: options.max_pages] if options.max_pages else waiting
    pace = Pace(concurrency=options.concurrency, delay_seconds=options.delay_seconds)
    deadline = time.monotonic() + options.max_seconds if options.max_seconds else None
    jobs = (_job(page, found, truth_of, options, told) for page in allowed)
    visited = 0
    for url, why in found.failures.items():
        if url not in state.done:
            sentence = say(DOMAIN, "crawl.incomplete", told.locale, url=url, why=why)
            state.add(kept.line(Job(url).failed(sentence)))
    try:
        with driving.terminable(), _progress(len(allowed), told.locale) as advance:
            for line in driving.drive(jobs, _workers(found, pace, options), deadline=deadline):
                state.add(line)
                advance()
                visited += 1
    except KeyboardInterrupt as interrupt:
        pace.stop()
        total = len(found.pages)
        done = total - len(waiting) + visited
        outs.stop(
            say(DOMAIN, "crawl.interrupted", told.locale, done=str(done), total=str(total), path=str(state.folder))
        )
        raise interrupt
    return len(waiting) - visited


def _workers(found: Targets, pace: Pace, options: CrawlOptions) -> driving.Workers:
    if found.folder is not None:
        return driving.processes(options.processes or driving.cores(), checking.saved)
    hosts = len({host_of(page) for page in islice(found.pages, 1000)})
    return driving.threads(options.concurrency * max(1, hosts), Visitor(options.policy, pace, options.reach).visit)


def _job(page: str, found: Targets, truth_of: TruthOf, options: CrawlOptions, told: Outputs) -> Job:
    url = page
    if found.folder is not None:
        path = quote(Path(page).relative_to(found.folder).as_posix())
        url = f"{options.base_url.rstrip('/')}/{path}" if options.base_url else ""
    return Job(page, url, truth_of(url) if url else None, told.locale, told.wants_excerpts)


@contextmanager
def _progress(total: int, locale: str) -> Iterator[Callable[[], None]]:
    """A bar on a terminal's standard error; nothing anywhere else."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(say(DOMAIN, "crawl.progress", locale), total=total)
        yield lambda: progress.advance(task)
